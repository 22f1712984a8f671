"""What can be found: one entry a thing, plain data, with the tokens that say who may see it."""

import datetime
import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from search_index.normalise import clean

# an index holds what a person searches for; beyond forty thousand words a text is an archive, not a paper
LONGEST_BODY = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A findable thing.

    `key` names it for ever ("directive:41"); `units` are the names, former ones included, under which its
    bodies are searched, `unit_ids` what it is filtered and counted by; `deadline` is empty once the thing is
    done, so that lateness is never stored; `tokens` mark who may see it; `version` changes with the thing;
    `within` names what it is a part of, to be shown; `arrived` is when it came to be there to be found.
    """

    key: str
    kind: str
    title: str
    body: str = ""
    number: str = ""
    type: str = ""
    unit_ids: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    issuer: str = ""
    year: int | None = None
    date: datetime.date | None = None
    state: str = ""
    deadline: datetime.date | None = None
    tokens: frozenset[str] = frozenset()
    url: str = ""
    version: str = ""
    within: str = ""
    arrived: datetime.datetime | None = None

    def cleaned(self) -> Self:
        """The same entry with its texts composed and its body cut to what an index takes."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("title", "number", "issuer", "within"):
            values[name] = clean(values[name])
        values["body"] = clean(self.body[:LONGEST_BODY])
        values["units"] = tuple(clean(unit) for unit in self.units)
        return type(self)(**values)

    def to_json(self) -> str:
        """The entry as one line of JSON, as engines store it."""
        values = asdict(self)
        values["tokens"] = sorted(self.tokens)
        return json.dumps(values, ensure_ascii=False, default=lambda day: day.isoformat())

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The entry that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        values["tokens"] = frozenset(values["tokens"])
        values["unit_ids"] = tuple(values["unit_ids"])
        values["units"] = tuple(values["units"])
        for name in ("date", "deadline"):
            values[name] = datetime.date.fromisoformat(values[name]) if values[name] else None
        arrived = values.get("arrived")
        values["arrived"] = datetime.datetime.fromisoformat(arrived) if arrived else None
        return cls(**values)
