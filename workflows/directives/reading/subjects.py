"""Who has to do it: the body that leads a passage, those it directs, those it works with and reports to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workflows.directives.reading import duties
from workflows.directives.reading.bodies import Body, read_body, read_list
from workflows.directives.reading.body_grammar import read_name
from workflows.directives.reading.tokens import Token, phrases, word_set

_SIGNS_OF_END = frozenset(".;:")
_OPENERS = phrases("""
riêng; đồng thời; đồng thời,; ngoài ra; ngoài ra,; theo đó; theo đó,; trong đó; trong đó,; bên cạnh đó,;
trước mắt,; trước mắt; và; về phía""")
_HEADING_OPENERS = phrases("""
đối với; trách nhiệm của; trách nhiệm chung của; nhiệm vụ chung của; nhiệm vụ của; phân công;
giao trách nhiệm; trách nhiệm; nhiệm vụ của các; về trách nhiệm của""")
_ADVERBIAL = word_set("""
căn hằng hàng định trong trước sau khi đến từ đối cuối đầu qua quá bên để nhằm trên thực theo mỗi chậm
ngay tùy tại nếu với vào""")
_NOUNS_OF_COORDINATION = frozenset(("trình", "chế", "sự", "tác", "việc", "hoạch", "cường"))
_NOT_LISTED_AFTER = frozenset(("giữa", "trong", "của", "khi", "để", "thì"))
_NO_VERBS = word_set("và của trong tại ở với về cho là do để hoặc từ đến theo")
_FAR_REPORT = 12
_LONGEST_ADVERBIAL = 120
_LONGEST_BRACKET = 25
_REPORT_WORDS = word_set("về cho với lên tới đến gửi trình báo cáo qua để")


class How(StrEnum):
    """By what words the lead body became known."""

    ASSIGNED = "assigned"
    CALLED = "called"
    SUBJECT = "subject"
    HEADING = "heading"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Subject:
    """The lead bodies of a passage and their place in its tokens; `start` is where the sentence begins."""

    how: How
    bodies: tuple[Body, ...] = ()
    end: int = 0
    start: int = 0


NOBODY = Subject(How.NONE)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A passage as tokens, ready to be asked about."""

    text: str
    tokens: tuple[Token, ...]

    def starts(self) -> Iterator[int]:
        """Where a sentence or a part after a semicolon begins."""
        yield 0
        for place, token in enumerate(self.tokens[:-1]):
            if token.word in _SIGNS_OF_END and place:
                following = self.tokens[place + 1]
                if token.word == ";" or (following.capital and following.start > token.end):
                    yield place + 1


def first_subject(said: Sentences) -> Subject:
    """The body that the first sentence of the passage puts under a duty."""
    return _subject_at(said, 0) if said.tokens else NOBODY


def find_subjects(said: Sentences) -> list[Subject]:
    """The bodies that the passage puts under duties, sentence by sentence; a second one must be told apart.

    After the first, only a single named body counts, and not one that merely answers for something.
    """
    found: list[Subject] = []
    for start in said.starts():
        if found and start < found[-1].end:
            continue
        subject = _subject_at(said, start)
        if subject.how is How.NONE or (found and not _is_another(said, found[-1], subject)):
            continue
        found.append(subject)
    return found


def _is_another(said: Sentences, last: Subject, subject: Subject) -> bool:
    if subject.how not in (How.ASSIGNED, How.SUBJECT):
        return False
    if said.tokens[subject.start - 1].word != ";" and any(body.group for body in subject.bodies):
        return False
    answers = [token.word for token in said.tokens[subject.end : subject.end + 3]] == [
        "chịu",
        "trách",
        "nhiệm",
    ]
    return not answers and subject.bodies[0].name.casefold() != last.bodies[0].name.casefold()


def _subject_at(said: Sentences, start: int) -> Subject:
    place = _past_openers(said.tokens, start)
    if place >= len(said.tokens) or (start and _directs(said.tokens, place)):
        return NOBODY
    subject = _plain_subject(said, place, first=start == 0)
    if subject.how is How.NONE and _HEADING_OPENERS.at(said.tokens, place):
        after = _HEADING_OPENERS.after(said.tokens, place)
        heading = _plain_subject(said, after, first=start == 0)
        subject = heading if heading.how is How.HEADING else NOBODY
    if subject.how is How.NONE and _is_adverbial(said.tokens, place):
        subject = _subject_after_adverbial(said, place)
    return replace(subject, start=start)


def _directs(tokens: Sequence[Token], place: int) -> bool:
    """Whether "lãnh đạo", "chỉ đạo" goes on with the work of the body before, and names no leaders."""
    return not tokens[place].capital and duties.DIRECTING.at(tokens, place) is not None


def opens_adverbially(said: Sentences) -> bool:
    """Whether a passage opens with a time, a means or an aim, as duties without a subject do."""
    return said.tokens[0].word == "bằng" or _is_adverbial(said.tokens, 0)


def _is_adverbial(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sentence opens with a time, a ground or an aim before it names its subject."""
    if tokens[place].word == "thực":
        return place + 2 < len(tokens) and tokens[place + 1].word == "hiện" and tokens[place + 2].capital
    return tokens[place].word in _ADVERBIAL


def _past_openers(tokens: Sequence[Token], place: int) -> int:
    while (further := _OPENERS.after(tokens, place)) > place:
        place = further
    return place


def _plain_subject(said: Sentences, place: int, *, first: bool) -> Subject:
    """A subject exactly at `place`: "Giao Sở A …", "Tỉnh ủy giao Sở A …", "Sở A chủ trì …", "Sở A:"."""
    tokens = said.tokens
    if assigned := _assigned_at(said, place):
        return assigned
    bodies, end = read_list(said.text, tokens, place)
    if not bodies:
        return NOBODY
    if assigned := _assigned_at(said, end):
        return assigned
    if duties.CALLING.at(tokens, end):
        return NOBODY
    if _is_heading(tokens, end):
        return Subject(How.HEADING, tuple(bodies), end)
    if first and not _acts(tokens, end):
        longer, further = read_list(said.text, tokens, place, across_semicolons=True)
        if len(longer) > len(bodies) and (_is_heading(tokens, further) or _acts(tokens, further)):
            how = How.HEADING if _is_heading(tokens, further) else How.SUBJECT
            return Subject(how, tuple(longer), further)
    if _acts(tokens, end) or (first and _may_act(tokens, end)):
        return Subject(How.SUBJECT, tuple(bodies), end)
    return NOBODY


def _assigned_at(said: Sentences, place: int) -> Subject | None:
    for verbs, how in ((duties.ASSIGNING, How.ASSIGNED), (duties.CALLING, How.CALLED)):
        after = verbs.after(said.tokens, place)
        if after == place:
            continue
        if after < len(said.tokens) and said.tokens[after].word in (":", "cho"):
            after += 1
        bodies, end = read_list(said.text, said.tokens, after)
        longer, further = read_list(said.text, said.tokens, after, across_semicolons=True)
        if len(longer) > len(bodies) and not _acts(said.tokens, end) and _acts(said.tokens, further):
            bodies, end = longer, further
        if bodies:
            return Subject(how, tuple(bodies), end)
    return None


def _subject_after_adverbial(said: Sentences, start: int) -> Subject:
    """A subject behind "Hằng năm, …", "Căn cứ …, …": after a comma of the sentence, before a verb."""
    place, last = start, min(start + _LONGEST_ADVERBIAL, len(said.tokens) - 1)
    while place < last:
        sign = said.tokens[place].word
        if sign == ";" or (sign == "." and said.tokens[place + 1].capital):
            return NOBODY
        if sign in (",", ":"):
            subject = _plain_subject(said, _past_openers(said.tokens, place + 1), first=False)
            if subject.how in (How.SUBJECT, How.ASSIGNED, How.CALLED):
                return subject
        part = read_name(said.tokens, place)
        place = part.end if part else place + 1
    return NOBODY


def _is_heading(tokens: Sequence[Token], place: int) -> bool:
    """Whether the names stand alone, as in a heading, or before a colon."""
    if place >= len(tokens):
        return True
    if tokens[place].word == ":" or (place + 2 == len(tokens) and tokens[place + 1].word not in ":.;"):
        return True
    return tokens[place].word in (".", ";", ",") and place + 1 == len(tokens)


def _acts(tokens: Sequence[Token], place: int) -> bool:
    """Whether what follows a body, perhaps after brackets, is something to do."""
    if place < len(tokens) and tokens[place].word == "(":
        place = next(
            (
                at + 1
                for at in range(place, min(place + _LONGEST_BRACKET, len(tokens)))
                if tokens[at].word == ")"
            ),
            place,
        )
    if place < len(tokens) and tokens[place].word == ",":
        place += 1
    if duties.tells(tokens, place):
        return False
    return duties.is_predicate(tokens, place)


def called_upon(said: Sentences) -> tuple[Body, ...]:
    """Whom an opening sentence calls upon or assigns: "Ủy ban nhân dân tỉnh yêu cầu lãnh đạo các sở …:"."""
    for place in range(len(said.tokens)):
        assigned = _assigned_at(said, place)
        if assigned is not None:
            return assigned.bodies
    return ()


def _may_act(tokens: Sequence[Token], place: int) -> bool:
    """Whether what follows the first body of a passage may be a verb outside the vocabulary."""
    if place + 2 >= len(tokens) or duties.tells(tokens, place):
        return False
    word = tokens[place].word
    return word.isalpha() and not tokens[place].capital and word not in _NO_VERBS


# ── around the lead ──────────────────────────────────────────────────────────────────────────────────────


def chain_after(said: Sentences, place: int) -> tuple[Body, ...]:
    """Those whom the lead is to direct, from the top down: "lãnh đạo A chỉ đạo B"."""
    chain: list[Body] = []
    while (after := duties.DIRECTING.at(said.tokens, place)) is not None:
        bodies, end = read_list(said.text, said.tokens, after[0])
        if not bodies:
            break
        chain += bodies
        place = end
    return tuple(chain)


def coordinating(said: Sentences, lead: Sequence[Body]) -> tuple[Body, ...]:
    """Those whom the passage names as working with the lead, each once."""
    found: list[Body] = []
    place = 0
    while place < len(said.tokens):
        verb = duties.COORDINATING.at(said.tokens, place)
        if verb is None or (place and said.tokens[place - 1].word in _NOUNS_OF_COORDINATION):
            place += 1
            continue
        bodies, end = _partners(said, verb[0])
        found += bodies or _partner_before(said, place, lead)
        place = max(end, verb[0])
    return _distinct(found, lead)


def _partners(said: Sentences, place: int) -> tuple[list[Body], int]:
    tokens = said.tokens
    for word in ("chặt", "chẽ", "với", "cùng", "với", ":"):
        if place < len(tokens) and tokens[place].word == word:
            place += 1
    if place >= len(tokens) or tokens[place].word in _NOT_LISTED_AFTER:
        return [], place
    return read_list(said.text, tokens, place)


def _partner_before(said: Sentences, place: int, lead: Sequence[Body]) -> list[Body]:
    """ "Sở A chủ trì, Sở B phối hợp": the body just before the verb, if it is not the lead."""
    after_lead = max((body.span[1] for body in lead), default=0)
    for start in range(max(0, place - 12), place):
        token = said.tokens[start]
        if token.start < after_lead or (start and said.tokens[start - 1].word not in (",", ";", "và")):
            continue
        bodies, end = read_list(said.text, said.tokens, start)
        if bodies and end == place and after_lead:
            return bodies
    return []


def _distinct(bodies: Sequence[Body], lead: Sequence[Body]) -> tuple[Body, ...]:
    seen = {body.name.casefold() for body in lead}
    kept = []
    for body in bodies:
        if body.name.casefold() not in seen:
            seen.add(body.name.casefold())
            kept.append(body)
    return tuple(kept)


def report_to(said: Sentences) -> Body | None:
    """To whom the passage asks to report."""
    for place, token in enumerate(said.tokens[:-1]):
        if token.word == "báo" and said.tokens[place + 1].word == "cáo":
            found = _receiver(said, place + 2)
            if found is not None:
                return found
    return None


def _receiver(said: Sentences, place: int) -> Body | None:
    for at in range(place, min(place + _FAR_REPORT, len(said.tokens))):
        if said.tokens[at].word in _SIGNS_OF_END or said.tokens[at].word == "(":
            return None
        before = said.tokens[at - 1].word
        if at > place and before not in _REPORT_WORDS:
            continue
        body = read_body(said.text, said.tokens, at)
        if body is not None and not body.group:
            return body
    return None


_MAKING = word_set("dựng hành trình lập thiện thảo mưu duyệt định gửi cáo")
_PRODUCTS = phrases("""
kế hoạch; chương trình; chương trình hành động; đề án; quy chế; quy định; nghị quyết; chỉ thị;
hướng dẫn; báo cáo; văn bản; quyết định; danh sách; phương án; dự toán; tờ trình; bộ tiêu chí; bảng giá;
danh mục; phần mềm; cơ sở dữ liệu; nghị định; thông tư; dự án; quy trình""")
_LONGEST_PRODUCT = 14


def product(said: Sentences) -> str | None:
    """What the duty is to bring forth, in the words of the passage: "kế hoạch thực hiện Chỉ thị"."""
    for place in range(1, len(said.tokens)):
        if said.tokens[place - 1].word in _MAKING and (found := _PRODUCTS.at(said.tokens, place)):
            end = found[0]
            while (
                end < len(said.tokens)
                and end - place < _LONGEST_PRODUCT
                and said.tokens[end].word not in ",.;:()"
            ):
                end += 1
            return said.text[said.tokens[place].start : said.tokens[end - 1].end]
    return None
