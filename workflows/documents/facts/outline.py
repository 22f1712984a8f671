"""Where a paragraph of a unit's report belongs in the outline of the office's report."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.organisations import Unit

# The word that stands first in the question decides (official-format, What the papers say).
PLACES = {
    "causes": ("nguyên nhân",),
    "proposals": ("kiến nghị", "đề xuất", "cần cấp trên"),
    "plans": ("phương hướng", "tới", "nhiệm vụ trọng tâm", "giải pháp"),
    "weaknesses": ("hạn chế", "khó khăn", "vướng mắc", "tồn tại"),
    "strengths": ("ưu điểm", "nổi bật"),
    "leadership": ("lãnh đạo", "chỉ đạo", "quán triệt", "phân công", "triển khai"),
}


@dataclass(frozen=True)
class Paragraph:
    """What one unit said in answer to one question of its report."""

    unit: Unit
    question: str
    text: str

    @property
    def place(self) -> str:
        """The part of the outline it belongs to; empty when only the figures' own item fits."""
        return place_of(self.question)


def place_of(question: str) -> str:
    """The part of the outline that a question asks for: "Hạn chế và nguyên nhân" goes to the limits."""
    asked = question.lower()
    found = [(asked.index(word), place) for place, words in PLACES.items() for word in words if word in asked]
    return min(found)[1] if found else ""


def under(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Place of the outline → its paragraphs, each with the units that said it."""
    found: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        found.setdefault(paragraph.place, []).append(paragraph)
    return {place: "\n".join(with_units(said)) for place, said in found.items()}


def with_units(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Each text once, after the names of all units that said it."""
    said: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        said.setdefault(" ".join(paragraph.text.split()), []).append(paragraph.unit.name)
    return [f"{', '.join(dict.fromkeys(names))}: {text}" for text, names in said.items()]
