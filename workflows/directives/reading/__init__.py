"""The text of a directive → header, citations, clauses and tasks: pure functions, no table, no file."""

from workflows.directives.reading import tasks
from workflows.directives.reading.citations import read_citations
from workflows.directives.reading.header import read_header
from workflows.directives.reading.model import Reading
from workflows.directives.reading.text import clean


def read_text(text: str) -> Reading:
    """Read a directive from its text, as any extraction gave it; spans count in `Reading.text`."""
    text = clean(text)
    header = read_header(text)
    clauses, proposed = tasks.propose(text, header)
    return Reading(header, tuple(clauses), read_citations(text, header), tuple(proposed), text)
