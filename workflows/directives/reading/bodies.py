"""Names of bodies in running text, single and in lists; the grammar stands in `body_grammar`."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.directives.reading.body_grammar import Part, read_name
from workflows.directives.reading.model import Span
from workflows.directives.reading.tokens import Token, phrases, squeeze, tokenise

_COMRADES = phrases("đồng chí; các đồng chí")
_JOINTS = frozenset([",", "và", "cùng", "&"])


@dataclass(frozen=True, slots=True)
class Body:
    """A body as named in a text; `group` marks a class of bodies rather than one."""

    name: str
    span: Span
    group: bool = False


def find_bodies(text: str, start: int = 0, end: int | None = None) -> list[Body]:
    """Every body named in `text[start:end]`, in order, without overlap."""
    tokens = tokenise(text, start, end)
    found, place = [], 0
    while place < len(tokens):
        part = read_name(tokens, place)
        if part is not None:
            found.append(_body(text, tokens, place, part))
        place = part.end if part else place + 1
    return found


def read_body(text: str, tokens: Sequence[Token], place: int) -> Body | None:
    """The one body named from `place` on, or None."""
    part = read_name(tokens, place)
    return _body(text, tokens, place, part) if part else None


def read_list(
    text: str, tokens: Sequence[Token], place: int, *, across_semicolons: bool = False
) -> tuple[list[Body], int]:
    """The bodies listed from `place` on ("Sở A, Sở B và các đơn vị liên quan"), and the place after them."""
    bodies: list[Body] = []
    first, start, end = place, place, place
    while (part := read_name(tokens, start)) is not None:
        if bodies and _waits_for_owner(tokens, end, bodies[-1]):
            bodies.pop()
        else:
            first = start
        bodies.append(_body(text, tokens, first, part))
        end = part.end
        start = _past_joint(tokens, end, _JOINTS | {";"} if across_semicolons else _JOINTS)
        if start == end:
            break
    return bodies, end


def _body(text: str, tokens: Sequence[Token], place: int, part: Part) -> Body:
    """The body named from `place` on, in the words of the text without "đồng chí"."""
    place = min(_COMRADES.after(tokens, place), part.end - 1)
    span = (tokens[place].start, tokens[part.end - 1].end)
    several = any(token.word == "các" for token in tokens[place : part.end])
    return Body(squeeze(text[span[0] : span[1]]), span, part.group or several)


def _past_joint(tokens: Sequence[Token], place: int, joints: frozenset[str]) -> int:
    start = place
    while place < len(tokens) and place - start < 2 and tokens[place].word in joints:
        place += 1
    return place + 1 if [token.word for token in tokens[place - 1 : place + 1]] == ["cùng", "với"] else place


def _waits_for_owner(tokens: Sequence[Token], end: int, last: Body) -> bool:
    """Whether the last body is only an office whose owner follows: "Ban Thường vụ, Thường trực cấp ủy"."""
    words = [token.word for token in tokens[max(0, end - 3) : end]]
    return words == ["ban", "thường", "vụ"] or (words[-2:] == ["bí", "thư"] and last.name.lower() == "bí thư")
