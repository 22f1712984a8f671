"""How often a password or a code may be tried; counted in Redis and, while that is away, in the process."""

from flask import Flask, Response, request
from flask import session as cookie
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from webapp.config import Settings

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)
# A whole agency may share one address, an account has one owner.
BY_ADDRESS = "30 per minute; 200 per hour"
BY_ACCOUNT = "10 per 10 minutes"
# Three of a million codes are right at any time.
CODES_BY_ACCOUNT = "10 per 10 minutes; 50 per day"
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


guessing_by_address = limiter.shared_limit(
    BY_ADDRESS, "passwords by address", methods=["POST"], deduct_when=is_refusal
)
guessing_by_account = limiter.shared_limit(
    BY_ACCOUNT, "passwords by account", key_func=account_tried, methods=["POST"], deduct_when=is_refusal
)
guessing_codes = limiter.shared_limit(
    CODES_BY_ACCOUNT, "codes by account", key_func=account_tried, methods=["POST"], deduct_when=is_refusal
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
