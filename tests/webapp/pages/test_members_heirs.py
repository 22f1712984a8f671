"""The branches of a unit that went on as another follow it; who loses the reading by it is named."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.support.databases import Databases
from tests.webapp.pages.members_app import RegisterApp, opened_register
from workflows import members
from workflows.calendar import local_day
from workflows.members import Membership, Transfer
from workflows.organisations import Succession, Unit
from workflows.people import Person

TODAY = local_day(datetime.now(UTC))


@pytest.fixture
def merged(
    databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RegisterApp]:
    """The first youth commune went on as the second and as the women's; somebody is on the way in."""
    folder, database = tmp_path_factory.mktemp("heirs"), databases.create()
    with opened_register(folder, database, redis_url) as opened, opened.app.app_context():
        with opened.work() as session:
            here = session.get_one(Unit, opened.ids["youth_here"])
            members.transfers.send(
                session, session.get_one(Membership, opened.ids["there_membership"]), to_unit=here, on=TODAY,
                by=session.get_one(Person, opened.people["clerk_there"]), at=datetime.now(UTC),
            )  # fmt: skip
            here.dissolved_on = TODAY
            for heir in ("youth_there", "women_here"):
                session.add(
                    Succession(
                        predecessor=here, successor_id=opened.ids[heir], happened_on=TODAY, source="1-NQ"
                    )
                )
        yield opened


def test_branches_go_to_heirs_of_their_own_organisation_and_go_on_receiving(merged: RegisterApp):
    browser, here = merged.browser("head"), f"/members/units/{merged.ids['youth_here']}/heirs"
    page = browser.get(here).text
    assert f'<option value="{merged.ids["youth_there"]}"' in page
    assert f'<option value="{merged.ids["women_here"]}"' not in page
    branch, day = merged.ids["branch"], f"{TODAY:%d/%m/%Y}"
    typed = {f"to-{branch}": merged.ids["youth_there"], "on": day, "reason": "Nghị quyết 1"}
    told = browser.post(here, data=typed, follow_redirects=True).text
    assert "giao lại vai trò bí thư tại Đoàn xã Bình Thạnh cho: Phùng Văn Quý." in told
    with merged.work() as session:
        transfer = session.scalars(select(Transfer.id)).one()
    assert "Chi đoàn thôn Đông, Đoàn xã Bình Thạnh" in browser.get(f"/members/transfers/{transfer}").text
    answer = browser.post(f"/members/transfers/{transfer}/receive", data={"branch": branch, "on": day})
    assert answer.status_code == 302, answer.text
