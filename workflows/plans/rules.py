"""What a plan must fulfil before it is kept and before it is handed in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.errors import InvalidFields, Refused
from workflows.wording import N_

MOST_MILESTONES = 60


@dataclass(frozen=True)
class Step:
    """A milestone as typed."""

    what: str
    due_on: date | None
    who: str = ""

    @property
    def is_blank(self) -> bool:
        """Was nothing typed in its line?"""
        return not (self.what.strip() or self.who.strip() or self.due_on)


def check(steps: Sequence[Step], *, earliest: date) -> list[Step]:
    """The steps without blank lines; refuses those that say no matter or no day, or a day too early."""
    said = [step for step in steps if not step.is_blank]
    if len(said) > MOST_MILESTONES:
        raise Refused(
            "Kế hoạch có %(count)s mốc, nhiều hơn mức %(most)s mốc. Gộp các mốc nhỏ lại.",
            count=len(said),
            most=MOST_MILESTONES,
        )
    if any(not step.what.strip() or step.due_on is None for step in said):
        raise InvalidFields({"milestones": N_("Mỗi mốc cần ghi đủ nội dung và ngày phải xong.")})
    if any(step.due_on is not None and step.due_on < earliest for step in said):
        raise InvalidFields(
            {"milestones": N_("Có mốc phải xong trước ngày yêu cầu lập kế hoạch. Sửa lại ngày.")}
        )
    return said


def in_words(steps: Sequence[Step]) -> str:
    """The steps as the plan would print them, a line each."""
    return "\n".join(f"{place}. {_line(step)}" for place, step in enumerate(steps, start=1))


def _line(step: Step) -> str:
    who = f" ({step.who.strip()})" if step.who.strip() else ""
    return f"{step.what.strip()}{who}, {step.due_on:%d/%m/%Y}"
