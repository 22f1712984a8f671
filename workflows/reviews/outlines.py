"""The outline of a review: headings, what each gathers, and where it goes in the official report. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workflows.errors import InvalidFields
from workflows.wording import N_, LabelledEnum

MOST_HEADINGS = 30


class Kind(LabelledEnum):
    """Which look back it is."""

    HALF_TIME = "half-time", N_("sơ kết")
    FINAL = "final", N_("tổng kết")


class Matter(LabelledEnum):
    """What a heading gathers; also where its paragraphs go in the official report."""

    LEADERSHIP = "leadership", N_("lãnh đạo, chỉ đạo, quán triệt, kế hoạch")
    RESULTS = "results", N_("kết quả nhiệm vụ và số liệu báo cáo")
    TARGETS = "targets", N_("kết quả các chỉ tiêu")
    STRENGTHS = "strengths", N_("ưu điểm")
    WEAKNESSES = "weaknesses", N_("hạn chế, khó khăn")
    CAUSES = "causes", N_("nguyên nhân")
    LESSONS = "lessons", N_("bài học kinh nghiệm")
    PLANS = "plans", N_("phương hướng, nhiệm vụ, giải pháp")
    PROPOSALS = "proposals", N_("kiến nghị, đề xuất")


@dataclass(frozen=True)
class Heading:
    """One heading; the key stays when its words change."""

    key: str
    words: str
    matter: Matter


@dataclass(frozen=True)
class Outline:
    """The headings in their order."""

    headings: tuple[Heading, ...]

    @classmethod
    def read(cls, raw: Sequence[Mapping[str, Any]]) -> "Outline":
        """The outline that was stored as plain data."""
        return cls(tuple(Heading(h["key"], h["words"], Matter(h["matter"])) for h in raw))

    @classmethod
    def of(cls, lines: Iterable[tuple[str, str, Matter]]) -> "Outline":
        """An outline of typed lines (key or nothing, words, matter); blank lines are left out."""
        said = [(key, " ".join(words.split()), matter) for key, words, matter in lines if words.strip()]
        if not said:
            raise InvalidFields({"outline": N_("Đề cương cần ít nhất một mục.")})
        if len(said) > MOST_HEADINGS:
            raise InvalidFields({"outline": N_("Đề cương dài quá. Giữ nhiều nhất 30 mục.")})
        taken = {key for key, _, _ in said if key}
        free = (f"h{number}" for number in range(1, 1_000) if f"h{number}" not in taken)
        return cls(tuple(Heading(key or next(free), words, matter) for key, words, matter in said))

    def as_data(self) -> list[Any]:
        """Plain data for the database."""
        return [{**asdict(heading), "matter": heading.matter.value} for heading in self.headings]

    def first_for(self, matter: Matter) -> Heading | None:
        """The heading under which a matter is gathered; results serve for what has no heading of its own."""
        own = next((heading for heading in self.headings if heading.matter is matter), None)
        if own is None and matter in (Matter.TARGETS, Matter.LEADERSHIP):
            return self.first_for(Matter.RESULTS)
        return own


_COMMON = (
    (N_("Công tác lãnh đạo, chỉ đạo, quán triệt, triển khai"), Matter.LEADERSHIP),
    (N_("Kết quả thực hiện các nhiệm vụ"), Matter.RESULTS),
    (N_("Kết quả thực hiện các chỉ tiêu"), Matter.TARGETS),
    (N_("Ưu điểm"), Matter.STRENGTHS),
    (N_("Hạn chế, khó khăn"), Matter.WEAKNESSES),
    (N_("Nguyên nhân"), Matter.CAUSES),
)
_ENDINGS = {
    Kind.HALF_TIME: (
        (N_("Nhiệm vụ, giải pháp trọng tâm thời gian tới"), Matter.PLANS),
        (N_("Kiến nghị, đề xuất"), Matter.PROPOSALS),
    ),
    Kind.FINAL: (
        (N_("Bài học kinh nghiệm"), Matter.LESSONS),
        (N_("Phương hướng, nhiệm vụ giai đoạn tiếp theo"), Matter.PLANS),
        (N_("Kiến nghị, đề xuất"), Matter.PROPOSALS),
    ),
}


def usual(kind: Kind) -> Outline:
    """The outline an office begins with."""
    return Outline.of(("", words, matter) for words, matter in (*_COMMON, *_ENDINGS[kind]))
