"""What belongs to the name of a body and names no other body: levels, proper names, places, descriptions.

Every function takes the place where something may begin and returns the place after it, or the same place
where nothing of its kind begins.
"""

from collections.abc import Sequence

from workflows.directives.reading import body_words as words
from workflows.directives.reading.duties import begins_duty, is_predicate, tells
from workflows.directives.reading.tokens import Token, word_set

LONGEST_DESCRIPTION = 7

# Words that end a name: what follows them tells why, how, when or to whom.
STOPS = word_set(
    "và với để trong theo về cho khi do từ đến tới nhằm nếu mà thì như bằng vào ra qua hoặc trước sau là"
)
_SIGNS = frozenset(".,;:()/")
_JOINTS = frozenset([",", "và", "/", "-"])


def begins_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a head of the vocabulary stands at `place`."""
    return any(heads.at(tokens, place) for heads in (words.STANDING, words.OF_ANOTHER, words.OF_A_FIELD))


def names_a_field(tokens: Sequence[Token], place: int) -> bool:
    """Whether "Sở", "Ban", "Phòng" with the name of its field stands at `place`."""
    head = words.OF_A_FIELD.at(tokens, place)
    return head is not None and tokens[place].capital and head[0] < len(tokens) and tokens[head[0]].capital


def past_levels(tokens: Sequence[Token], place: int) -> int:
    """Past a level or a list of them: "xã, phường và đặc khu"."""
    place = words.LEVELS.after(tokens, place)
    while place + 1 < len(tokens) and tokens[place].word in _JOINTS:
        start = place + 2 if tokens[place + 1].word in ("các", "cấp") else place + 1
        further = words.LEVELS.after(tokens, start)
        if further == start or begins_name(tokens, start):
            return place
        place = further
    return place


def past_proper_name(tokens: Sequence[Token], place: int) -> int:
    """Past capitals, also joined by a hyphen ("Văn Miếu - Quốc Tử Giám"), and numbers."""
    while place < len(tokens) and (tokens[place].capital or tokens[place].word.isdigit()):
        if names_a_field(tokens, place) and tokens[place - 1].word != "ủy":
            return place
        place += 1
        if place + 1 < len(tokens) and tokens[place].word == "-" and tokens[place + 1].capital:
            place += 1
    return place


def past_listed_places(tokens: Sequence[Token], colon: int) -> int:
    """Past ": Sông Trà, Bến Đá" behind a list of levels; `colon` itself where duties follow it."""
    end = colon + 1
    while end < len(tokens) and tokens[end].capital and not _opens_duty(tokens, end):
        end = _past_long_name(tokens, end)
        if end + 1 >= len(tokens) or tokens[end].word not in (",", "và") or not tokens[end + 1].capital:
            return end
        if begins_name(tokens, end + 1):
            return end
        end += 1
    return colon


def _opens_duty(tokens: Sequence[Token], place: int) -> bool:
    following = place + 1 < len(tokens) and tokens[place + 1].capital
    return begins_duty(tokens, place) and not following


def _past_long_name(tokens: Sequence[Token], place: int) -> int:
    """Past a proper name with a small syllable in it: "Cộng hòa Liên bang Nga"."""
    end = past_proper_name(tokens, place)
    while end + 1 < len(tokens) and tokens[end + 1].capital and _is_syllable(tokens[end].word):
        end = past_proper_name(tokens, end + 1)
    return end


def _is_syllable(word: str) -> bool:
    return word.isalpha() and word != "và"


def past_description(tokens: Sequence[Token], place: int) -> int:
    """Past what tells a group apart, as far as a sign or a verb: "hạ tầng cụm công nghiệp", "có dự án"."""
    end = place
    while end < len(tokens) and end - place <= LONGEST_DESCRIPTION:
        word = tokens[end].word
        if word in _SIGNS or (end > place and (word in ("và", "chủ", "phối") or is_predicate(tokens, end))):
            return end
        small = word.isalpha() and not tokens[end].capital and word not in STOPS
        if not small or (end == place and not _may_describe(tokens, end)):
            return place
        end += 1
    return end if end == len(tokens) else place


def _may_describe(tokens: Sequence[Token], place: int) -> bool:
    if is_predicate(tokens, place):
        return False
    return tokens[place].word == "có" or not tells(tokens, place)
