"""What a unit says in a report, as plain data; what is still wrong with it; what changed since. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.errors import Refused
from workflows.regimes.forms import Field, Form, Rule
from workflows.wording import N_, Phrase

LARGEST = Decimal(10) ** 15
LONGEST_NARRATIVE = 100_000


@dataclass(frozen=True)
class Content:
    """The answer itself: numbers by cell, words by field, comments by cell; a blank cell is absent."""

    nil: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Plain data for an edition; numbers as text, so that nothing is rounded."""
        return {
            "nil": self.nil,
            "figures": {cell: format(value.normalize(), "f") for cell, value in sorted(self.figures.items())},
            "narrative": dict(self.narrative),
            "notes": dict(self.notes),
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Content":
        """The content of an edition."""
        figures = {cell: Decimal(value) for cell, value in data.get("figures", {}).items()}
        return cls(bool(data.get("nil")), figures, data.get("narrative", {}), data.get("notes", {}))


@dataclass(frozen=True)
class Finding:
    """Something about a cell that the person should see; one that refuses stops the submission."""

    cell: str
    sentence: Phrase
    refuses: bool


@dataclass(frozen=True)
class Change:
    """A cell that says something else than before."""

    cell: str
    label: str
    before: str
    after: str


def number(typed: str) -> Decimal | None:
    """A number as Vietnamese offices write it (1.234,5); none for a blank; a refusal says what is wrong."""
    text = typed.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    plain = text.replace(".", "").replace(",", ".") if "," in text or _grouped(text) else text
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("“%(typed)s” không phải là số. Nhập số, ví dụ 1.234,5.", typed=typed[:40]) from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused("“%(typed)s” quá lớn. Kiểm tra lại số liệu.", typed=typed[:40])
    return round(value, 4)


def findings(form: Form, content: Content, before: Mapping[str, Decimal]) -> list[Finding]:
    """Everything the form has to say about an answer; `before` holds the figures of the period before."""
    if content.nil:
        return []
    # In a sum a blank that need not be filled in counts as nothing; a required blank leaves it open.
    optional = {cell.name: Decimal(0) for cell in form.number_cells() if not cell.required}
    figures = {**optional, **content.figures}
    return [
        *_blanks(form, content),
        *_odd_values(form, content),
        *(found for rule in form.rules if (found := _broken(rule, content, figures, before))),
    ]


def changes(form: Form, before: Content, after: Content) -> list[Change]:
    """What an answer says differently from an earlier edition, in the order of the form."""
    labels = {cell.name: cell.label for cell in form.number_cells()}
    labels |= {asked.code: asked.label for asked in form.fields()}
    old, new = _as_words(before), _as_words(after)
    return [
        Change(cell, label, old.get(cell, ""), new.get(cell, ""))
        for cell, label in labels.items()
        if old.get(cell, "") != new.get(cell, "")
    ]


def _grouped(text: str) -> bool:
    """Is it written with dots between groups of three digits?"""
    head, *groups = text.lstrip("-").split(".")
    return bool(groups) and 1 <= len(head) <= 3 and all(len(g) == 3 and g.isdigit() for g in groups)


def _blanks(form: Form, content: Content) -> Iterator[Finding]:
    for cell in form.number_cells():
        if cell.required and cell.name not in content.figures and not content.notes.get(cell.name):
            sentence = N_(
                "%(cell)s: thiếu số liệu. Điền số liệu (không có thì ghi 0), hoặc ghi chú lý do tại ô."
            )
            yield Finding(cell.name, Phrase(sentence, cell=cell.label), True)
    for asked in form.fields():
        if asked.required and asked.kind != "number" and not content.narrative.get(asked.code, "").strip():
            yield Finding(asked.code, Phrase(N_("%(cell)s: chưa có nội dung."), cell=asked.label), True)


def _odd_values(form: Form, content: Content) -> Iterator[Finding]:
    for cell in form.number_cells():
        if content.figures.get(cell.name, Decimal(0)) < 0:
            yield Finding(cell.name, Phrase(N_("%(cell)s: số liệu không thể âm."), cell=cell.label), True)
    for asked in form.fields():
        if sentence := _odd_words(asked, content.narrative.get(asked.code, "").strip()):
            yield Finding(asked.code, Phrase(sentence, cell=asked.label), True)


def _odd_words(asked: Field, said: str) -> str | None:
    if not said:
        return None
    if asked.kind == "choice" and said not in asked.choices:
        return N_("%(cell)s: chọn một trong các mục có sẵn.")
    if asked.kind == "date" and not _is_day(said):
        return N_("%(cell)s: nhập ngày theo dạng ngày/tháng/năm.")
    if len(said) > LONGEST_NARRATIVE:
        return N_("%(cell)s: nội dung quá dài. Rút gọn, hoặc gửi kèm tệp.")
    return None


def _is_day(text: str) -> bool:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        date(year, month, day)
    except ValueError:
        return False
    return True


def _broken(
    rule: Rule, content: Content, figures: Mapping[str, Decimal], before: Mapping[str, Decimal]
) -> Finding | None:
    left, right = rule.left.value(figures, before), rule.right.value(figures, before)
    if left is None or right is None or _holds(left, rule.operator, right):
        return None
    cell = min(rule.left.cells or rule.right.cells, default="")
    explained = any(content.notes.get(name) for name in rule.left.cells | rule.right.cells)
    if explained and not rule.refuses:
        return None
    said = Phrase(
        N_("%(rule)s Hiện là %(left)s so với %(right)s."),
        rule=rule.sentence,
        left=written(left),
        right=written(right),
    )
    return Finding(cell, said, rule.refuses)


def _holds(left: Decimal, operator: str, right: Decimal) -> bool:
    match operator:
        case "=":
            return left == right
        case "<=":
            return left <= right
    return left >= right


def written(value: Decimal) -> str:
    """A number as Vietnamese offices write it."""
    plain = format(value.normalize(), "f")
    whole, _, part = plain.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") and int(whole) == 0 else ""
    return f"{sign}{grouped},{part}" if part else grouped


def _as_words(content: Content) -> dict[str, str]:
    return {**content.narrative, **{cell: written(value) for cell, value in content.figures.items()}}
