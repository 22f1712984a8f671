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

    @property
    def text_with_unit(self) -> str:
        """The words with the unit that said them, as one paragraph."""
        return f"{self.unit.name}: {' '.join(self.text.split())}"


def place_of(question: str) -> str:
    """The part of the outline that a question asks for: "Hạn chế và nguyên nhân" goes to the limits."""
    asked = question.lower()
    found = [(asked.index(word), place) for place, words in PLACES.items() for word in words if word in asked]
    return min(found)[1] if found else ""


def under(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Place of the outline → its paragraphs, each with its unit."""
    gathered: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        gathered.setdefault(paragraph.place, []).append(paragraph.text_with_unit)
    return {place: "\n".join(lines) for place, lines in gathered.items()}
