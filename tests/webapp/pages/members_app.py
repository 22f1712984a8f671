"""An application with the small register in it, and who is who there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.apps import opened_app
from tests.support.small_office import sign_in
from tests.workflows.members.register import Register, admitted, found_register
from tests.workflows.office import found_office
from webapp.runtime import runtime


@dataclass(frozen=True)
class RegisterApp:
    """The application and the ids of what stands in it."""

    app: Flask
    people: dict[str, int]
    ids: dict[str, int]

    def browser(self, who: str) -> FlaskClient:
        """The browser of one of the people."""
        return sign_in(self.app, self.people[who])

    @contextmanager
    def work(self) -> Iterator[Session]:
        """A committed piece of work beside the pages."""
        with self.app.app_context(), runtime().unit_of_work() as session:
            yield session


@contextmanager
def opened_register(folder: Path, database_url: str, redis_url: str) -> Iterator[RegisterApp]:
    """Two organisations with branches and one member in each of four branches."""
    with opened_app(folder, database_url=database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), runtime().unit_of_work() as session:
            register = found_register(session, found_office(session))
            ids = _ids(session, register, runtime().settings.members_secret.encode())
            people = {
                name: person.id
                for holder in (register, register.office)
                for name, person in vars(holder).items()
                if hasattr(person, "username")
            }
        # The office has clerks too; those of the register go by their own names.
        people |= {"youth_clerk": register.clerk.id, "office_clerk": register.office.clerk.id}
        yield RegisterApp(app, people, ids)


def _ids(session: Session, register: Register, secret: bytes) -> dict[str, int]:
    people = {
        "here": admitted(
            session,
            register.branch,
            "Nguyễn Văn Đông",
            register.clerk,
            identity="079201000111",
            secret=secret,
        ),
        "beside": admitted(session, register.branch_beside, "Trần Thị Tây", register.clerk),
        "there": admitted(session, register.branch_there, "Lê Văn Xa", register.clerk_there),
        "woman": admitted(session, register.branch_of_women, "Phạm Thị Hội", register.women_clerk),
    }
    kept = {
        name: value.id
        for name, value in vars(register).items()
        if name.startswith(("branch", "youth", "women"))
    }
    members = {name: membership.member_id for name, membership in people.items()}
    office = {"office": register.office.office.id}
    return (
        office | kept | members | {f"{name}_membership": membership.id for name, membership in people.items()}
    )
