"""The appendix of a round says what was found, names nobody, and adds up."""

import pytest
from sqlalchemy.orm import Session

import document_templates
from tests.workflows.documents.test_facts import desk_of
from tests.workflows.reconciliation.conftest import Scene, compare, scene
from workflows.documents import Source, gaps, gather
from workflows.documents.facts import reconciliation as appendix
from workflows.errors import InvalidFields
from workflows.reconciliation import RoundUnit

__all__ = ["scene"]
FORM = "reconciliation-appendix"


def facts_of(session: Session, scene: Scene) -> dict:
    """The facts for the office's clerk."""
    return gather(FORM, desk_of(session, scene.register.office, Source(round=scene.round)))


def told(session: Session, scene: Scene, **returned: int) -> None:
    """What the returns of units say, as a count notes it."""
    for code, members in returned.items():
        unit = getattr(scene.register, code)
        session.get_one(RoundUnit, (scene.round.id, unit.id)).returned = members
    session.flush()


def test_the_appendix_of_a_round_has_its_persons_overlaps_and_units(session: Session, scene: Scene):
    compare(session, scene)
    told(session, scene, youth_here=3, women_here=6)
    facts = facts_of(session, scene)
    assert (facts["memberships"], facts["undecided"]) == (7, 1)
    assert facts["lowest"] <= facts["persons"] <= facts["highest"]
    assert [row["persons"] for row in facts["spread"]] == [5, 1]
    assert [[cell["persons"] for cell in row["shared"]] for row in facts["overlaps"]] == [[5, 1], [1, 2]]
    differing = [(row["listed"], row["not_returned"], row["not_listed"]) for row in facts["organisations"]]
    assert differing == [(5, 2, 0), (2, 0, 4)]
    assert [(row["name"], row["listed"], row["returned"]) for row in facts["units"]] == [
        ("Đoàn xã An Bình", 5, 3),
        ("Hội Phụ nữ xã An Bình", 2, 6),
    ]


def test_the_appendix_can_be_drawn_and_names_nobody(session: Session, scene: Scene):
    compare(session, scene)
    facts = facts_of(session, scene) | {"reference": "Báo cáo số 215-BC/TU"}
    form = document_templates.load_form(FORM)
    assert gaps(form.fields, facts) == []
    letterhead, particulars = document_templates.sample_office("party")
    profile = document_templates.profile_for("party-2026")
    paper = document_templates.render(form, facts, letterhead, profile, particulars)
    assert [annex.orientation for annex in paper.appendices] == ["portrait", "landscape"]
    for membership in (*scene.on_both, *scene.alike):
        assert membership.member.name not in str(paper)


def test_units_that_would_fill_a_book_stand_together_and_still_add_up(
    session: Session, scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    compare(session, scene)
    told(session, scene, youth_here=3)
    monkeypatch.setattr(appendix, "MOST_UNITS", 1)
    units = facts_of(session, scene)["units"]
    assert [row["name"] for row in units] == ["Đoàn xã An Bình", "Các đơn vị còn lại (1 đơn vị)"]
    assert sum(row["listed"] for row in units) == 7
    assert [row["persons"] for row in units] == [5, None]


def test_a_round_without_a_result_has_no_appendix(session: Session, scene: Scene):
    with pytest.raises(InvalidFields) as refused:
        facts_of(session, scene)
    assert set(refused.value.fields) == {"round"}
