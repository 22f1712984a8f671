"""Who finds the weights is a setting; a round notes whose they were."""

from types import MappingProxyType

import pytest
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW
from tests.workflows.reconciliation.conftest import Scene
from tests.workflows.reconciliation.test_rounds import start
from workflows import reconciliation
from workflows.reconciliation import Engine, comparing, engine_of, engines
from workflows.reconciliation.matching import Field, learn
from workflows.reconciliation.matching.by_splink import LEVELS
from workflows.reconciliation.matching.weights import SUPPOSED


def test_an_engine_is_named_by_its_setting_and_nothing_else_is_one():
    assert engine_of("own") is Engine.OWN
    with pytest.raises(ValueError, match="use one of own, splink"):
        engine_of("spark")


def test_an_engine_that_is_not_installed_is_refused_with_the_way_to_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"pip install .dondoc\[splink\]"):
        engine_of("splink")


def test_a_round_notes_whose_weights_scored_its_pairs(
    session: Session, scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    asked = []

    def double(told, persons, candidates):
        asked.append(len(told))
        return learn(told, persons, candidates)

    monkeypatch.setattr(comparing, "LEARNERS", MappingProxyType({Engine.SPLINK: double}))
    start(session, scene)
    found = reconciliation.compare(session, scene.round, engine=Engine.SPLINK)
    reconciliation.keep(session, scene.round, found, at=NOW)
    assert (asked, scene.round.model["engine"]) == ([7], "splink")


def test_splink_is_told_of_every_field_and_every_way_two_rows_may_stand():
    assert set(LEVELS) == set(Field) - {Field.IDENTITY}
    for field, levels in LEVELS.items():
        assert {*levels, "different"} - {"unknown"} == set(SUPPOSED[field]), field
