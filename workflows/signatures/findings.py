"""What is found about one signature in a file, as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from workflows.wording import N_, LabelledEnum


class Integrity(LabelledEnum):
    """What became of the file since a signature."""

    UNCHANGED = "unchanged", N_("nguyên vẹn từ khi ký")
    SIGNED_FURTHER = "signed-further", N_("nội dung nguyên vẹn, sau đó có thêm chữ ký hoặc điền biểu mẫu")
    CHANGED = "changed", N_("có nội dung thay đổi sau khi ký")
    BROKEN = "broken", N_("chữ ký không khớp với nội dung: tệp đã bị sửa")
    UNREADABLE = "unreadable", N_("chữ ký hỏng, không đọc được")


class Trust(LabelledEnum):
    """Whether the office's own list vouches for the certificate."""

    TRUSTED = "trusted", N_("chứng thư được cơ quan tin cậy")
    UNKNOWN = "unknown", N_("nơi cấp chứng thư không có trong danh sách tin cậy của cơ quan")
    OUT_OF_DATE = "out-of-date", N_("chứng thư chưa có hiệu lực hoặc đã hết hạn khi ký")
    UNFIT = "unfit", N_("chứng thư không đạt yêu cầu kiểm tra")


@dataclass(frozen=True)
class Finding:
    """What one signature says and whether it holds; times are UTC."""

    integrity: Integrity
    trust: Trust = Trust.UNKNOWN
    signer: str = ""
    issuer: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    timestamped: bool = False
    valid_to: datetime | None = None

    @property
    def holds(self) -> bool:
        """Is everything about it in order?"""
        whole = self.integrity in (Integrity.UNCHANGED, Integrity.SIGNED_FURTHER)
        return whole and self.trust is Trust.TRUSTED

    def to_json(self) -> dict[str, Any]:
        """Plain data to keep."""
        return {
            key: value.isoformat() if isinstance(value, datetime) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The finding kept by `to_json`."""
        moments = {
            key: datetime.fromisoformat(data[key]) if data.get(key) else None
            for key in ("signed_at", "valid_to")
        }
        states = {"integrity": Integrity(data["integrity"]), "trust": Trust(data["trust"])}
        return cls(**{**data, **moments, **states})
