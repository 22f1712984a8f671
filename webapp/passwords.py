"""First passwords: random, told once, easy to read out over the telephone; and what own ones must not be."""

import secrets

# without letters and digits that look alike
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4
SHORTEST_PASSWORD = 10
FEWEST_DIFFERENT = 5
# What people type who think of none: runs of the keyboard and the alphabet, forwards and back.
RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfv")
WORN = ("matkhau", "password", "admin", "dondoc", "tinhuy", "vanphong", "vietnam")


def first_password() -> str:
    """A random password of three groups of four; about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def is_easily_guessed(password: str) -> bool:
    """Is it made of few characters, of a run of keys, or of a worn word with figures behind it?"""
    plain = "".join(letter for letter in password.lower() if letter.isalnum())
    bare = plain.strip("0123456789")
    runs = [run for forwards in RUNS for run in (forwards, forwards[::-1])]
    return len(set(plain)) < FEWEST_DIFFERENT or bare in WORN or any(plain in run * 2 for run in runs)
