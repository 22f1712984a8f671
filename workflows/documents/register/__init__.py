"""The register of numbers (sổ văn bản): one sequence per issuing unit × type × term, without gaps."""

from workflows.documents.register.models import (
    NumberSeries,
    NumberState,
    RegisterEntry,
    SharedSeries,
    Term,
)
from workflows.documents.register.numbers import Numbering, take_number, term_on, use_reserved
from workflows.documents.register.queries import all_series, entries, reserved, sharings, terms
from workflows.documents.register.verbs import begin_term, cancel, reserve, share, unshare

__all__ = [
    "NumberSeries",
    "NumberState",
    "Numbering",
    "RegisterEntry",
    "SharedSeries",
    "Term",
    "all_series",
    "begin_term",
    "cancel",
    "entries",
    "reserve",
    "reserved",
    "share",
    "sharings",
    "take_number",
    "term_on",
    "terms",
    "unshare",
    "use_reserved",
]
