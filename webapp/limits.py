"""How often a password may be tried; the counts live in Redis and, while that is away, in the process."""

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from webapp.config import Settings

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)
# A whole agency may share one address, an account has one owner.
BY_ADDRESS = "30 per minute; 200 per hour"
BY_ACCOUNT = "10 per 10 minutes"
PATIENCE = {"socket_connect_timeout": 2, "socket_timeout": 2}


def is_refusal(response: Response) -> bool:
    """Only what was refused counts, so that nobody is kept out for working."""
    return response.status_code == 422


def account_tried() -> str:
    """The account whose password is being tried, wherever from."""
    if current_user.is_authenticated:
        return f"person {current_user.person.id}"
    return f"name {request.form.get('username', '').strip().lower()[:60]}"


guessing_by_address = limiter.shared_limit(
    BY_ADDRESS, "passwords by address", methods=["POST"], deduct_when=is_refusal
)
guessing_by_account = limiter.shared_limit(
    BY_ACCOUNT, "passwords by account", key_func=account_tried, methods=["POST"], deduct_when=is_refusal
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
