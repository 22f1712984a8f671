"""The application is put together here: settings in, pages, API, jobs and commands on."""

import importlib
import pkgutil
from types import ModuleType

from flask import Blueprint, Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from webapp import api, auth, cli, errors, language, limits, navigation, pages, static_files, words
from webapp.access import IDS
from webapp.config import Settings
from webapp.forms import drawing
from webapp.runtime import Runtime, runtime
from workflows import aftermath

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'self'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Id(IntegerConverter):
    """A number in an address; one that no row can have leads nowhere."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=IDS[-1])


class Office(Flask):
    """A Flask that commits once a request: when the view returned, never when it raised."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit, then wake a worker if the view handed work over."""
        answer = super().dispatch_request()
        if "session" in g:
            g.session.commit()
            if aftermath.take_wishes(g.session):
                runtime().wake_worker()
        return answer


def create_app(settings: Settings) -> Flask:
    """An application for these settings; nothing outside the process is touched before it is needed."""
    app = Office(__name__, static_url_path=static_files.address())
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        MAX_FORM_PARTS=20_000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        TESTING=settings.testing,
    )
    app.url_map.converters["int"] = Id
    app.extensions["dondoc"] = Runtime(settings)
    CSRFProtect(app)
    Bootstrap5(app)
    language.Languages(app, locale_selector=language.chosen)
    limits.init_app(app, settings)
    auth.init_app(app)
    errors.init_app(app)
    words.init_app(app)
    navigation.init_app(app)
    drawing.init_app(app)
    static_files.init_app(app)
    cli.init_app(app)
    for blueprint in (*_blueprints(pages), *_blueprints(api)):
        app.register_blueprint(blueprint)
    app.before_request(_refuse_zero_bytes)
    app.after_request(_protect)
    app.teardown_request(_close_session)
    return app


def _blueprints(package: ModuleType) -> list[Blueprint]:
    """One blueprint a feature: every module of the package names its own `blueprint`."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return [module.blueprint for module in modules if hasattr(module, "blueprint")]


def _refuse_zero_bytes() -> None:
    """No key types them and PostgreSQL takes none, neither to keep nor to look for."""
    if any("\0" in value for values in (request.args, request.form) for _, value in values.items(multi=True)):
        abort(400)


def _protect(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if not static_files.is_wanted():
        # Pages and files are for one person, forms carry that person's token; no cache may keep them.
        response.headers["Cache-Control"] = "no-store"
    return response


def _close_session(_: BaseException | None) -> None:
    if "session" in g:
        g.session.close()
