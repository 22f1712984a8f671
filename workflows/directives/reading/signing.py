"""What stands below the body: who receives the document and who signed it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.directives.reading.addressees import split_names
from workflows.directives.reading.model import Signer
from workflows.directives.reading.persons import begins_with_surname, name_of
from workflows.directives.reading.phrases import is_upper, letters
from workflows.directives.reading.restoring import is_known_role, restored_role
from workflows.directives.reading.text import Cell, Line, LineKind, cells, fold, is_stamp

_RECIPIENTS = re.compile(r"\W*n[o0]\W?\s?i\s?nh\W?[a-z]?\W?n\s{0,3}(?::|;|$|(?=\s\s|\t))")
_APPENDIX = re.compile(r"\W*phu\s+luc(?:\s+(?:so\s+)?[\divx]{1,4})?\W*$")
_DASH = re.compile(r"\s*[-•·+*_]\s*(?=\S)")
_RIGHT = 28  # the column from which a lone cell stands in the right half of a page
_LINE = 200  # characters of a line in which two columns may have run together
_ZONE = 70  # lines of text in which a signing block ends

AUTHORITY = re.compile(
    r"\W*(?:t\s?[/.]\s?m|k\s?[/.]\s?t|t\s?[/.]\s?l|t\.?\s?u\.?\s?q|tm|kt|tl)(?:\s*[./]\s*|\s+)(?=\S)"
)
ROLE = re.compile(
    r"\W*(?:q\.?\s+|quyen\s+)?(?:pho\s+)?(?:tong\s+)?(?:bi\s+thu|chu\s+tich|chu\s+nhiem|truong\b|giam\s+doc|"
    r"chanh\b|(?:bo|thu|cuc|vu|chi\s+cuc|hieu|vien|doi|to)\s+truong|thu\s+tuong|thuong\s+truc|uy\s+vien|"
    r"(?:tong\s+)?thanh\s+tra|chi\s+huy|chinh\s+uy|tu\s+lenh|ke\s+toan|bien\s+tap|thu\s+ky|chu\s+toa|chu\s+tri)"
)


@dataclass(frozen=True)
class Signing:
    """The signing block as found; `start` is the line where it begins."""

    recipients: tuple[str, ...]
    signer: Signer | None
    start: int


def read_signing(seen: Sequence[Line], begin: int) -> Signing:
    """Read what follows the body, which begins at line `begin`."""
    head = next((i for i in range(begin, len(seen)) if _is_recipients(seen[i].text)), None)
    stop = next((i for i in range(head or begin, len(seen)) if _is_appendix(seen[i])), len(seen))
    if head is None:
        start = _signature_without_recipients(seen, begin, stop)
        return Signing((), _signer(_cells_of(seen[start:stop])), start)
    above = _signature_above(seen, begin, head)
    left, right = _two_columns(seen[head:stop])
    recipients, others = _recipients(left)
    signer = _signer([*_cells_of(seen[above:head]), *_in_order(right, others)])
    return Signing(recipients, signer, above)


def _is_appendix(line: Line) -> bool:
    return len(line.words) < 20 and bool(_APPENDIX.match(fold(line.text)))


def _is_recipients(line: str) -> bool:
    found = _RECIPIENTS.match(fold(line[:200]))
    return bool(found) and not line.lstrip(" *_-\t")[:1].islower()


# ── two columns ────────────────────────────────────────────────────────────────────────────────────────────

Placed = tuple[int, str]  # line of the block, words


def _two_columns(block: Sequence[Line]) -> tuple[list[Placed], list[Placed]]:
    """Left and right half of the block, line by line; a blank line is an empty left piece."""
    left: list[Placed] = []
    right: list[Placed] = []
    texts = 0
    for number, line in enumerate(block):
        texts += line.kind is LineKind.TEXT
        if texts > _ZONE:
            break
        row = _without_head(line) if number == 0 else list(cells(line.text))
        if not line.words:
            left.append((number, ""))
        for place, cell in enumerate(_lead_of(row)):
            stands_right = _stands_right(cell, place, line)
            for part, is_right in _unglued(cell.text, right=stands_right):
                (right if is_right else left).append((number, part))
    return left, right


def _without_head(line: Line) -> list[Cell]:
    found = _RECIPIENTS.match(fold(line.text[:200]))
    end = found.end() if found else 0
    return list(cells(" " * end + line.text[end:]))


def _stands_right(cell: Cell, place: int, line: Line) -> bool:
    if _DASH.match(cell.text) and letters(cell.text) > 1 and not AUTHORITY.match(fold(cell.text)):
        return False
    if cell.column >= _RIGHT:
        return True
    tabbed = "\t" in line.text[: cell.column]
    return (place > 0 or tabbed) and (tabbed or is_sign_words(cell.text) or bool(name_of(cell.text)))


def _unglued(words: str, *, right: bool) -> list[tuple[str, bool]]:
    """Cut a post or a name off an item that only one space parts from it, as OCR leaves it."""
    if right or (is_sign_words(words) and not _DASH.match(words)):
        return [(words, True)]
    for ended in re.finditer(r"[;,.)]\s+(?=\S)", words[:_LINE]):
        rest = words[ended.end() :]
        if _is_spoilt_post(rest, words) or (name_of(rest) and begins_with_surname(rest)):
            return [(words[: ended.end()], False), (rest, True)]
    return [(words, False)]


def _is_spoilt_post(rest: str, words: str) -> bool:
    """Capitals with a word of a post; the file marks after "Lưu" are capitals too."""
    filed = re.match(r"\W*luu\b", fold(words)) is not None
    return not filed and is_upper(rest) and bool(_SIGN_WORD.search(fold(rest)))


_SIGN_WORD = re.compile(r"\b(?:chu tich|thu|truong|giam doc|chanh|thuong|pho|ban|vu)\b")


def is_sign_words(words: str) -> bool:
    """Is this an authority or a post? In small letters only whole posts and marked authorities are."""
    return is_authority(words) or is_role(words)


def is_authority(words: str) -> bool:
    """Does this say for whom somebody signs: "T/M BAN THƯỜNG VỤ", "KT. Chủ tịch"?"""
    marked = is_upper(words) or bool(re.match(r"\W*(?:T/M|K/T|T/L|TM|KT|TL|TUQ)[. ]", words))
    return marked and bool(AUTHORITY.match(fold(words)))


def is_role(words: str) -> bool:
    """Is this the post of somebody who signs?"""
    return bool(ROLE.match(fold(words))) if is_upper(words) else is_known_role(words)


# ── recipients ─────────────────────────────────────────────────────────────────────────────────────────────


def _recipients(left: Sequence[Placed]) -> tuple[tuple[str, ...], list[Placed]]:
    """The names in the left half, and the pieces that belong to no name."""
    dashed = any(_DASH.match(words) for _, words in left)
    items: list[str] = []
    others: list[Placed] = []
    gap = False
    last = 0
    for number, words in left:
        if not words:
            gap = bool(items)
        elif is_stamp(words):
            continue
        elif _DASH.match(words) if dashed else _is_plain_item(words, items, after_gap=gap):
            items.append(words)
            gap, last = False, number
        elif items and _continues(items[-1], words, adjacent=number - last <= 1, gap=gap):
            items[-1] = (
                f"{items[-1].rstrip(' ;,.')} {words}" if words.startswith("(") else f"{items[-1]} {words}"
            )
            last = number
        else:
            others.append((number, words))
    return tuple(name for item in items for name in split_names(item)), others


def _is_plain_item(words: str, items: list[str], *, after_gap: bool) -> bool:
    if is_sign_words(words) or (after_gap and not words.endswith((";", ","))):
        return False
    if items and fold(items[-1]).startswith("luu"):
        return False
    return not name_of(words) or not begins_with_surname(words)


def _continues(item: str, words: str, *, adjacent: bool, gap: bool) -> bool:
    if is_sign_words(words) or (name_of(words) and begins_with_surname(words)):
        return False
    ended = item.rstrip()
    if gap:  # OCR puts blank lines between lines that belong together
        return words[:1].islower() and not ended.endswith((";", "."))
    if words.startswith("(") or words[:1].islower():
        return True
    return (
        adjacent
        and not ended.endswith((";", "."))
        and not words.endswith(":")
        and not re.match(r"[A-Z_\d-]+$", words)
    )


# ── signer ─────────────────────────────────────────────────────────────────────────────────────────────────


def _in_order(right: Sequence[Placed], others: Sequence[Placed]) -> list[str]:
    """What is no recipient, line by line; the right half speaks first."""
    ranked = [(number, 0, words) for number, words in right] + [
        (number, 1, words) for number, words in others
    ]
    return [words for _, _, words in sorted(ranked, key=lambda piece: piece[:2])]


def _cells_of(block: Sequence[Line]) -> list[str]:
    return [cell.text for line in block if line.kind is LineKind.TEXT for cell in _lead_of(cells(line.text))]


def _lead_of(row: Sequence[Cell]) -> Sequence[Cell]:
    """Of signatures side by side the last: the lead body signs on the right."""
    side_by_side = len(row) > 1 and all(is_sign_words(cell.text) or name_of(cell.text) for cell in row)
    return row[-1:] if side_by_side else row


def _signature_above(seen: Sequence[Line], begin: int, head: int) -> int:
    """Where a signature begins that stands above the recipients, else the line of the recipients."""
    start = index = head
    while index > begin and index > head - 14:
        index -= 1
        pieces = [cell.text for cell in cells(seen[index].text)]
        if pieces and all(is_sign_words(piece) for piece in pieces):
            start = index
        elif pieces and not all(name_of(piece) or is_stamp(piece) for piece in pieces):
            break
    return start


def _signature_without_recipients(seen: Sequence[Line], begin: int, stop: int) -> int:
    """Where the last authority or post of the text begins; the end of the text if there is none."""
    texts = 0
    start = stop
    for index in range(stop - 1, begin - 1, -1):
        if seen[index].kind is not LineKind.TEXT:
            continue
        texts += 1
        row = [cell.text for cell in cells(seen[index].text)]
        if any(is_sign_words(piece) for piece in row):
            start = index
        elif texts > 12 or (start < stop and not all(name_of(piece) for piece in row)):
            break
    return start


def _signer(pieces: Sequence[str]) -> Signer | None:
    authority: list[str] = []
    role: list[str] = []
    names: list[str] = []
    for piece in pieces:
        words = " ".join(piece.split()).strip(" *_")
        if is_stamp(words) or not letters(words):
            continue
        if is_authority(words) and not names:
            authority.append(words)
        elif is_role(words) and not names:
            role.append(words)
        elif _is_rest_of_authority(words, authority, role, names):
            if post := restored_role(words):
                role.append(post)
            else:
                authority[-1] += " " + words
        elif name := name_of(words):
            names.append(name)
    name = _best_name(names)
    if not (authority or role) and not (name and begins_with_surname(name)):
        return None
    return Signer("\n".join(authority) or None, " ".join(role) or None, name)


def _is_rest_of_authority(words: str, authority: list[str], role: list[str], names: list[str]) -> bool:
    """Capitals under an authority that are no post: its second line, or a post that OCR has spoilt."""
    return bool(authority) and is_upper(words) and not (role or names or begins_with_surname(words))


def _best_name(names: Sequence[str]) -> str | None:
    known = [name for name in names if begins_with_surname(name)]
    return next(iter([*known, *names]), None)
