"""The stories of the register of members: lists of two communes, somebody on the way, a review under way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from workflows import members
from workflows.members import Branch, Details, Entry, Membership, MovementKind, Sex, branches
from workflows.members.identity import folded_name
from workflows.organisations import Unit
from workflows.people import Role
from workflows.sample_office.chance import chance
from workflows.sample_office.scene import Scene
from workflows.sample_office.tables import table
from workflows.sample_office.timeline import Story, office_hour

COMMUNES, HAMLETS = ("AN-BINH", "LANG-SEN"), ("thôn Đông", "thôn Đoài", "khu phố 1")
_BEGAN = timedelta(days=75)
_MEMBERS = 14
_IN_BOTH = 5
# Whoever is in both lists is one person, whose record each organisation keeps for itself.
_WORDS = {"DTN": "Chi đoàn", "PN": "Chi hội"}
_FAR_FROM_ANY_PERSON = "0000"


@dataclass(frozen=True)
class Slip:
    """How the second list has a person of the first, without a number: what a reconciliation is to find."""

    name: Callable[[str], str]
    knows_the_day: bool


# The first of those on both lists, by their place on the list.
SLIPS = {0: Slip(folded_name, knows_the_day=False), 1: Slip(str, knows_the_day=False)}


def membership_stories(scene: Scene) -> Iterator[Story]:
    """Each commune's youth and women; those who act are the clerks of the commune or of the province."""
    for commune in COMMUNES:
        for body in _WORDS:
            yield _lists(scene, f"{body}-{commune}", _WORDS[body], commune)
    yield _on_the_way(scene)
    yield _review(scene)


def _lists(scene: Scene, code: str, word: str, commune: str) -> Story:
    unit = scene.units[code]
    at = yield office_hour(scene.today - _BEGAN, chance(scene.seed, code, "register"), now=scene.now)
    by = scene.staff.of(unit, Role.UNIT_CLERK)
    for place, hamlet in enumerate(HAMLETS):
        branch = branches.found_branch(
            scene.session, unit, name=f"{word} {hamlet}", founded_on=date(2025, 7, 1), by=by, at=at
        )
        for number in range(_MEMBERS):
            dice = chance(
                scene.seed, commune, hamlet, str(number) if number < _IN_BOTH else f"{code}{number}"
            )
            women_only = word == "Chi hội" or number < _IN_BOTH
            slip = SLIPS.get(number) if word == "Chi hội" else None
            _enrol(scene, branch, dice, women_only=women_only, slip=slip, at=at)
        if secretary := scene.staff.find(unit, Role.BRANCH_SECRETARY) if place == 0 else None:
            branches.entrust(scene.session, branch, person=secretary, by=by, at=at)


def _enrol(
    scene: Scene, branch: Branch, dice: Random, *, women_only: bool, slip: Slip | None, at: datetime
) -> None:
    parts = table("person_names")
    name = " ".join(dice.choice(parts[part].split()) for part in ("family", "middle", "given"))
    born = date(1991, 1, 1) + timedelta(days=dice.randrange(15 * 365))
    woman = women_only or dice.random() < 0.5
    # No province has this code, so that the number can be nobody's.
    identity = f"{_FAR_FROM_ANY_PERSON}{dice.randrange(10**8):08}" if scene.members_secret else ""
    members.admit(
        scene.session,
        branch,
        details=Details(
            name=slip.name(name) if slip else name,
            born_on=born if slip is None or slip.knows_the_day else None,
            birth_year=born.year,
            sex=Sex.FEMALE if woman else Sex.MALE,
            identity=identity if dice.random() < 0.8 and slip is None else "",
            ethnicity=dice.choice(("Kinh", "Kinh", "Kinh", "Khmer", "Hoa")),
            party_member=dice.random() < 0.1,
            place=branch.name.split(" ", 2)[-1],
        ),
        entry=Entry(MovementKind.ENROLLED, scene.today - _BEGAN),
        secret=scene.members_secret,
        is_no_namesake=True,
        by=scene.staff.of(branch.unit, Role.UNIT_CLERK),
        at=at,
    )


def _on_the_way(scene: Scene) -> Story:
    """A member who moved away waits to be received, another grew out of the youth."""
    here, there = scene.units["DTN-AN-BINH"], scene.units["DTN-LANG-SEN"]
    day = scene.today - timedelta(days=12)
    at = yield office_hour(day, chance(scene.seed, "transfer"), now=scene.now)
    by = scene.staff.of(here, Role.UNIT_CLERK)
    first, second = _some(scene, here)
    members.transfers.send(
        scene.session, first, to_unit=there, on=day, paper="Giấy giới thiệu số 07", by=by, at=at
    )
    members.record(
        scene.session,
        second,
        kind=MovementKind.MATURED,
        on=day,
        paper="Quyết định số 03-QĐ/ĐTN",
        by=by,
        at=at,
    )


def _some(scene: Scene, unit: Unit) -> list[Membership]:
    """Two members of the first branch of a unit."""
    branch = members.branches_of(scene.session, unit, on=scene.today)[0]
    return list(members.reviews.names_of(scene.session, branch)[:2])


def _review(scene: Scene) -> Story:
    """The youth of a commune goes through its lists; the first names are marked."""
    unit = scene.units["DTN-AN-BINH"]
    at = yield office_hour(scene.today - timedelta(days=6), chance(scene.seed, "review"), now=scene.now)
    by = scene.staff.of(unit, Role.UNIT_CLERK)
    review = members.reviews.open_review(
        scene.session,
        unit,
        year=scene.today.year,
        due_on=scene.today + timedelta(days=20),
        paper="Kế hoạch số 12-KH/ĐTN",
        by=by,
        at=at,
    )
    branch = members.branches_of(scene.session, unit, on=scene.today)[0]
    for place, membership in enumerate(members.reviews.names_of(scene.session, branch)[2:7]):
        verdict = members.reviews.Verdict.DOUBTFUL if place == 3 else members.reviews.Verdict.CONFIRMED
        note = "Đi làm ăn xa, không liên lạc được" if place == 3 else ""
        members.reviews.mark(
            scene.session,
            branch,
            review=review,
            membership=membership,
            verdict=verdict,
            note=note,
            by=by,
            at=at,
        )
