"""The text of a file beside its bytes, so that the index can be built anew without reading it again."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workflows.db import Base


class FileText(Base):
    """What was read of one file; a row without `read_at` is being read, or killed its reader."""

    __tablename__ = "file_text"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True)
    text: Mapped[str] = mapped_column(default="", comment="the beginning, as far as an index takes it")
    reason: Mapped[str] = mapped_column(default="", comment="why there is no text, for people to read")
    attempts: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
