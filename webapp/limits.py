"""How often a password or a code may be tried; counted in Redis and, while that is away, in the process."""

from flask import Flask, Response, request
from flask import session as cookie
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from webapp.config import Settings
from webapp.second_factor import is_on_paper

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)
# A whole agency may share one address, an account has one owner.
BY_ADDRESS = "30 per minute; 200 per hour"
BY_ACCOUNT = "10 per 10 minutes"
# Three of a million codes are right at any time.
CODES_BY_ACCOUNT = "10 per 10 minutes; 50 per day"
# Of recovery codes there are too many to be guessed at any pace.
RECOVERY_CODES_BY_ACCOUNT = "10 per 10 minutes"
PATIENCE = {"socket_connect_timeout": 2, "socket_timeout": 2}


def is_refusal(response: Response) -> bool:
    """Only what was refused counts, so that nobody is kept out for working."""
    return response.status_code == 422


def account_tried() -> str:
    """The account whose password or code is being tried, wherever from."""
    if current_user.is_authenticated:
        return f"person {current_user.person.id}"
    if "halfway" in cookie and request.endpoint == "account.second_factor":
        return f"person {cookie['halfway']['person']}"
    return f"name {request.form.get('username', '').strip().lower()[:60]}"


def limit_of_codes() -> str:
    """How often such a code may be tried as the one that was typed."""
    return RECOVERY_CODES_BY_ACCOUNT if is_on_paper(_code_typed()) else CODES_BY_ACCOUNT


def code_tried() -> str:
    """The account and the kind of code: whoever guesses the one must not bar the way of the other."""
    return f"{account_tried()}, {'paper' if is_on_paper(_code_typed()) else 'telephone'}"


def _code_typed() -> str:
    return request.form.get("code", "")


guessing_by_address = limiter.shared_limit(
    BY_ADDRESS, "passwords by address", methods=["POST"], deduct_when=is_refusal
)
guessing_by_account = limiter.shared_limit(
    BY_ACCOUNT, "passwords by account", key_func=account_tried, methods=["POST"], deduct_when=is_refusal
)
# Counted before the answer, right codes too: hands that try at the same moment must not all come through.
guessing_codes = limiter.shared_limit(
    limit_of_codes, "codes by account", key_func=code_tried, methods=["POST"]
)


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the limits on the application."""
    address = settings.redis_url.replace("unix://", "redis+unix://")
    app.config.update(
        RATELIMIT_STORAGE_URI="memory://" if settings.testing else address,
        RATELIMIT_STORAGE_OPTIONS={} if settings.testing else PATIENCE,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_ENABLED=True,
    )
    limiter.init_app(app)
