"""First passwords: random, told once, easy to read out over the telephone."""

import secrets

# without letters and digits that look alike
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4


def first_password() -> str:
    """A random password of three groups of four; about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
