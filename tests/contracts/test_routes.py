"""Every route says who may come in, and every verb of the office is checked, recorded and has its words."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import workflows
from webapp.app import create_app
from webapp.config import Settings
from workflows.deeds import DEEDS, THINGS
from workflows.permissions import GRANTS, Permission
from workflows.tables import metadata
from workflows.verb import VERBS

FOREIGN = ("static", "bootstrap.static")
ROOT = Path(workflows.__file__).parents[1]
# They take a person and an instant to look with their eyes, and keep nothing.
LOOKING = {"workflows.documents.verbs.unit_paper"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, without anything behind it."""
    folder = tmp_path_factory.mktemp("routes")
    return create_app(Settings.from_env({"INSTANCE_DIR": str(folder), "DATABASE_URL": "sqlite://"}))


def verb_modules() -> Iterator[str]:
    """The modules whose public functions change something."""
    for module in pkgutil.walk_packages(workflows.__path__, "workflows."):
        name = module.name.rpartition(".")[2]
        if name == "verbs" or (module.name.startswith("workflows.administration.") and name != "accounts"):
            yield module.name


def public_functions(name: str) -> Iterator[tuple[str, object]]:
    """The functions a module defines itself for others."""
    module = importlib.import_module(name)
    for function_name, function in inspect.getmembers(module, inspect.isfunction):
        own = inspect.unwrap(function).__module__ == name
        if own and not function_name.startswith("_"):
            yield function_name, function


def test_every_route_says_who_may_come_in(app: Flask):
    unguarded = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in FOREIGN and not hasattr(view, "guard")
    ]
    assert not unguarded, f"decorate with access.guarded or access.public: {unguarded}"


def test_only_the_door_is_open_to_everybody(app: Flask):
    public = {endpoint for endpoint, view in app.view_functions.items() if getattr(view, "guard", 0) is None}
    assert public <= {"account.sign_in", "account.language", "account.second_factor", "calendar_feed.feed"}


def test_every_guard_is_a_permission(app: Flask):
    guards = {getattr(view, "guard", None) for view in app.view_functions.values()} - {None}
    assert all(isinstance(guard, Permission) for guard in guards)


def test_everything_that_changes_is_checked_and_recorded():
    bare = [
        f"{module}.{name}"
        for module in verb_modules()
        for name, function in public_functions(module)
        if not hasattr(function, "verb") and changes(function)
    ]
    assert set(bare) <= LOOKING, f"decorate with verb.verb: {bare}"


def changes(function: object) -> bool:
    """Does a function act in somebody's name? Questions about moves do not take the instant."""
    return {"by", "at"} <= set(inspect.signature(function).parameters)


def test_the_search_for_verbs_finds_them():
    assert {"workflows.tasks.verbs", "workflows.reports.verbs"} <= set(verb_modules())
    assert len(VERBS) > 40


@pytest.mark.parametrize("action", sorted(VERBS))
def test_every_act_has_its_words(action: str):
    assert DEEDS.get(action), f"say in workflows/deeds.py what {action} is called"


def test_every_thing_the_trail_names_has_its_words():
    assert THINGS.keys() <= metadata.tables.keys()


def test_the_permission_table_is_complete():
    assert GRANTS.keys() == set(Permission)
    assert all(GRANTS.values())


def test_every_permission_is_asked_for_somewhere():
    sources = "".join(
        path.read_text("utf-8")
        for storey in ("webapp", "workflows")
        for path in (ROOT / storey).rglob("*.*")
        if path.suffix in (".py", ".html") and path.parent.name != "permissions"
    )
    unused = [permission.name for permission in Permission if f"Permission.{permission.name}" not in sources]
    assert not unused
