"""The grammar of names of bodies: a head and what belongs to it; groups; bodies that belong to bodies.

All readers take the place where a name may begin. The longest head decides; what belongs to it follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.directives.reading import body_words as words
from workflows.directives.reading.body_names import (
    LONGEST_DESCRIPTION,
    STOPS,
    begins_name,
    names_a_field,
    past_description,
    past_levels,
    past_listed_places,
    past_proper_name,
)
from workflows.directives.reading.duties import is_predicate, tells
from workflows.directives.reading.tokens import Token

_DEEPEST = 5
_INITIAL = frozenset('.;:-+()"“”')


@dataclass(frozen=True, slots=True)
class Part:
    """A name that was read: the places after it and after its head; whether it names a class of bodies."""

    end: int
    head: int
    group: bool = False


def read_name(tokens: Sequence[Token], place: int, depth: int = 0) -> Part | None:
    """The name of one body beginning at `place`, or None."""
    if place >= len(tokens) or depth > _DEEPEST:
        return None
    head = words.QUANTIFIERS.after(tokens, place)
    plural = tokens[place].word in words.PLURALS and head > place
    parts = [part for read in _READERS if (part := read(tokens, head, plural, depth)) is not None]
    return max(parts, key=lambda part: (part.head, part.end), default=None)


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────


def _standing(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> Part | None:
    """ "Ủy ban nhân dân …", "Công an …": a head that is already a name."""
    found = words.STANDING.at(tokens, place)
    if found is None:
        return None
    end, head = found
    common = head.lower() in words.COMMON and not _is_named(tokens, place, end)
    if common or (head.lower() in words.CAPITALS and not tokens[place].capital):
        return None
    level = past_levels(tokens, end - 1) if words.LEVELS.at(tokens, end - 1) else end
    after = _past_tail(tokens, max(end, level), depth)
    if after < len(tokens) and tokens[after].word == "có" and words.LEVELS.at(tokens, after - 1):
        after = past_description(tokens, after)
    if "mặt trận" in head.lower() or "MTTQ" in head:
        after = _past_mass_organisations(tokens, after)
    return Part(after, end, group=plural)


def _is_named(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a head that is also a common noun stands for a body here."""
    following = tokens[end].word if end < len(tokens) else ""
    level = words.LEVELS.at(tokens, end) is not None or following in ("các", "cấp")
    if level and (tokens[place].capital or following in ("tỉnh", "thành", "các", "huyện", "xã")):
        return True
    if following == ":" and tokens[place].capital:
        return True
    initial = place == 0 or tokens[place - 1].word in _INITIAL
    return tokens[place].capital and (not initial or (end < len(tokens) and tokens[end].capital))


def _of_another(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> Part | None:
    """ "Đảng ủy …", "Giám đốc …": a head that needs the body it belongs to."""
    found = words.OF_ANOTHER.at(tokens, place)
    if found is None:
        return None
    end = found[0]
    owner = end + 1 if end < len(tokens) and tokens[end].word == "của" else end
    nested = read_name(tokens, owner, depth + 1)
    if nested is not None and not is_predicate(tokens, end):
        return Part(nested.end, end, group=plural or nested.group)
    after = _past_tail(tokens, end, depth)
    alone = tokens[place].capital and words.STANDING_OFFICES.at(tokens, place) is not None
    return Part(after, end, group=plural) if after > end or alone or plural else None


def _of_a_field(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> Part | None:
    """ "Sở Xây dựng", "Trung tâm Dịch vụ …": a head that needs a field of work or a proper name."""
    found = words.OF_A_FIELD.at(tokens, place)
    if found is None or found[0] >= len(tokens) or tokens[found[0]].word == "chức":
        return None
    end, head = found
    if plural and tokens[end].word == ":":
        return _listed_fields(tokens, end)
    titled = tokens[place].capital and tokens[place + 1].capital
    named = titled or tokens[end].capital or head in words.OPEN_HEADS
    field = words.FIELDS.at(tokens, end)
    if field is not None and (named or (tokens[place].capital and "và" in field[1])):
        return Part(_past_tail(tokens, _past_more_fields(tokens, field[0]), depth), end, group=plural)
    return Part(_past_open_name(tokens, end, depth), end, group=plural) if named else None


def _listed_fields(tokens: Sequence[Token], colon: int) -> Part | None:
    """ "Các Sở: Y tế, Tài chính": one group that lists the fields of its members."""
    end, joint = colon, colon
    while (field := words.FIELDS.at(tokens, joint + 1)) is not None and tokens[joint + 1].capital:
        end = joint = field[0]
        if joint >= len(tokens) or tokens[joint].word not in (",", "và"):
            break
    return Part(end, colon, group=True) if end > colon else None


def _past_more_fields(tokens: Sequence[Token], place: int) -> int:
    """Past further fields of the same name: "và Truyền thông", "- Thương binh"."""
    while place + 1 < len(tokens) and tokens[place].word in ("và", "-", "&") and tokens[place + 1].capital:
        field = words.FIELDS.at(tokens, place + 1)
        if field is None or words.STANDING.at(tokens, place + 1):
            return place
        place = field[0]
    return place


def _place(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> Part | None:
    """A place that stands for those who govern it: "tỉnh Điện Biên"."""
    end = words.LEVELS.after(tokens, place)
    if end == place or plural or depth or end >= len(tokens) or not tokens[end].capital:
        return None
    return Part(past_proper_name(tokens, end), place)


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────


def _group(tokens: Sequence[Token], place: int, plural: bool, depth: int) -> Part | None:
    """ "các sở, ban, ngành", "cấp ủy, chính quyền": words for bodies that join across commas."""
    first = words.GROUPS.at(tokens, place)
    several = plural or words.BARE_GROUPS.at(tokens, place) is not None
    if first is None or not (several or depth):
        return None
    front, end = first[1] in words.FRONT, _past_tail(tokens, first[0], depth)
    while (following := _next_of_group(tokens, end, front)) is not None:
        front = front or following[1] in words.FRONT
        end = _past_tail(tokens, following[0], depth)
    return Part(past_description(tokens, words.QUALIFIERS.after(tokens, end)), first[0], group=several)


def _next_of_group(tokens: Sequence[Token], end: int, front: bool) -> tuple[int, str] | None:
    """The next word of the same group after a comma or "và": (place after it, word)."""
    joint = end
    while (
        joint < len(tokens) and joint - end < 2 and tokens[joint].word in (",", "và", "/", "-", "hoặc", "&")
    ):
        joint += 1
    if joint == end or joint >= len(tokens):
        return None
    several = tokens[joint].word == "các"
    place = joint + several
    found = words.GROUPS.at(tokens, place)
    if found is None or _is_verb(tokens, place, found[0]) or names_a_field(tokens, place):
        return None
    standing = words.STANDING.at(tokens, place)
    if standing is not None and standing[0] > found[0]:
        return None
    return found if _joins(tokens, joint - 1, found, several, front) else None


def _is_verb(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether "tổ chức" begins what is to be done instead of naming organisations."""
    return tokens[place].word == "tổ" and end - place == 2 and is_predicate(tokens, end)


def _joins(tokens: Sequence[Token], joint: int, found: tuple[int, str], several: bool, front: bool) -> bool:
    """Whether the next word belongs to the group; "và các …" does before "liên quan" or after the Front."""
    if not several:
        return tokens[joint].word != "và" or found[1] != "chính quyền"
    if front and ("chính trị - xã hội" in found[1] or found[1] in words.BESIDE_FRONT):
        return True
    if tokens[joint].word != "và" or found[1] not in words.NEAR:
        return False
    qualifier = words.QUALIFIERS.at(tokens, _past_near(tokens, found[0]))
    return qualifier is not None and "liên quan" in qualifier[1]


def _past_near(tokens: Sequence[Token], place: int) -> int:
    while place + 1 < len(tokens) and tokens[place].word in (",", "và"):
        found = words.GROUPS.at(tokens, place + 1)
        if found is None or found[1] not in words.NEAR:
            break
        place = found[0]
    return place


def _past_mass_organisations(tokens: Sequence[Token], place: int) -> int:
    found = _next_of_group(tokens, place, front=True)
    if found is None or "chính trị - xã hội" not in found[1]:
        return place
    return _past_tail(tokens, found[0], 0)


# ── tails ────────────────────────────────────────────────────────────────────────────────────────────────


def _past_tail(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past levels, proper names, qualifiers and owners that belong to the name before `place`."""
    while (further := _past_one(tokens, place, depth)) > place:
        place = further
    return place


def _past_one(tokens: Sequence[Token], place: int, depth: int) -> int:
    if place >= len(tokens):
        return place
    word = tokens[place].word
    if word in ("các", "cấp") and words.LEVELS.at(tokens, place + 1):
        return past_levels(tokens, place + 1)
    if word == ":":
        return past_listed_places(tokens, place)
    if tokens[place].capital and begins_name(tokens, place):
        return _past_capital_owner(tokens, place, depth)
    if words.LEVELS.at(tokens, place):
        return past_levels(tokens, place)
    if tokens[place].capital:
        return past_proper_name(tokens, place)
    if word == "(":
        return _past_bracket(tokens, place, depth)
    qualified = words.QUALIFIERS.after(tokens, place)
    return qualified if qualified > place else _past_owner(tokens, place, depth)


def _past_capital_owner(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past a named body right behind a name: "Ban Tuyên giáo Tỉnh đoàn", "Thanh tra Bộ"."""
    if depth >= _DEEPEST:
        return place
    parts = [read(tokens, place, False, depth + 1) for read in (_standing, _of_another, _of_a_field)]
    return max((part.end for part in parts if part), default=past_proper_name(tokens, place))


def _past_bracket(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past "(Ban Thi đua - Khen thưởng)" or "(CCN Sông Trà)" that explains a name."""
    inside = read_name(tokens, place + 1, depth + 1)
    close = inside.end if inside else past_proper_name(tokens, place + 1)
    return close + 1 if place + 1 < close < len(tokens) and tokens[close].word == ")" else place


def _past_owner(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past "của Tỉnh ủy", "thuộc Sở Y tế", "trên địa bàn tỉnh"."""
    start = words.BELONGING.after(tokens, place)
    if start == place or start >= len(tokens):
        return place
    owner = read_name(tokens, start, depth + 1)
    if owner is not None:
        return owner.end
    level = start + 1 if tokens[start].word in ("các", "cấp") else start
    if words.LEVELS.at(tokens, level):
        return past_levels(tokens, level)
    return past_proper_name(tokens, start) if tokens[start].capital else place


def _past_open_name(tokens: Sequence[Token], place: int, depth: int) -> int:
    """Past a name outside the vocabulary: capitals and small words as far as a verb or a sign."""
    small = 0
    while place < len(tokens) and small <= LONGEST_DESCRIPTION:
        if tokens[place].capital:
            small, further = 0, max(past_proper_name(tokens, place), words.VERBAL_FIELDS.after(tokens, place))
        elif _continues_name(tokens, place) and not _is_level(tokens, place):
            small, further = small + 1, max(place + 1, words.VERBAL_FIELDS.after(tokens, place))
        else:
            return _past_tail(tokens, place, depth)
        if further == place:
            break
        place = further
    return place


def _continues_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a small word or joint still belongs to an open name."""
    word = tokens[place].word
    if word in (",", "và", "-", "&"):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following is None or word == ",":
            return following is not None and (tokens[place - 1].word, following.word) == ("phòng", "chống")
        return following.capital and not begins_name(tokens, place + 1)
    if not word.isalpha() or word in STOPS or tells(tokens, place):
        return False
    if word in ("phòng", "chống") or not is_predicate(tokens, place):
        return True
    field = words.VERBAL_FIELDS.at(tokens, place)
    return field is not None and (is_predicate(tokens, field[0]) or _is_level(tokens, field[0]))


def _is_level(tokens: Sequence[Token], place: int) -> bool:
    level = words.LEVELS.at(tokens, place)
    return level is not None and not (level[0] < len(tokens) and tokens[level[0]].word == "hội")


_READERS = (_standing, _of_another, _of_a_field, _group, _place)
