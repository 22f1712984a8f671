"""Tasks proposed from the clauses of a directive: every passage that puts a duty on a named body.

A passage names its lead itself, or inherits it from the heading above it, from a table, or from the sentence
that opens the list. A passage without any body is kept where it sets a deadline or a figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workflows.directives.reading import confidence, duties
from workflows.directives.reading.annexes import Row, names_in_cell, read_annexes
from workflows.directives.reading.bodies import Body, read_list
from workflows.directives.reading.clauses import Passage, Rank, as_clause, read_clauses
from workflows.directives.reading.confidence import Ground
from workflows.directives.reading.deadlines import Deadline, find_cadences, find_deadlines
from workflows.directives.reading.labels import Label, Role, read_label
from workflows.directives.reading.model import Clause, Header, ProposedTask
from workflows.directives.reading.subjects import (
    How,
    Sentences,
    Subject,
    chain_after,
    coordinating,
    find_subject,
    first_subject,
    product,
    report_to,
)
from workflows.directives.reading.targets import find_targets
from workflows.directives.reading.text import fold, readable
from workflows.directives.reading.tokens import squeeze, tokenise

_SILENT = re.compile(
    r"(?:cac |mot so |ve |nhung )?(?:muc dich|muc tieu|quan diem|yeu cau|tinh hinh|ket qua|ton tai|han che|nguyen nhan|danh gia|dac diem|"
    r"bai hoc|can cu|pham vi|doi tuong|boi canh|su can thiet|thuc trang|kinh phi|uu diem|khuyet diem|chi tieu|dinh huong|thoi gian|"
    r"phuong cham|nguyen tac|noi dung bao cao|dia diem|thanh phan|hinh thuc)\b"
)
_EVERYBODY = re.compile(r"cap uy|he thong chinh tri|to chuc dang|cac cap, cac nganh")
_TO_ADDRESSEES = re.compile(r"\((?:nhu|theo)\s+(?:tren|kinh gui)[^)]{0,30}\)|nhu (?:da )?kinh gui")
_LONGEST_HEADING = 25
_LONG_PASSAGE = 1200
_GROUNDS = {How.ASSIGNED: Ground.ASSIGNED, How.CALLED: Ground.ASSIGNED, How.SUBJECT: Ground.SUBJECT, How.HEADING: Ground.HEADING}

_WEAK = (Ground.OPENING, Ground.ADDRESSEES)


@dataclass(frozen=True)
class _Heritage:
    """The lead that passages below take over when they name none, and how it was known."""

    lead: tuple[str, ...]
    ground: Ground


@dataclass
class _Walk:
    """Going once through the passages, in order; what is known of each stands under its address."""

    text: str
    seen: str
    header: Header
    tasks: list[ProposedTask] = field(default_factory=list)
    heritage: dict[int, _Heritage] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    numbered: bool = False


def propose(text: str, header: Header | None = None) -> tuple[list[Clause], list[ProposedTask]]:
    """The clauses of a clean text and the tasks proposed from them, in the order of the text."""
    known = header or Header(body=(0, len(text)))
    start, end = known.body if known.body[1] > known.body[0] else (0, len(text))
    walk = _Walk(text, readable(text), known)
    passages = read_clauses(text, (start, end), known.footnotes)
    for passage in passages:
        _visit(walk, passage)
    rows = read_annexes(text, end)
    clauses = [as_clause(text, passage) for passage in passages] + [_row_clause(text, row) for row in rows]
    return clauses, _monitored(walk.tasks) + [_task_of_row(walk, row) for row in rows]


def _visit(walk: _Walk, passage: Passage) -> None:
    words = squeeze(walk.seen[passage.start : passage.end])
    walk.numbered = walk.numbered or passage.rank < Rank.DASH
    if not words:
        return
    if (label := read_label(walk.seen[passage.start : passage.end])) is not None:
        _apply_label(walk, passage, label)
    elif _is_silent(passage, words):
        walk.silent.add(id(passage))
    else:
        said = Sentences(walk.seen, tuple(tokenise(walk.seen, passage.start, passage.end)))
        _judge(walk, passage, said)


def _judge(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """Decide whose duty a passage is, and propose it."""
    if not said.tokens:
        return
    first = first_subject(said)
    inherited = _inherited(walk, passage)
    if _opens_list(walk, passage, said):
        _keep_opening(walk, passage, said)
    elif first.how is How.HEADING:
        _keep_heading(walk, passage, said, first)
    elif first.how is not How.NONE and not (first.how is How.CALLED and inherited):
        _propose_named(walk, passage, said, first)
    elif inherited and _takes_over(passage, said):
        _propose_inherited(walk, passage, said, inherited)
    else:
        _propose_found_within(walk, passage, said)


# ── what a passage is ────────────────────────────────────────────────────────────────────────────────────


def _is_silent(passage: Passage, words: str) -> bool:
    """Whether the passage heads a section that tells of aims, causes or costs instead of giving duties."""
    if passage.rank >= Rank.DASH or not _SILENT.match(fold(words)):
        return False
    return len(words.split()) <= _LONGEST_HEADING or words.split(":")[0].isupper()


def _under_silence(walk: _Walk, passage: Passage) -> bool:
    above = passage.parent
    while above is not None:
        if id(above) in walk.silent:
            return True
        above = above.parent
    return False


def _opens_list(walk: _Walk, passage: Passage, said: Sentences) -> bool:
    """Whether an unnumbered passage only announces what follows: "… yêu cầu các sở thực hiện các nội dung sau:"."""
    return passage.rank is Rank.PARAGRAPH and not walk.numbered and said.tokens[-1].word == ":"


def _keep_opening(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """Remember whom the opening sentence calls upon, unless it calls upon everybody."""
    bodies: list[Body] = []
    for place in range(len(said.tokens)):
        after = max(duties.CALLING.after(said.tokens, place), duties.ASSIGNING.after(said.tokens, place))
        if after > place:
            bodies, _ = read_list(walk.seen, said.tokens, after) if not bodies else (bodies, 0)
    if _TO_ADDRESSEES.search(fold(walk.seen[passage.start : passage.end])) and walk.header.addressees:
        _leave_to_all(walk, passage, _Heritage(walk.header.addressees, Ground.ADDRESSEES))
    elif bodies and not _EVERYBODY.search(fold(" ".join(body.name for body in bodies))):
        _leave_to_all(walk, passage, _Heritage(_names(bodies), Ground.OPENING))


def _leave_to_all(walk: _Walk, passage: Passage, heritage: _Heritage) -> None:
    if passage.parent is not None:
        walk.heritage[id(passage.parent)] = heritage


def _keep_heading(walk: _Walk, passage: Passage, said: Sentences, subject: Subject) -> None:
    """A heading of names only leaves its lead to what stands below; with words after the colon it is a task."""
    walk.heritage[id(passage)] = _Heritage(_names(subject.bodies), Ground.HEADING)
    rest = Sentences(said.text, said.tokens[subject.end + 1 :])
    if len(rest.tokens) > 2:
        _add(walk, passage, rest, _names(subject.bodies), Ground.HEADING, subject.bodies)


def _inherited(walk: _Walk, passage: Passage) -> _Heritage | None:
    above = passage.parent
    while above is not None:
        if id(above) in walk.whole:
            return None
        if (found := walk.heritage.get(id(above))) is not None:
            return found
        above = above.parent
    return None


def _takes_over(passage: Passage, said: Sentences) -> bool:
    """Whether a passage that names nobody is a duty of the body above it."""
    if _SILENT.match(fold(said.text[passage.start : passage.start + 40])) and ":" in said.text[passage.start : passage.start + 40]:
        return False
    if passage.rank is Rank.PARAGRAPH:
        above = passage.parent
        return above is not None and above.rank > Rank.BODY and passage.listed == 0 and said.tokens[0].word != "("
    return not passage.children and passage.paragraphs == 1 or _ends_open(passage, said)


def _ends_open(passage: Passage, said: Sentences) -> bool:
    """Whether an item is itself a duty, told further by the items under it."""
    return passage.rank >= Rank.LETTER and said.tokens[-1].word == ":" and duties.begins_duty(said.tokens, 0)


# ── proposals ────────────────────────────────────────────────────────────────────────────────────────────


def _propose_named(walk: _Walk, passage: Passage, said: Sentences, subject: Subject) -> None:
    if _is_call_to_all(walk, passage, said, subject):
        return
    walk.whole.add(id(passage))
    _add(walk, passage, said, _names(subject.bodies), _GROUNDS[subject.how], subject.bodies, subject.end)


def _is_call_to_all(walk: _Walk, passage: Passage, said: Sentences, subject: Subject) -> bool:
    """The closing call "… yêu cầu các đơn vị nghiêm túc triển khai thực hiện" gives no duty of its own."""
    if passage.rank is not Rank.PARAGRAPH or subject.how is not How.CALLED:
        return False
    stop = next((i for i, t in enumerate(said.tokens) if i >= subject.end and t.word in (".", ";")), len(said.tokens))
    return duties.is_empty_call(said.tokens[subject.end : stop])


def _propose_inherited(walk: _Walk, passage: Passage, said: Sentences, inherited: _Heritage) -> None:
    if _under_silence(walk, passage) or (inherited.ground in _WEAK and passage.rank is Rank.PARAGRAPH):
        return
    if passage.children:
        walk.whole.add(id(passage))
    _add(walk, passage, said, inherited.lead, inherited.ground)


def _propose_found_within(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """A passage whose subject stands in a later sentence; or that names nobody but sets a deadline or a figure."""
    subject = find_subject(said)
    if subject.how in (How.SUBJECT, How.ASSIGNED, How.CALLED) and walk.numbered:
        if not _is_call_to_all(walk, passage, said, subject):
            _add(walk, passage, said, _names(subject.bodies), Ground.WITHIN, subject.bodies, subject.end)
    elif walk.numbered and not _under_silence(walk, passage):
        start, end = passage.start, passage.end
        if _dated(walk, passage) or find_targets(walk.seen, start, end):
            _add(walk, passage, said, (), Ground.NOBODY)


def _dated(walk: _Walk, passage: Passage) -> list[Deadline]:
    header = walk.header
    return find_deadlines(walk.seen, passage.start, passage.end, issued=header.date, year=header.year)


def _add(
    walk: _Walk,
    passage: Passage,
    said: Sentences,
    lead: tuple[str, ...],
    ground: Ground,
    bodies: Sequence[Body] = (),
    after: int = 0,
) -> None:
    cadences = find_cadences(walk.seen, passage.start, passage.end)
    deadlines = _dated(walk, passage) if not cadences else _once(_dated(walk, passage))
    doubts = _doubts(passage, bodies, deadlines)
    sure, reasons = confidence.weigh(ground, doubts)
    receiver = report_to(said)
    walk.tasks.append(
        ProposedTask(
            clause=passage.address,
            quote=walk.text[passage.start : passage.end],
            span=(passage.start, passage.end),
            lead=lead,
            coordinate=_names(coordinating(said, bodies)),
            chain=_names(chain_after(said, after)),
            cadence=tuple(cadence.name for cadence in cadences),
            deadline=deadlines[0].date if deadlines else None,
            deadline_text=squeeze(deadlines[0].text) if deadlines else None,
            cadence_text=squeeze(walk.seen[slice(*cadences[0].span)]) if cadences else None,
            targets=find_targets(walk.seen, passage.start, passage.end),
            product=product(said),
            report_to=receiver.name if receiver else None,
            confidence=sure,
            reasons=reasons,
        )
    )


def _once(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """The deadlines that come once: beside a cadence, a day without a year comes again every time."""
    return [found for found in deadlines if re.search(r"\d{4}", found.text)]


def _doubts(passage: Passage, bodies: Sequence[Body], deadlines: Sequence[Deadline]) -> list[str]:
    doubts = []
    if bodies and all(body.group for body in bodies):
        doubts.append(confidence.ONLY_GROUPS)
    if deadlines and deadlines[0].date is None:
        doubts.append(confidence.RELATIVE_DEADLINE)
    if passage.end - passage.start > _LONG_PASSAGE:
        doubts.append(confidence.LONG_PASSAGE)
    return doubts


def _names(bodies: Sequence[Body]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(body.name for body in bodies))


# ── labels, rows, monitors ───────────────────────────────────────────────────────────────────────────────


def _apply_label(walk: _Walk, passage: Passage, label: Label) -> None:
    """A line "Đơn vị chủ trì: …" completes the task of the clause it stands in, or makes one of that clause."""
    above = passage.parent
    if above is None or above.rank is Rank.BODY:
        return
    tokens = tokenise(walk.seen, passage.start + label.start, passage.end)
    bodies, _ = read_list(walk.seen, tokens, 0, across_semicolons=True)
    mine = [index for index, task in enumerate(walk.tasks) if task.clause.split("/")[0] == above.address.split("/")[0]]
    if label.role is Role.LEAD and bodies:
        _give_lead(walk, above, _names(bodies), [index for index in mine if not walk.tasks[index].lead])
    elif label.role is Role.COORDINATE and mine:
        task = walk.tasks[mine[-1]]
        walk.tasks[mine[-1]] = replace(task, coordinate=task.coordinate + _names(bodies))
    elif label.role is Role.TIME and mine:
        deadlines = find_deadlines(walk.seen, passage.start, passage.end, issued=walk.header.date, year=walk.header.year)
        if deadlines:
            found = deadlines[0]
            walk.tasks[mine[-1]] = replace(walk.tasks[mine[-1]], deadline=found.date, deadline_text=squeeze(found.text))


def _give_lead(walk: _Walk, above: Passage, lead: tuple[str, ...], waiting: list[int]) -> None:
    sure, reasons = confidence.weigh(Ground.LABEL, ())
    for index in waiting:
        walk.tasks[index] = replace(walk.tasks[index], lead=lead, confidence=sure, reasons=reasons)
    if not waiting:
        said = Sentences(walk.seen, tuple(tokenise(walk.seen, above.start, above.end)))
        _add(walk, above, said, lead, Ground.LABEL)


def _row_clause(text: str, row: Row) -> Clause:
    matter = row.columns.get(Role.MATTER, "")
    return Clause(f"PL/{row.number}", squeeze(matter)[:160], (row.start, row.end), text[row.start : row.end])


def _task_of_row(walk: _Walk, row: Row) -> ProposedTask:
    when = row.columns.get(Role.TIME, "")
    deadlines = find_deadlines(when, issued=walk.header.date, year=walk.header.year, bare=True)
    cadences = find_cadences(when)
    sure, reasons = confidence.weigh(Ground.TABLE, ())
    return ProposedTask(
        clause=f"PL/{row.number}",
        quote=walk.text[row.start : row.end],
        span=(row.start, row.end),
        lead=names_in_cell(row.columns[Role.LEAD]),
        coordinate=names_in_cell(row.columns.get(Role.COORDINATE, "")),
        monitor=names_in_cell(row.columns.get(Role.MONITOR, "")),
        cadence=tuple(cadence.name for cadence in cadences),
        deadline=deadlines[0].date if deadlines else None,
        deadline_text=squeeze(when) if deadlines else None,
        cadence_text=squeeze(when) if cadences else None,
        targets=find_targets(row.columns.get(Role.MATTER, "")),
        product=squeeze(row.columns[Role.PRODUCT]) if Role.PRODUCT in row.columns else None,
        confidence=sure,
        reasons=reasons,
    )


_MONITORS_ALL = re.compile(r"theo doi|don doc")
_THIS_DOCUMENT = re.compile(r"(?:chi thi|cong van|ke hoach|ket luan|nghi quyet|chuong trinh|van ban|thong bao|quyet dinh)(?: so)? (?:nay|tren)")


def _monitored(tasks: list[ProposedTask]) -> list[ProposedTask]:
    """Whoever is to follow up the whole document monitors every other task of it."""
    watchers = [task for task in tasks if _watches_all(task)]
    if len(watchers) != 1:
        return tasks
    lead = watchers[0].lead
    return [task if task is watchers[0] or task.lead == lead else replace(task, monitor=lead) for task in tasks]


def _watches_all(task: ProposedTask) -> bool:
    folded = " ".join(fold(task.quote).split())
    return bool(task.lead and _MONITORS_ALL.search(folded) and _THIS_DOCUMENT.search(folded))
