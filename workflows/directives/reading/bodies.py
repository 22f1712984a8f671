"""Names of bodies in running text: a small grammar over the closed vocabulary of `body_words`.

A name is a head ("Sở", "Ủy ban nhân dân", "Giám đốc") with what belongs to it: a field of work, a level, a proper
name, another body, a qualifier. Groups ("các sở, ban, ngành") are one body; lists of names are several.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.directives.reading import body_words as words
from workflows.directives.reading.duties import ACTING, is_predicate, tells
from workflows.directives.reading.model import Span
from workflows.directives.reading.tokens import Token, phrases, squeeze, tokenise

_DEEPEST = 5
_OPEN_TAIL = 7
_STOPS = frozenset(
    ["và", "với", "để", "trong", "theo", "về", "cho", "khi", "do", "từ", "đến", "tới", "nhằm", "nếu", "mà", "thì", "như", "bằng", "vào", "ra", "qua", "hoặc", "trước", "sau", "là"]
)
_SIGNS = frozenset(".,;:()/")
_INITIAL = frozenset(['.', ';', ':', '-', '+', '(', ')', '"', '“', '”'])
# Heads that are common nouns too: only a capital or a level makes them a body.
_COMMON = frozenset(
    (
        "công an",
        "thanh tra",
        "thuế",
        "hải quan",
        "thống kê",
        "bưu điện",
        "viễn thông",
        "kiểm lâm",
        "văn phòng",
    )
    + ("ngân hàng", "công đoàn", "điện lực", "quốc phòng", "dân quân", "lãnh đạo", "quản lý thị trường")
    + (
        "bảo hiểm xã hội",
        "bộ đội biên phòng",
        "viện kiểm sát nhân dân",
        "đoàn thanh niên",
        "quốc hội",
        "quân sự",
        "biên phòng",
    )
)
# Heads whose names may begin with a small letter: "Ban chỉ đạo phòng, chống dịch".
_OPEN_HEADS = frozenset(("ban chỉ đạo", "BCĐ", "tiểu ban", "tổ công tác", "hội đồng"))
_COMRADES = phrases("đồng chí; các đồng chí")
_FRONT = frozenset(("mặt trận tổ quốc", "mặt trận tổ quốc việt nam", "mặt trận", "MTTQ", "MTTQ Việt Nam"))
_NEAR = frozenset(
    ("cơ quan", "đơn vị", "địa phương", "tổ chức", "ngành", "cá nhân", "tổ chức, cá nhân", "đoàn thể")
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as named in a text; `group` marks a class of bodies rather than one."""

    name: str
    span: Span
    group: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    end: int
    head: int
    group: bool = False


def find_bodies(text: str, start: int = 0, end: int | None = None) -> list[Body]:
    """Every body named in `text[start:end]`, in order, without overlap."""
    tokens = tokenise(text, start, end)
    found, place = [], 0
    while place < len(tokens):
        part = read_body(tokens, place)
        if part is None:
            place += 1
            continue
        found.append(body_of(text, tokens, place, part))
        place = part.end
    return found


def read_list(
    text: str, tokens: Sequence[Token], place: int, *, across_semicolons: bool = False
) -> tuple[list[Body], int]:
    """The bodies listed from `place` on ("Sở A, Sở B và các đơn vị liên quan"), and the place after them."""
    bodies: list[Body] = []
    end, start = place, place
    while (part := read_body(tokens, start)) is not None:
        if bodies and _belongs_to_last(tokens, bodies, end):
            start_of_body = place_of_last
            bodies.pop()
        else:
            start_of_body = start
        place_of_last = start_of_body
        bodies.append(body_of(text, tokens, start_of_body, part))
        end = part.end
        start = _after_separator(tokens, end, across_semicolons)
        if start == end:
            break
    return bodies, end


def body_of(text: str, tokens: Sequence[Token], place: int, part: _Part) -> Body:
    """The body read from `place` to the end of `part`, named in the words of the text without "đồng chí"."""
    place = _COMRADES.after(tokens, place)
    span = (tokens[place].start, tokens[part.end - 1].end)
    return Body(
        squeeze(text[span[0] : span[1]]),
        span,
        part.group or any(t.word == "các" for t in tokens[place : part.end]),
    )


def read_body(tokens: Sequence[Token], place: int, depth: int = 0) -> _Part | None:
    """One body beginning at `place`, or None."""
    if place >= len(tokens) or depth > _DEEPEST:
        return None
    head = words.QUANTIFIERS.after(tokens, place)
    plural = tokens[place].word in words.PLURALS and head > place
    readers = (_standing, _of_another, _of_a_field, _group, _place)
    parts = [part for read in readers if (part := read(tokens, head, plural, depth)) is not None]
    return max(parts, key=lambda part: (part.head, part.end), default=None)


def _after_separator(tokens: Sequence[Token], place: int, across_semicolons: bool) -> int:
    start = place
    marks = {",", "và", "cùng", ";", "&"} if across_semicolons else {",", "và", "cùng", "&"}
    while place < len(tokens) and place - start < 2 and tokens[place].word in marks:
        place += 1
    if (
        place > start
        and place < len(tokens)
        and tokens[place].word == "với"
        and tokens[place - 1].word == "cùng"
    ):
        place += 1
    return place


def _belongs_to_last(tokens: Sequence[Token], bodies: Sequence[Body], end: int) -> bool:
    """Whether the last body was only an office whose owner follows: "Ban Thường vụ, Thường trực cấp ủy"."""
    last = [token.word for token in tokens[max(0, end - 3) : end]]
    return (
        last[-3:] == ["ban", "thường", "vụ"]
        or (last[-2:] == ["bí", "thư"]
        and len(bodies[-1].name.split()) <= 2)
    )


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────


def _standing(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> _Part | None:
    found = words.STANDING.at(tokens, place)
    if found is None:
        return None
    end, head = found
    if head.lower() in _COMMON and not _is_named(tokens, place, end):
        return None
    further = _levels(tokens, end - 1) if words.LEVELS.at(tokens, end - 1) else end
    after = _tail(tokens, max(end, further), depth)
    if _several_places(tokens, after):
        after = _described(tokens, after)
    if "mặt trận" in head.lower() or "MTTQ" in head:
        after = _with_mass_organisations(tokens, after)
    return _Part(after, end, group=plural)


def _several_places(tokens: Sequence[Token], place: int) -> bool:
    """Whether the name before `place` ended in a list of levels and "có …" tells which of them are meant."""
    return (
        place < len(tokens) and tokens[place].word == "có" and words.LEVELS.at(tokens, place - 1) is not None
    )


def _is_named(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a head that is also a common noun stands for a body here."""
    follows = words.LEVELS.at(tokens, end) or (end < len(tokens) and tokens[end].word in ("các", "cấp"))
    if follows and (tokens[place].capital or tokens[end].word in ("tỉnh", "thành", "các", "huyện", "xã")):
        return True
    initial = place == 0 or tokens[place - 1].word in _INITIAL
    return tokens[place].capital and (not initial or (end < len(tokens) and tokens[end].capital))


def _of_another(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> _Part | None:
    found = words.OF_ANOTHER.at(tokens, place)
    if found is None:
        return None
    end = found[0]
    owner = end + 1 if end < len(tokens) and tokens[end].word == "của" else end
    nested = read_body(tokens, owner, depth + 1)
    if nested is not None and not is_predicate(tokens, end):
        return _Part(nested.end, end, group=plural or nested.group)
    after = _tail(tokens, end, depth)
    if after > end:
        return _Part(after, end, group=plural)
    alone = words.STANDING_OFFICES.at(tokens, place) is not None and tokens[place].capital
    return _Part(end, end, group=plural) if alone or plural else None


def _of_a_field(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> _Part | None:
    found = words.OF_A_FIELD.at(tokens, place)
    if found is None or found[0] >= len(tokens) or tokens[found[0]].word == "chức":
        return None
    end = found[0]
    named = (
        found[1] in _OPEN_HEADS
        or tokens[end].capital
        or (tokens[place].capital and _is_heading_caps(tokens, place))
    )
    field = words.FIELDS.at(tokens, end)
    if field is not None and (named or (field[0] > end + 1 and tokens[place].capital and "và" in field[1])):
        return _Part(_tail(tokens, _more_fields(tokens, field[0]), depth), end, group=plural)
    if not named:
        return None
    return _Part(_open_tail(tokens, end, depth), end, group=plural)


def _place(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> _Part | None:
    """A place that stands for those who govern it: "tỉnh Điện Biên"."""
    end = words.LEVELS.after(tokens, place)
    if end == place or plural or depth or end >= len(tokens) or not tokens[end].capital:
        return None
    return _Part(_name(tokens, end), place)


def _is_heading_caps(tokens: Sequence[Token], place: int) -> bool:
    return (
        tokens[place].end - tokens[place].start > 1 and place + 1 < len(tokens) and tokens[place + 1].capital
    )


def _more_fields(tokens: Sequence[Token], place: int) -> int:
    """Past further fields of the same name: "và Truyền thông", "- Thương binh"."""
    while place + 1 < len(tokens) and tokens[place].word in ("và", "-", "&") and tokens[place + 1].capital:
        field = words.FIELDS.at(tokens, place + 1)
        if field is None or words.STANDING.at(tokens, place + 1):
            return place
        place = field[0]
    return place


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────


def _group(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> _Part | None:
    first = words.GROUPS.at(tokens, place)
    if first is None or not (plural or depth or words.BARE_GROUPS.at(tokens, place)):
        return None
    several = plural or words.BARE_GROUPS.at(tokens, place) is not None
    front, end = first[1] in _FRONT, _tail(tokens, first[0], depth)
    while (following := _next_of_group(tokens, end, front)) is not None:
        front = front or following[1] in _FRONT
        end = _tail(tokens, following[0], depth)
    return _Part(_described(tokens, words.QUALIFIERS.after(tokens, end)), first[0], group=several)


def _next_of_group(tokens: Sequence[Token], end: int, front: bool) -> tuple[int, str] | None:
    """The next word of the same group after a comma or "và": (place after it, word)."""
    place = end
    while (
        place < len(tokens) and place - end < 2 and tokens[place].word in (",", "và", "/", "-", "hoặc", "&")
    ):
        place += 1
    if place == end or place >= len(tokens):
        return None
    several = tokens[place].word == "các"
    found = words.GROUPS.at(tokens, place + several)
    if found is None or _is_verb_here(tokens, place + several, found[0]):
        return None
    if words.OF_A_FIELD.at(tokens, place + several) and _names_a_field(tokens, place + several):
        return None
    if several and not _may_join(tokens, place - 1, found, front):
        return None
    if (
        tokens[place - 1].word == "và"
        and not several
        and found[1] in ("chính quyền", "chính quyền địa phương")
    ):
        return None
    standing = words.STANDING.at(tokens, place + several)
    return None if standing and standing[0] > found[0] else found


def _begins_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a head of the vocabulary stands at `place`."""
    lists = (words.STANDING, words.OF_ANOTHER, words.OF_A_FIELD)
    return any(heads.at(tokens, place) for heads in lists)


def _names_a_field(tokens: Sequence[Token], place: int) -> bool:
    found = words.OF_A_FIELD.at(tokens, place)
    return found is not None and found[0] < len(tokens) and tokens[found[0]].capital and tokens[place].capital


def _may_join(tokens: Sequence[Token], joint: int, found: tuple[int, str], front: bool) -> bool:
    """Whether "và các …" still belongs to the group before it."""
    if front and (
        "chính trị - xã hội" in found[1] or found[1] in ("đoàn thể", "tổ chức thành viên", "hội quần chúng")
    ):
        return True
    if tokens[joint].word != "và" or found[1] not in _NEAR:
        return False
    stop = _end_of_near(tokens, found[0])
    qualifier = words.QUALIFIERS.at(tokens, stop)
    return qualifier is not None and "liên quan" in qualifier[1]


def _end_of_near(tokens: Sequence[Token], place: int) -> int:
    while place + 1 < len(tokens) and tokens[place].word in (",", "và"):
        found = words.GROUPS.at(tokens, place + 1)
        if found is None or found[1] not in _NEAR:
            break
        place = found[0]
    return place


def _is_verb_here(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether "tổ chức" begins what is to be done instead of naming organisations."""
    return tokens[place].word == "tổ" and end - place == 2 and is_predicate(tokens, end)


def _described(tokens: Sequence[Token], place: int) -> int:
    """Past what further tells a group apart: "hạ tầng cụm công nghiệp", "có cụm công nghiệp" before a sign."""
    end = place
    while end < len(tokens) and end - place <= _OPEN_TAIL:
        word = tokens[end].word
        if word in _SIGNS or (end > place and (word in ("và", "chủ", "phối") or is_predicate(tokens, end))):
            return end
        small = word.isalpha() and not tokens[end].capital and word not in _STOPS
        if not small or (end == place and not _may_describe(tokens, end)):
            return place
        end += 1
    return end if end == len(tokens) else place


def _may_describe(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].word == "có":
        return not is_predicate(tokens, place)
    return not is_predicate(tokens, place) and not tells(tokens, place)


def _with_mass_organisations(tokens: Sequence[Token], place: int) -> int:
    found = _next_of_group(tokens, place, front=True)
    if found is None or "chính trị - xã hội" not in found[1]:
        return place
    return _tail(tokens, found[0], 0)


# ── tails ────────────────────────────────────────────────────────────────────────────────────────────────


def _tail(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past levels, proper names, qualifiers and owners that belong to the name before `place`."""
    while (further := _one_of_tail(tokens, place, depth)) > place:
        place = further
    return place


def _one_of_tail(tokens: Sequence[Token], place: int, depth: int) -> int:
    if place >= len(tokens):
        return place
    word = tokens[place].word
    if word in ("các", "cấp") and words.LEVELS.at(tokens, place + 1):
        return _levels(tokens, place + 1)
    if word == ":" and tokens[place - 1].word not in (")", "quan"):
        return _named_places(tokens, place)
    if tokens[place].capital and _begins_name(tokens, place):
        return _capital_owner(tokens, place, depth)
    if words.LEVELS.at(tokens, place):
        return _levels(tokens, place)
    if tokens[place].capital and not is_predicate(tokens, place):
        return _name(tokens, place)
    if word == "(":
        return _bracket(tokens, place, depth)
    if (qualified := words.QUALIFIERS.after(tokens, place)) > place:
        return qualified
    return _owner(tokens, place, depth)


def _capital_owner(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past a named body that stands right behind a name: "Ban Tuyên giáo Tỉnh đoàn", "Thanh tra Bộ"."""
    if depth >= _DEEPEST:
        return place
    parts = [read(tokens, place, False, depth + 1) for read in (_standing, _of_another, _of_a_field)]
    return max((part.end for part in parts if part), default=_name(tokens, place))


def _levels(tokens: Sequence[Token], place: int) -> int:
    place = words.LEVELS.after(tokens, place)
    while place + 1 < len(tokens) and tokens[place].word in (",", "và", "/", "-"):
        start = place + 2 if tokens[place + 1].word in ("các", "cấp") else place + 1
        further = words.LEVELS.after(tokens, start)
        if further == start or _begins_name(tokens, start):
            return place
        place = further
    return place


def _name(tokens: Sequence[Token], place: int) -> int:
    """Past a proper name: capitals, also joined by a hyphen ("Văn Miếu - Quốc Tử Giám") or followed by a number."""
    while place < len(tokens) and (tokens[place].capital or tokens[place].word.isdigit()):
        if (
            words.OF_A_FIELD.at(tokens, place)
            and _names_a_field(tokens, place)
            and tokens[place - 1].word != "ủy"
        ):
            return place
        place += 1
        if place + 1 < len(tokens) and tokens[place].word == "-" and tokens[place + 1].capital:
            place += 1
    return place


def _named_places(tokens: Sequence[Token], place: int) -> int:
    """Past ": Hoàn Kiếm, Cửa Nam và Ba Đình" after a list of levels; `place` where duties follow the colon."""
    end = place + 1
    while end < len(tokens) and tokens[end].capital and not _begins_duty(tokens, end):
        end = _long_name(tokens, end)
        if end + 1 < len(tokens) and tokens[end].word in (",", "và") and tokens[end + 1].capital:
            if _begins_name(tokens, end + 1):
                return end
            end += 1
        else:
            return end
    return place


def _long_name(tokens: Sequence[Token], place: int) -> int:
    """Past a proper name with a small syllable in it: "Cộng hòa Liên bang Nga"."""
    end = _name(tokens, place)
    while (
        end + 1 < len(tokens)
        and tokens[end].word.isalpha()
        and tokens[end + 1].capital
        and tokens[end].word != "và"
    ):
        end = _name(tokens, end + 1)
    return end


def _begins_duty(tokens: Sequence[Token], place: int) -> bool:
    small = [Token(token.word, False, token.start, token.end) for token in tokens[place : place + 5]]
    return is_predicate(small, 0) and not (len(small) > 1 and tokens[place + 1].capital)


def _bracket(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past "(Ban Thi đua - Khen thưởng)" or "(CCN Y Can)" that explains a name."""
    inside = read_body(tokens, place + 1, depth + 1)
    close = inside.end if inside else place
    if not inside and place + 1 < len(tokens) and tokens[place + 1].capital:
        close = _name(tokens, place + 1)
    if close > place and close < len(tokens) and tokens[close].word == ")":
        return close + 1
    return place


def _owner(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past "của Tỉnh ủy", "thuộc Sở Y tế", "trên địa bàn tỉnh"; `place` where no owner follows."""
    start = words.BELONGING.after(tokens, place)
    if start == place or start >= len(tokens):
        return place
    owner = read_body(tokens, start, depth + 1)
    if owner is not None:
        return owner.end
    if tokens[start].word in ("các", "cấp") and words.LEVELS.at(tokens, start + 1):
        return _levels(tokens, start + 1)
    if words.LEVELS.at(tokens, start):
        return _levels(tokens, start)
    return _name(tokens, start) if tokens[start].capital else place


def _open_tail(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past the name of a body outside the vocabulary: capitals and small words as far as a verb or a sign."""
    small = 0
    while place < len(tokens) and small <= _OPEN_TAIL:
        if tokens[place].capital:
            small, further = 0, max(_name(tokens, place), ACTING.after(tokens, place))
        elif (further := _tail(tokens, place, depth)) == place:
            if not _may_continue_name(tokens, place):
                break
            small, further = small + 1, place + 1
        if further == place:
            break
        place = further
    return place


def _may_continue_name(tokens: Sequence[Token], place: int) -> bool:
    word = tokens[place].word
    if word == "," and place + 1 < len(tokens):
        return tokens[place - 1].word == "phòng" and tokens[place + 1].word == "chống"
    if word in ("và", "-", "&") and place + 1 < len(tokens) and tokens[place + 1].capital:
        return not _begins_name(tokens, place + 1)
    if not word.isalpha() or word in _STOPS or tells(tokens, place):
        return False
    window = list(tokens[place : place + 8])
    if word in ("phòng", "chống") or not is_predicate(window, 0):
        return True
    after = next((step for step in (1, 2) if is_predicate(window, step)), None)
    return after is not None and tokens[place].word not in ("chủ", "phối", "tổ", "có")
