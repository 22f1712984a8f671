"""How migrations write and compare our own column types."""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from workflows.db import NfcText, UtcDateTime

JSON_TYPE = 'sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")'


def as_plain_type(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are in the database, so that a migration outlives their code."""
    if kind != "type":
        return False
    if isinstance(item, NfcText):
        return "sa.Text()"
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_TYPE
    return False


def same_type(_: Any, __: Any, ___: Any, inspected: Any, declared: Any) -> bool | None:
    """Two JSON types are the same however each database calls them."""
    if isinstance(declared, JSON) and isinstance(inspected, JSON):
        return False
    return None
