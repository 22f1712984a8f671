"""Addresses of clauses in words: `4/d2` is the second dash under 4, `5/p2` its second paragraph."""

import re

from flask_babel import gettext

from workflows.wording import N_

_PARTS = {"d": N_("gạch đầu dòng %(number)s"), "p": N_("đoạn %(number)s")}
_ADDRESS = re.compile(r"(?P<clause>[^/]*)(?:/(?P<part>[dp])(?P<number>\d+))?")


def clause_in_words(address: str, *, named: bool = False) -> str:
    """ "II.3", "4, gạch đầu dòng 2", "phụ lục, dòng 7"; `named` says what it is: "khoản II.3"."""
    if address.startswith("PL/"):
        return str(gettext("phụ lục, dòng %(number)s", number=address.removeprefix("PL/")))
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return address
    part = gettext(_PARTS[found["part"]], number=found["number"]) if found["part"] else ""
    return ", ".join(filter(None, (_clause(found["clause"], named), part)))


def _clause(clause: str, named: bool) -> str:
    if clause == "body":
        return str(gettext("phần mở đầu"))
    return str(gettext("khoản %(clause)s", clause=clause)) if named else clause
