"""Filling an empty installation with the sample office: units, people, and a history played up to now."""

from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import audit
from workflows.calendar import local_day, start_of_day
from workflows.errors import Conflict
from workflows.files import FileStore
from workflows.organisations import Unit
from workflows.sample_office.designing import form_stories
from workflows.sample_office.following import directive_stories
from workflows.sample_office.founding import found_units
from workflows.sample_office.granting import granting_stories
from workflows.sample_office.issuing import document_stories
from workflows.sample_office.membership import membership_stories
from workflows.sample_office.office import read
from workflows.sample_office.publishing import statistics_stories
from workflows.sample_office.reconciling import reconciling_stories
from workflows.sample_office.regulating import regime_stories
from workflows.sample_office.reminding import reminder_stories
from workflows.sample_office.rolling_out import rollout_stories
from workflows.sample_office.scene import HashPassword, Scene, Staff
from workflows.sample_office.searching import search_stories
from workflows.sample_office.shapes import Scale
from workflows.sample_office.staffing import FirstAccounts, appoint_people
from workflows.sample_office.talking import talking_stories
from workflows.sample_office.timeline import play
from workflows.wording import N_

_BEFORE_THE_FIRST_DIRECTIVE = timedelta(days=30)
_MORNING = timedelta(hours=8)


def load(
    session: Session,
    *,
    scale: Scale = Scale.OFFICE,
    seed: int = 1,
    at: datetime,
    files: FileStore,
    hash_password: HashPassword,
    members_secret: bytes = b"",
) -> FirstAccounts:
    """Put the sample office into an empty database, as it stands at `at`; returns the first passwords.

    Without the secret of the register its members have no identity numbers.
    Units and the returns of past years are not filed in the search index: rebuild it afterwards.
    """
    if session.scalar(select(Unit.id).limit(1)) is not None:
        raise Conflict(
            N_(
                "Chưa nạp văn phòng mẫu: cơ sở dữ liệu đã có đơn vị. Dùng một cơ sở dữ liệu trống, ví dụ đặt"
                " INSTANCE_DIR là một thư mục mới."
            )
        )
    sample = read(scale=scale, seed=seed, today=local_day(at))
    since = start_of_day(min(d.issued for d in sample.directives) - _BEFORE_THE_FIRST_DIRECTIVE) + _MORNING
    units = found_units(session, sample)
    people, accounts = appoint_people(
        session, sample, units, since=local_day(since), hash_password=hash_password
    )
    scene = Scene(session, files, sample, seed, at, units, Staff(people), members_secret=members_secret)
    audit.record(session, action="sample.load", subject=scene.office, by=None, at=since, note=scale.label)
    stories = (
        directive_stories(scene),
        regime_stories(scene, since=since),
        statistics_stories(scene),
        membership_stories(scene),
        document_stories(scene, since=since),
        rollout_stories(scene),
        search_stories(scene),
        form_stories(scene, since=since),
        granting_stories(scene),
        talking_stories(scene),
        reconciling_stories(scene),
        reminder_stories(scene),
    )
    play(chain.from_iterable(stories), until=at)
    return accounts
