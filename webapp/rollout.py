"""How a directive is being carried out, on one tab: studied, planned, measured, looked back on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.access import me
from webapp.runtime import session, today
from workflows import asking, plans, regimes, reviews, studies, targets
from workflows.directives import Directive
from workflows.regimes import Regime
from workflows.reports import Completeness
from workflows.reviews import Review


@dataclass(frozen=True)
class Asked:
    """A request to many units and how far it has come."""

    regime: Regime
    counted: Completeness


def rollout_of(directive: Directive) -> dict[str, Any]:
    """What the tab shows, as far as the person may see it."""
    wanted = select(Regime).where(Regime.directive_id == directive.id, regimes.visible_to(me(), on=today()))
    asked = session().scalars(wanted.order_by(Regime.id.desc())).all()
    return {
        "studies": _asked(asked, studies.CODE),
        "plans": _asked(asked, plans.CODE),
        "courses": targets.counts(session(), me(), on=today(), directive=directive),
        "readings": targets.not_followed(session(), directive, me(), on=today()),
        "reviews": session()
        .scalars(
            reviews.all_visible(me(), on=today())
            .where(Review.directive_id == directive.id)
            .order_by(Review.planned_on)
        )
        .all(),
    }


def _asked(found: Sequence[Regime], code: str) -> list[Asked]:
    same = [regime for regime in found if regime.form_version.code == code]
    return [Asked(regime, asking.standing(session(), regime, me(), on=today())) for regime in same]
