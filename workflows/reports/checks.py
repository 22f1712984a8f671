"""What a form has to say about an answer: what is lacking, impossible, contradictory or unusual. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflows.regimes.forms import Field, Form, NumberCell, Rule
from workflows.reports.content import Content, reckoned, written
from workflows.reports.usual import Usual
from workflows.wording import N_, Phrase

LONGEST_NARRATIVE = 100_000


@dataclass(frozen=True)
class Finding:
    """Something about a cell that the person should see; one that refuses stops the submission.

    A question (an unusual figure) is answered by a comment at the cell or by saying that the figure is right.
    """

    cell: str
    sentence: Phrase
    refuses: bool
    question: bool = False


def findings(
    form: Form,
    content: Content,
    before: Mapping[str, Decimal],
    usual: Mapping[str, Usual] | None = None,
) -> list[Finding]:
    """Everything the form has to say about an answer.

    `before` holds the figures of the period before, `usual` what the unit reported in earlier periods.
    """
    if content.nil:
        return []
    return list(_Checks(form, content, before, usual or {}).all())


class _Checks:
    def __init__(
        self, form: Form, content: Content, before: Mapping[str, Decimal], usual: Mapping[str, Usual]
    ) -> None:
        self.form, self.content, self.before, self.usual = form, content, before, usual
        found = reckoned(form, content, before)
        self.figures, self.hidden = found.figures, found.hidden
        # In a sum a blank that need not be filled in counts as nothing; a required blank leaves it open.
        # So does what does not apply.
        self.counted = {
            cell.name: Decimal(0)
            for cell in form.number_cells()
            if cell.name in self.hidden or (not cell.required and cell.formula is None)
        } | self.figures

    def all(self) -> Iterator[Finding]:
        """Cell by cell, then between cells."""
        yield from self._blanks()
        for cell in self.form.number_cells():
            if cell.name in self.figures:
                yield from self._odd_figure(cell, self.figures[cell.name])
        for asked in self.form.fields():
            if asked.code not in self.hidden:
                yield from _odd_words(asked, self.content.narrative.get(asked.code, "").strip())
        yield from (found for rule in self.form.rules if (found := self._broken(rule)))
        yield from self._unusual()

    def _blanks(self) -> Iterator[Finding]:
        for cell in self.form.number_cells():
            stands = cell.name in self.figures or cell.name in self.hidden
            if cell.required and not stands and not self.content.notes.get(cell.name):
                sentence = N_(
                    "%(cell)s: thiếu số liệu. Điền số liệu (không có thì ghi 0), hoặc ghi chú lý do tại ô."
                )
                yield Finding(cell.name, Phrase(sentence, cell=cell.label), True)
        for asked in self.form.fields():
            if not asked.required or asked.kind == "number" or asked.code in self.hidden:
                continue
            if not self.content.narrative.get(asked.code, "").strip():
                lacks = N_("%(cell)s: chưa có tệp. Gửi tệp tại mục này rồi nộp lại.")
                empty = N_("%(cell)s: chưa có nội dung.")
                sentence = lacks if asked.kind == "file" else empty
                yield Finding(asked.code, Phrase(sentence, cell=asked.label), True)

    def _odd_figure(self, cell: NumberCell, figure: Decimal) -> Iterator[Finding]:
        measure, lowest = cell.measure, cell.lowest
        if lowest == 0 and figure < 0:
            yield Finding(cell.name, Phrase(N_("%(cell)s: số liệu không thể âm."), cell=cell.label), True)
        elif lowest is not None and figure < lowest:
            sentence = N_("%(cell)s: số liệu không được nhỏ hơn %(limit)s.")
            yield Finding(cell.name, Phrase(sentence, cell=cell.label, limit=written(lowest)), True)
        if measure.maximum is not None and figure > measure.maximum:
            sentence = N_("%(cell)s: số liệu không được lớn hơn %(limit)s.")
            yield Finding(cell.name, Phrase(sentence, cell=cell.label, limit=written(measure.maximum)), True)
        if measure.decimals is not None and round(figure, measure.decimals) != figure:
            whole = N_("%(cell)s: chỉ nhận số nguyên.")
            places = N_("%(cell)s: chỉ nhận đến %(places)s chữ số thập phân.")
            sentence = places if measure.decimals else whole
            yield Finding(cell.name, Phrase(sentence, cell=cell.label, places=measure.decimals), True)

    def _broken(self, rule: Rule) -> Finding | None:
        cells = rule.left.cells | rule.right.cells
        if cells and cells <= self.hidden:
            return None
        left = rule.left.value(self.counted, self.before)
        right = rule.right.value(self.counted, self.before)
        if left is None or right is None or _holds(left, rule.operator, right):
            return None
        cell = min(rule.left.cells or rule.right.cells, default="")
        if not rule.refuses and any(self.content.notes.get(name) for name in cells):
            return None
        said = Phrase(
            N_("%(rule)s Hiện là %(left)s so với %(right)s."),
            rule=rule.sentence,
            left=written(round(left, 4)),
            right=written(round(right, 4)),
        )
        return Finding(cell, said, rule.refuses)

    def _unusual(self) -> Iterator[Finding]:
        for cell in self.form.number_cells():
            usual = self.usual.get(cell.name)
            # What is unusual in a calculated cell follows from a figure that is asked about itself.
            if usual is None or cell.formula is not None or cell.name not in self.figures:
                continue
            if usual.holds(self.figures[cell.name]):
                continue
            if not self.content.notes.get(cell.name):
                yield Finding(cell.name, usual.question(cell.label), refuses=False, question=True)


def _odd_words(asked: Field, said: str) -> Iterator[Finding]:
    sentence = ""
    if not said:
        return
    if asked.kind == "choice" and said not in asked.choices:
        sentence = N_("%(cell)s: chọn một trong các mục có sẵn.")
    elif asked.kind == "date" and not _is_day(said):
        sentence = N_("%(cell)s: nhập ngày theo dạng ngày/tháng/năm.")
    elif len(said) > LONGEST_NARRATIVE:
        sentence = N_("%(cell)s: nội dung quá dài. Rút gọn, hoặc gửi kèm tệp.")
    if sentence:
        yield Finding(asked.code, Phrase(sentence, cell=asked.label), True)


def _is_day(text: str) -> bool:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        date(year, month, day)
    except ValueError:
        return False
    return True


def _holds(left: Decimal, operator: str, right: Decimal) -> bool:
    match operator:
        case "=":
            return left == right
        case "<=":
            return left <= right
    return left >= right
