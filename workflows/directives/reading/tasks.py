"""Tasks proposed from the clauses of a directive: every passage that puts a duty on a named body.

A passage names its lead itself, or inherits it from the heading above it, from a table, from a labelled line,
or from the sentence that opens the list. A passage without any body is kept where it sets a deadline or a
figure.
"""

import re
from dataclasses import dataclass, field, replace

from workflows.directives.reading import confidence, duties
from workflows.directives.reading.clauses import Passage, Rank, as_clause, read_clauses, without_furniture
from workflows.directives.reading.confidence import Ground
from workflows.directives.reading.labels import Label, Role, read_label
from workflows.directives.reading.model import Clause, Header, ProposedTask
from workflows.directives.reading.proposals import (
    Lead,
    Source,
    comes_again,
    from_passage,
    from_row,
    names_of,
    words_of,
)
from workflows.directives.reading.silence import (
    is_account,
    is_call_to_all,
    is_description,
    is_formula,
    is_silent_heading,
    is_title,
)
from workflows.directives.reading.subjects import (
    How,
    Sentences,
    Subject,
    called_upon,
    find_subjects,
    first_subject,
    opens_adverbially,
)
from workflows.directives.reading.table_cells import names_in_cell
from workflows.directives.reading.targets import find_targets
from workflows.directives.reading.task_tables import Row, read_tables
from workflows.directives.reading.text import fold
from workflows.directives.reading.tokens import any_of, squeeze, tokenise

_EVERYBODY = re.compile(r"cap uy|he thong chinh tri|to chuc dang|cac cap, cac nganh")
_TO_ADDRESSEES = re.compile(r"\((?:nhu|theo)\s+(?:tren|kinh gui)[^)]{0,30}\)|nhu (?:da )?kinh gui")
_WEAK = (Ground.OPENING, Ground.ADDRESSEES)
_GROUNDS = {How.ASSIGNED: Ground.ASSIGNED, How.CALLED: Ground.ASSIGNED, How.SUBJECT: Ground.SUBJECT}
_LONGEST_NAME_OF_CLAUSE = 160


@dataclass
class _Walk:
    """Going once through the passages, in order; what is known of a passage stands under its identity."""

    source: Source
    tasks: list[ProposedTask] = field(default_factory=list)
    heritage: dict[int, Lead] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    unclaimed: list[tuple[Passage, Sentences]] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)
    numbered: bool = False
    has_numbers: bool = False
    last_item: int = 0


def propose(text: str, header: Header | None = None) -> tuple[list[Clause], list[ProposedTask]]:
    """The clauses of a clean text and the tasks proposed from them, in the order of the text."""
    known = header or Header(body=(0, len(text)))
    body = known.body if known.body[1] > known.body[0] else (0, len(text))
    tables = read_tables(text, body)
    passages = read_clauses(text, body, known.footnotes, tables.spans)
    walk = _Walk(Source(text, without_furniture(text, known.footnotes), known))
    walk.has_numbers = any(passage.rank < Rank.DASH for passage in passages)
    walk.last_item = max(
        (passage.start for passage in passages if passage.rank is not Rank.PARAGRAPH), default=0
    )
    for passage in passages:
        _visit(walk, passage)
    clauses = [as_clause(text, passage) for passage in passages] + [
        _clause_of(text, row) for row in tables.rows
    ]
    return clauses, _monitored(walk.tasks) + [from_row(walk.source, row) for row in tables.rows]


def _clause_of(text: str, row: Row) -> Clause:
    matter = squeeze(row.columns.get(Role.MATTER, ""))[:_LONGEST_NAME_OF_CLAUSE]
    return Clause(row.address, matter, (row.start, row.end), text[row.start : row.end])


def _visit(walk: _Walk, passage: Passage) -> None:
    seen = walk.source.seen[passage.start : passage.end]
    words = squeeze(seen)
    walk.numbered = walk.numbered or passage.rank < Rank.DASH
    if not words or is_formula(passage, words):
        return
    if (label := read_label(seen)) is not None:
        _apply_label(walk, passage, label)
    elif is_silent_heading(passage, words):
        walk.silent.add(id(passage))
    elif not is_description(words) and not _in_account(walk, passage):
        _judge(walk, passage, _said(walk, passage))


def _said(walk: _Walk, passage: Passage) -> Sentences:
    seen = walk.source.seen
    return Sentences(seen, tuple(tokenise(seen, passage.start, passage.end)))


def _judge(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """Decide whose duty a passage is, and propose it."""
    if not said.tokens:
        return
    first = first_subject(said)
    inherited = _inherited(walk, passage)
    if _opens_list(walk, passage, said):
        _keep_opening(walk, passage, said)
    elif first.how is How.HEADING or _is_heading_of_list(said, first):
        _keep_heading(walk, passage, said, first)
    elif first.how is not How.NONE and not (first.how is How.CALLED and inherited):
        _propose_named(walk, passage, said)
    elif inherited and inherited.ground in _WEAK and _subjects_of(walk, passage, said):
        _propose_found_within(walk, passage, said, inherited)
    elif inherited and _takes_over(passage, said, inherited):
        _propose_inherited(walk, passage, said, inherited)
    else:
        _propose_found_within(walk, passage, said, inherited)


# ── openings and headings ────────────────────────────────────────────────────────────────────────────────


def _opens_list(walk: _Walk, passage: Passage, said: Sentences) -> bool:
    """Whether an unnumbered passage only announces what follows: "… yêu cầu các sở thực hiện:"."""
    if passage.rank is not Rank.PARAGRAPH or said.tokens[-1].word != ":":
        return False
    return not walk.numbered or any(subject.how is How.CALLED for subject in find_subjects(said))


def _keep_opening(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """Remember whom the opening sentence calls upon, unless it calls upon everybody."""
    words = walk.source.seen[passage.start : passage.end]
    addressees = walk.source.header.addressees
    if addressees and _TO_ADDRESSEES.search(fold(words)):
        _leave(walk, passage.parent, Lead(addressees, Ground.ADDRESSEES))
        return
    called = called_upon(said)
    if called and not _EVERYBODY.search(fold(" ".join(names_of(called)))):
        _leave(walk, passage.parent, Lead(names_of(called), Ground.OPENING))
    elif not called and addressees and walk.source.header.type == "CV":
        _leave(walk, passage.parent, Lead(addressees, Ground.ADDRESSEES))


def _leave(walk: _Walk, passage: Passage | None, lead: Lead) -> None:
    if passage is not None:
        walk.heritage[id(passage)] = lead


def _is_heading_of_list(said: Sentences, subject: Subject) -> bool:
    """Whether a subject only heads what stands below: "Đề nghị Ban A" alone, "Đảng ủy B chỉ đạo:"."""
    if subject.how is How.NONE:
        return False
    rest = said.tokens[subject.end :]
    if not rest or (len(rest) == 1 and rest[0].word in ".;:,"):
        return True
    return duties.announces(rest)


def _keep_heading(walk: _Walk, passage: Passage, said: Sentences, subject: Subject) -> None:
    """A heading of names leaves its lead to what stands below; with words after a colon it is a task too."""
    names = names_of(subject.bodies)
    _leave(walk, passage, Lead(names, Ground.HEADING))
    rest = Sentences(said.text, said.tokens[subject.end + 1 :])
    if len(rest.tokens) > 2 and not duties.announces(rest.tokens):
        _add(walk, passage, rest, Lead(names, Ground.HEADING, subject.bodies))


def _inherited(walk: _Walk, passage: Passage) -> Lead | None:
    above = passage.parent
    while above is not None and id(above) not in walk.whole:
        if (found := walk.heritage.get(id(above))) is not None:
            return found
        above = above.parent
    return None


def _takes_over(passage: Passage, said: Sentences, inherited: Lead) -> bool:
    """Whether a passage that names nobody is a duty of the body above it."""
    opens = duties.begins_duty(said.tokens, 0) or opens_adverbially(said)
    if inherited.ground is Ground.ADDRESSEES and not opens:
        return False
    if passage.rank is not Rank.PARAGRAPH:
        alone = not passage.children and passage.paragraphs == 1
        return alone or _ends_open(passage, said) or not is_title(said.text[passage.start : passage.end])
    above = passage.parent
    if above is None or above.rank is Rank.BODY or passage.listed or inherited.ground in _WEAK:
        return False
    called = any(subject.how is How.CALLED for subject in find_subjects(said))
    return (duties.begins_duty(said.tokens, 0) and not called) or passage.address.endswith("/p2")


def _ends_open(passage: Passage, said: Sentences) -> bool:
    """Whether an item is itself a duty, told further by the items under it."""
    return passage.rank >= Rank.LETTER and said.tokens[-1].word == ":" and duties.begins_duty(said.tokens, 0)


def _in_account(walk: _Walk, passage: Passage) -> bool:
    """Whether the passage belongs to a section that tells how things stand."""
    above = passage.parent
    while above is not None and above.rank > Rank.BODY:
        if is_account(walk.source.seen[above.start : above.end]):
            return True
        above = above.parent
    return False


def _under_silence(walk: _Walk, passage: Passage) -> bool:
    above = passage.parent
    while above is not None:
        if id(above) in walk.silent:
            return True
        above = above.parent
    return False


# ── proposals ────────────────────────────────────────────────────────────────────────────────────────────


def _add(walk: _Walk, passage: Passage, said: Sentences, lead: Lead) -> None:
    span = (passage.start, passage.end)
    walk.tasks.append(from_passage(walk.source, passage.address, span, said, lead))


def _propose_named(walk: _Walk, passage: Passage, said: Sentences) -> None:
    """One task for every body that the passage itself names as a subject, each with its own words."""
    subjects = _subjects_of(walk, passage, said)
    if subjects:
        walk.whole.add(id(passage))
    _propose_subjects(walk, passage, said, subjects)


def _propose_subjects(walk: _Walk, passage: Passage, said: Sentences, subjects: list[Subject]) -> None:
    for part, subject in _parts(said, subjects):
        ground = _GROUNDS[subject.how] if subject.start == 0 or subject.how is How.ASSIGNED else Ground.WITHIN
        span = (
            (part.tokens[0].start, part.tokens[-1].end) if len(subjects) > 1 else (passage.start, passage.end)
        )
        after = subject.end - (said.tokens.index(part.tokens[0]))
        walk.tasks.append(
            from_passage(
                walk.source,
                passage.address,
                span,
                part,
                Lead(names_of(subject.bodies), ground, subject.bodies, after),
            )
        )


def _subjects_of(walk: _Walk, passage: Passage, said: Sentences) -> list[Subject]:
    if not walk.numbered and walk.has_numbers:
        return []
    found = [subject for subject in find_subjects(said) if subject.how in _GROUNDS]
    closing = walk.has_numbers and passage.start > walk.last_item
    return [subject for subject in found if not is_call_to_all(passage, said, subject, closing=closing)]


def _parts(said: Sentences, subjects: list[Subject]) -> list[tuple[Sentences, Subject]]:
    """The words of a passage cut where a new subject begins; what stands before the first belongs to it."""
    starts = [0, *(subject.start for subject in subjects[1:])]
    ends = [*starts[1:], len(said.tokens)]
    return [
        (Sentences(said.text, said.tokens[start:end]), subject)
        for start, end, subject in zip(starts, ends, subjects, strict=False)
    ]


def _propose_inherited(walk: _Walk, passage: Passage, said: Sentences, inherited: Lead) -> None:
    if _under_silence(walk, passage):
        return
    if passage.children:
        walk.whole.add(id(passage))
    _add(walk, passage, said, inherited)


def _propose_found_within(walk: _Walk, passage: Passage, said: Sentences, inherited: Lead | None) -> None:
    """A passage whose subject stands in a later sentence, or that only sets a deadline or a figure."""
    if not walk.numbered and walk.has_numbers:
        return
    subjects = _subjects_of(walk, passage, said)
    if subjects and not (inherited and passage.children):
        _propose_subjects(walk, passage, said, subjects)
        return
    walk.unclaimed.append((passage, said))
    span = (passage.start, passage.end)
    if not _under_silence(walk, passage) and (
        walk.source.deadlines(span) or find_targets(walk.source.seen, *span)
    ):
        _add(walk, passage, said, Lead((), Ground.NOBODY))


# ── labelled lines, bodies that follow up everything ─────────────────────────────────────────────────────


def _apply_label(walk: _Walk, passage: Passage, label: Label) -> None:
    """A line "Đơn vị chủ trì: …" completes the task of its clause, or makes one of the clause."""
    above = passage.parent
    if above is None or above.rank is Rank.BODY or passage.rank < Rank.LETTER:
        return
    words = walk.source.seen[passage.start + label.start : passage.end]
    names = names_in_cell(words)
    mine = _tasks_of(walk, above)
    if label.role is Role.LEAD and names:
        _give_lead(walk, above, names, mine)
    elif label.role is Role.COORDINATE and mine:
        task = walk.tasks[mine[-1]]
        walk.tasks[mine[-1]] = replace(task, coordinate=tuple(dict.fromkeys(task.coordinate + names)))
    elif label.role is Role.MONITOR and mine:
        walk.tasks[mine[-1]] = replace(walk.tasks[mine[-1]], monitor=names)
    elif label.role is Role.TIME and mine:
        _give_time(walk, passage, mine[-1])


def _tasks_of(walk: _Walk, above: Passage) -> list[int]:
    """Where the tasks of the clause stand: the latest ones."""
    first = len(walk.tasks)
    while first and _is_of_clause(walk.tasks[first - 1], above):
        first -= 1
    return list(range(first, len(walk.tasks)))


def _is_of_clause(task: ProposedTask, above: Passage) -> bool:
    return task.clause == above.address or task.clause.startswith(above.address + "/")


def _give_lead(walk: _Walk, above: Passage, names: tuple[str, ...], mine: list[int]) -> None:
    """Give the lead to the items of a clause that wait for one, or to the clause itself where none does."""
    first = mine[0] if mine else len(walk.tasks)
    known = {walk.tasks[index].clause for index in mine}
    for index in mine:
        walk.tasks[index] = _with_lead(walk.tasks[index], names)
    waiting = [
        (item, said) for item, said in walk.unclaimed if item.parent is above and item.rank >= Rank.LETTER
    ]
    for item, said in waiting:
        if item.address not in known:
            _add(walk, item, said, Lead(names, Ground.LABEL))
    if not mine and not waiting:
        _add(walk, above, _said(walk, above), Lead(names, Ground.LABEL))
    walk.unclaimed = []
    walk.tasks[first:] = sorted(walk.tasks[first:], key=lambda task: task.span)


def _with_lead(task: ProposedTask, names: tuple[str, ...]) -> ProposedTask:
    """The task with this lead, unless it has one of its own that is surer."""
    if task.lead and task.reasons[0] not in (ground.reason for ground in _WEAK):
        return task
    sure, reasons = confidence.weigh(Ground.LABEL, ())
    return replace(task, lead=names, confidence=sure, reasons=reasons)


def _give_time(walk: _Walk, passage: Passage, index: int) -> None:
    span = (passage.start, passage.end)
    task, deadlines = walk.tasks[index], walk.source.deadlines(span)
    due = walk.source.due(span, deadlines, comes_again=comes_again(task.cadence))
    if task.deadline is None and (deadlines or due):
        day = deadlines[0].date if deadlines else None
        rule = None if day else due or task.due
        walk.tasks[index] = replace(task, deadline=day, due=rule, deadline_text=words_of(deadlines, due))


_FOLLOWS_UP = re.compile(r"theo doi|don doc")
_THIS_DOCUMENT = re.compile(
    any_of("chi thi; cong van; ke hoach; ket luan; nghi quyet; chuong trinh; van ban; thong bao; quyet dinh")
    + r"(?: so)? (?:nay|tren)"
)


def _monitored(tasks: list[ProposedTask]) -> list[ProposedTask]:
    """Whoever is to follow up the whole document monitors every other task of it."""
    watchers = [task for task in tasks if _follows_up_all(task)]
    if len(watchers) != 1:
        return tasks
    lead = watchers[0].lead
    return [task if task.lead == lead or task.monitor else replace(task, monitor=lead) for task in tasks]


def _follows_up_all(task: ProposedTask) -> bool:
    folded = " ".join(fold(task.quote).split())
    return bool(task.lead and _FOLLOWS_UP.search(folded) and _THIS_DOCUMENT.search(folded))
