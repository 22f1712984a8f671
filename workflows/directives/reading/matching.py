"""Names of bodies in a directive → units of the office's tree.

Pure: the caller hands over what it knows as plain data. Abbreviations and both spellings meet, office-holders
lead to their body, groups expand to their members, bodies that were merged lead to whoever went on, with a
note.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from workflows.directives.reading.tokens import entries, words_of
from workflows.wording import N_, LabelledEnum, Phrase

_LEAST_ALIKE = 0.75

_LONG_FORMS = """
UBND = ủy ban nhân dân; HĐND = hội đồng nhân dân; MTTQ = mặt trận tổ quốc;
MTTQVN = mặt trận tổ quốc việt nam; UBMTTQ = ủy ban mặt trận tổ quốc;
UBMTTQVN = ủy ban mặt trận tổ quốc việt nam; UB = ủy ban; LĐLĐ = liên đoàn lao động;
LHPN = liên hiệp phụ nữ; CCB = cựu chiến binh; ND = nông dân; TNCS = thanh niên cộng sản;
TNCSHCM = thanh niên cộng sản hồ chí minh; LHTN = liên hiệp thanh niên; TP = thành phố; TW = trung ương;
TƯ = trung ương; BTV = ban thường vụ; BCH = ban chấp hành; BTGDV = ban tuyên giáo và dân vận;
BTG = ban tuyên giáo; BDV = ban dân vận; BTC = ban tổ chức; BNC = ban nội chính;
TGDV = tuyên giáo và dân vận; UBKT = ủy ban kiểm tra; VPTU = văn phòng tỉnh ủy;
VPUB = văn phòng ủy ban nhân dân; GDĐT = giáo dục và đào tạo; GD&ĐT = giáo dục và đào tạo;
KHCN = khoa học và công nghệ; KH&CN = khoa học và công nghệ; NNMT = nông nghiệp và môi trường;
NN&MT = nông nghiệp và môi trường; VHTTDL = văn hóa thể thao và du lịch;
VHTT&DL = văn hóa thể thao và du lịch; TN&MT = tài nguyên và môi trường;
TT&TT = thông tin và truyền thông; NN&PTNT = nông nghiệp và phát triển nông thôn;
KH&ĐT = kế hoạch và đầu tư; LĐTB&XH = lao động thương binh và xã hội; GTVT = giao thông vận tải;
BHXH = bảo hiểm xã hội; KBNN = kho bạc nhà nước; NHNN = ngân hàng nhà nước;
PT-TH = phát thanh và truyền hình; BCHQS = bộ chỉ huy quân sự; BĐBP = bộ đội biên phòng;
HTX = hợp tác xã; CA = công an; TAND = tòa án nhân dân; VKSND = viện kiểm sát nhân dân; ĐU = đảng ủy"""
_OFFICES = entries("""
giám đốc; phó giám đốc; chủ tịch; phó chủ tịch; thủ trưởng; người đứng đầu; bí thư; phó bí thư; lãnh đạo;
đồng chí; ban thường vụ; thường trực; ban thường trực; tập thể lãnh đạo; trưởng; hiệu trưởng; chánh;
chỉ huy trưởng""")
_FRONT = ("ủy", "ban", "mặt", "trận", "tổ", "quốc")
_SYNONYMS = {_FRONT[2:]: _FRONT, _FRONT[2:4]: _FRONT}
_FILLERS = frozenset(
    (",", "và", "-", "các", "những", "việt", "nam", "có", "liên", "quan", "trực", "thuộc", "(", ")", ".")
)
_LEVEL_WORDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "xã": (("xã",),),
    "phường": (("phường",),),
    "đặc khu": (("đặc", "khu"),),
    "thị trấn": (("thị", "trấn"),),
    "huyện": (("huyện",),),
    "thị xã": (("thị", "xã"),),
    "quận": (("quận",),),
    "thành phố": (("thành", "phố"),),
    "cấp xã": (("xã",), ("phường",), ("đặc", "khu"), ("thị", "trấn")),
    "cấp huyện": (("huyện",), ("thị", "xã"), ("quận",), ("thành", "phố")),
}

MERGED = N_("%(old)s đã thôi hoạt động từ %(day)s; việc chuyển về %(new)s.")
ENDED = N_("%(old)s đã thôi hoạt động từ %(day)s và không có đơn vị kế tục.")
PARTLY = N_("Chưa nhận ra trong danh mục đơn vị: %(names)s.")
SIMILAR = N_("Tên gần giống “%(name)s”; cần xem lại.")


class Means(LabelledEnum):
    """By what a name was recognised."""

    NAME = "name", N_("đúng tên")
    GROUP = "group", N_("nhóm đơn vị")
    LEVEL = "level", N_("mọi đơn vị cùng cấp")
    SIMILAR = "similar", N_("tên gần giống")
    NONE = "none", N_("chưa nhận ra")


@dataclass(frozen=True)
class KnownUnit:
    """A unit as the matcher needs it: all its names, when it ended and who went on."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    ended: date | None = None
    successors: tuple[int, ...] = ()


@dataclass(frozen=True)
class KnownGroup:
    """A name that stands for many units."""

    name: str
    members: tuple[int, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The units and groups of an office; `place` is the name of its province, which names may leave out."""

    units: tuple[KnownUnit, ...]
    groups: tuple[KnownGroup, ...] = ()
    place: str = ""

    @cached_property
    def by_key(self) -> dict[int, KnownUnit]:
        """Units by their key."""
        return {unit.key: unit for unit in self.units}

    @cached_property
    def by_name(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Keys by the plain form of every name."""
        found: dict[tuple[str, ...], tuple[int, ...]] = {}
        for unit in self.units:
            for name in (unit.name, *unit.aliases):
                plain = self.plain(name)
                found[plain] = tuple(dict.fromkeys((*found.get(plain, ()), unit.key)))
        return found

    @cached_property
    def groups_by_name(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Members by the plain form of every name of a group."""
        return {
            self.plain(name): group.members for group in self.groups for name in (group.name, *group.aliases)
        }

    def plain(self, name: str) -> tuple[str, ...]:
        """The words that tell a name apart: abbreviations written out, fillers and the province left out."""
        words = [long for word in words_of(name) for long in _LONG.get(word, (word,))]
        place = words_of(self.place)
        for at in range(len(words) - len(place), -1, -1):
            if place and tuple(words[at : at + len(place)]) == place:
                del words[at : at + len(place)]
        kept = tuple(word for word in words if word not in _FILLERS)
        return kept[:-1] if len(kept) > 2 and kept[-1] == "tỉnh" else kept


@dataclass(frozen=True)
class Match:
    """The units that a name means, how they were recognised, and what a person should know about it."""

    units: tuple[int, ...]
    means: Means
    notes: tuple[str, ...] = ()


def match(name: str, vocabulary: Vocabulary, on: date | None = None) -> Match:
    """The units that a name means on a day: those in being, successors for those that ended before."""
    parts = _parts(name)
    return (
        _known(name, vocabulary, on)
        or (_together(parts, vocabulary, on) if len(parts) > 1 else None)
        or _by_likeness(name, vocabulary, on)
    )


def _known(name: str, vocabulary: Vocabulary, on: date | None) -> Match | None:
    for means, look_up in _LOOKUPS:
        if keys := look_up(name, vocabulary):
            return _in_being(keys, means, vocabulary, on)
    return None


def _by_name(name: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    words = vocabulary.plain(name)
    forms = (words, _without_office(words, vocabulary), _SYNONYMS.get(words, ()))
    return next((keys for form in forms if (keys := vocabulary.by_name.get(form))), ())


def _by_group(name: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    words = vocabulary.plain(name)
    return vocabulary.groups_by_name.get(words) or vocabulary.groups_by_name.get(
        _without_office(words, vocabulary), ()
    )


def _without_office(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The name of the body behind "Giám đốc Sở …", "Ban Thường vụ Đảng ủy …"."""
    for office in _OFFICES:
        opening = vocabulary.plain(office)
        if words[: len(opening)] == opening and len(words) > len(opening):
            return _without_office(words[len(opening) :], vocabulary)
    return words


def _by_level(name: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """ "Ủy ban nhân dân các xã, phường" → every unit so named there; after a colon only those listed."""
    head, _, listed = name.partition(":")
    front, found, levels = head.partition(" các ")
    if not found:
        front, found, levels = head.partition(" cấp ")
        levels = ", ".join(f"cấp {level.strip()}" for level in levels.replace(" và ", ",").split(","))
    openings = [
        _without_office(vocabulary.plain(front), vocabulary) + level
        for part in levels.replace(" và ", ",").split(",")
        for level in _LEVEL_WORDS.get(" ".join(words_of(part)), ())
    ]
    if not found or not openings:
        return ()
    places = [words_of(place) for place in listed.replace(" và ", ",").split(",") if words_of(place)]
    return tuple(dict.fromkeys(key for key, words in _named(vocabulary) if _is_one(words, openings, places)))


def _by_fields(name: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """ "các Sở: Y tế, Tài chính" → the departments listed after the colon."""
    head, colon, listed = name.partition(":")
    front = _without_office(vocabulary.plain(head), vocabulary)
    if not colon or not front:
        return ()
    known = (vocabulary.by_name.get(front + vocabulary.plain(part), ()) for part in _parts(listed))
    return tuple(dict.fromkeys(key for keys in known for key in keys))


def _named(vocabulary: Vocabulary) -> Iterable[tuple[int, tuple[str, ...]]]:
    return ((key, words) for words, keys in vocabulary.by_name.items() for key in keys)


def _is_one(
    words: tuple[str, ...], openings: Sequence[tuple[str, ...]], places: Sequence[tuple[str, ...]]
) -> bool:
    for opening in openings:
        rest = words[len(opening) :]
        if words[: len(opening)] == opening and rest and (not places or rest in places):
            return True
    return False


def _parts(name: str) -> list[str]:
    pieces = name.replace(";", ",").replace(" và ", ",").replace(" cùng ", ",").split(",")
    return [piece.strip() for piece in pieces if piece.strip()]


def _together(parts: Sequence[str], vocabulary: Vocabulary, on: date | None) -> Match | None:
    """The parts of a list, the longest known stretches first, with a note of what is left over."""
    units: list[int] = []
    notes: list[str] = []
    missing: list[str] = []
    place = 0
    while place < len(parts):
        stretches = (
            (end, _known(", ".join(parts[place:end]), vocabulary, on)) for end in range(len(parts), place, -1)
        )
        end, found = next(((end, found) for end, found in stretches if found), (place + 1, None))
        if found is None:
            missing.append(parts[place])
        else:
            units += found.units
            notes += found.notes
        place = end
    if not units:
        return None
    if missing:
        notes.append(Phrase(PARTLY, names=", ".join(missing)))
    return Match(tuple(dict.fromkeys(units)), Means.GROUP, tuple(dict.fromkeys(notes)))


def _by_likeness(name: str, vocabulary: Vocabulary, on: date | None) -> Match:
    wanted = frozenset(vocabulary.plain(name))
    alike = sorted(
        ((_likeness(wanted, frozenset(words)), keys) for words, keys in vocabulary.by_name.items()),
        reverse=True,
    )
    best = [keys for degree, keys in alike if degree >= _LEAST_ALIKE and degree == alike[0][0]]
    if len(best) != 1 or len(best[0]) != 1:
        return Match((), Means.NONE)
    found = _in_being(best[0], Means.SIMILAR, vocabulary, on)
    note = Phrase(SIMILAR, name=vocabulary.by_key[best[0][0]].name)
    return Match(found.units, found.means, (note, *found.notes))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _in_being(keys: Sequence[int], means: Means, vocabulary: Vocabulary, on: date | None) -> Match:
    """The units of a match as they are on a day, with a note for each that had ended."""
    units: list[int] = []
    notes: list[str] = []
    for key in keys:
        unit = vocabulary.by_key.get(key)
        if unit is None:
            continue
        heirs = _heirs(unit, vocabulary, on)
        units += heirs
        if heirs != [key] and unit.ended is not None:
            names = ", ".join(vocabulary.by_key[heir].name for heir in heirs)
            day = unit.ended.strftime("%d/%m/%Y")
            notes.append(Phrase(MERGED if heirs else ENDED, old=unit.name, day=day, new=names))
    return Match(tuple(dict.fromkeys(units)), means, tuple(notes))


def _heirs(unit: KnownUnit, vocabulary: Vocabulary, on: date | None) -> list[int]:
    """The unit itself while it is in being, else those who went on, and on, each once."""
    heirs: list[int] = []
    waiting, seen = [unit], {unit.key}
    while waiting:
        one = waiting.pop(0)
        if one.ended is None or (on is not None and on < one.ended):
            heirs.append(one.key)
            continue
        for key in one.successors:
            if key in vocabulary.by_key and key not in seen:
                seen.add(key)
                waiting.append(vocabulary.by_key[key])
    return heirs


def _long_forms() -> dict[str, tuple[str, ...]]:
    pairs = (entry.split(" = ") for entry in entries(_LONG_FORMS))
    return {words_of(short)[0]: words_of(long) for short, long in pairs}


_LONG = _long_forms()
_LOOKUPS = (
    (Means.NAME, _by_name),
    (Means.GROUP, _by_group),
    (Means.LEVEL, _by_level),
    (Means.GROUP, _by_fields),
)
