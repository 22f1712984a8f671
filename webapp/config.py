"""Settings of one installation: a frozen typed object, read once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from webapp import embedded_redis


@dataclass(frozen=True)
class Settings:
    """Where things lie and how large they may be; every field has an embedded default."""

    instance_dir: Path
    database_url: str
    redis_url: str
    search_url: str
    files_url: str
    secret_key: str
    members_secret: str
    port: int = 8000
    host: str = "127.0.0.1"
    upload_limit: int = 50 * 1024 * 1024
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    secure_cookies: bool = False
    trusted_proxy: str | None = None
    smtp_url: str | None = None
    pair_weights: str = "own"
    public_url: str = "http://127.0.0.1:8000"
    testing: bool = False

    @property
    def first_passwords(self) -> Path:
        """Where the first passwords of the sample office stand, readable for its owner only."""
        return self.instance_dir / "first-passwords.txt"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings from environment variables; what is absent is embedded under INSTANCE_DIR."""
        instance = Path(environ.get("INSTANCE_DIR") or Path(__file__).parents[1] / "instance").resolve()
        # Nobody else on this machine reads the database, the files, the secrets.
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'dondoc.sqlite3'}"
        defaults = cls.__dataclass_fields__
        port = int(environ.get("PORT") or defaults["port"].default)
        hosts = environ.get("ALLOWED_HOSTS", "").replace(" ", "")
        return cls(
            instance_dir=instance,
            database_url=with_driver(database),
            redis_url=environ.get("REDIS_URL") or embedded_redis.url(instance),
            search_url=environ.get("SEARCH_URL") or search_beside(database, instance),
            files_url=environ.get("FILES_URL") or f"file://{instance / 'files'}",
            secret_key=environ.get("SECRET_KEY") or kept_secret(instance / "secret-key"),
            # Apart from the key of the sessions, which may be changed; a lost one knows nobody again, neither
            # in the register of members nor at the second step of signing in.
            members_secret=environ.get("MEMBERS_SECRET") or kept_secret(instance / "members-secret"),
            port=port,
            host=environ.get("HOST") or defaults["host"].default,
            upload_limit=int(environ.get("UPLOAD_LIMIT_MB") or 50) * 1024 * 1024,
            allowed_hosts=tuple(hosts.split(",")) if hosts else defaults["allowed_hosts"].default,
            trusted_proxy=environ.get("TRUSTED_PROXY"),
            secure_cookies=environ.get("SECURE_COOKIES") == "1",
            smtp_url=environ.get("SMTP_URL") or None,
            pair_weights=environ.get("PAIR_WEIGHTS") or defaults["pair_weights"].default,
            public_url=(environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        )


def with_driver(url: str) -> str:
    """Name the driver in a PostgreSQL address that leaves it out."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def search_beside(database_url: str, instance: Path) -> str:
    """PostgreSQL searches itself; beside SQLite stands a Whoosh folder."""
    return database_url if database_url.startswith("postgres") else f"whoosh:{instance / 'search'}"


def kept_secret(path: Path) -> str:
    """A secret generated at the first start and kept readable for its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
