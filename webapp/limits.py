"""How often one address may try; the count lives in Redis and, while that is away, in the process."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from webapp.config import Settings

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)
SIGN_IN = "10 per minute; 60 per hour"


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the limits on the application."""
    address = settings.redis_url.replace("unix://", "redis+unix://")
    app.config.update(
        RATELIMIT_STORAGE_URI="memory://" if settings.testing else address,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_ENABLED=True,
    )
    limiter.init_app(app)
