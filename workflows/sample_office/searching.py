"""What the office keeps an eye on: searches its clerk saved a week ago, one of them for everybody there."""

from collections.abc import Iterator
from datetime import timedelta

from workflows import saved_searches
from workflows.sample_office.chance import chance
from workflows.sample_office.scene import Scene
from workflows.sample_office.timeline import Story, office_hour
from workflows.saved_searches import kept_address

KEPT = (
    ("Việc về đoàn viên, hội viên", (("q", "đoàn viên hội viên"), ("kind", "task")), True),
    ("Văn bản của Tỉnh uỷ", (("q", 'cơ quan:"Tỉnh uỷ"'), ("kind", "directive")), False),
)


def search_stories(scene: Scene) -> Iterator[Story]:
    """The clerk's saved searches."""
    yield _kept(scene)


def _kept(scene: Scene) -> Story:
    at = yield office_hour(scene.today - timedelta(7), chance(scene.seed, "searches"), now=scene.now)
    clerk = scene.clerk(scene.office)
    for name, search, shared in KEPT:
        address = kept_address(search)
        saved = saved_searches.save(scene.session, clerk, name=name, address=address, by=clerk, at=at)
        if shared:
            scene.session.flush()
            saved_searches.share(scene.session, saved, unit=scene.office, by=clerk, at=at)
