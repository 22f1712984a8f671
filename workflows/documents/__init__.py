"""Official documents: drafted from accepted facts, signed off, numbered, issued, sent."""

from workflows.documents import register
from workflows.documents.facts import Desk, Source, gather, late_units
from workflows.documents.models import DocumentBatch, DrawnFile, FormWording, OfficialDocument
from workflows.documents.paper import MEDIA_TYPES, Kind, Paper, Unfit, paper_of
from workflows.documents.queries import all_visible, drawn_file, of_batch, replaced_by, visible_to
from workflows.documents.register import (
    NumberSeries,
    NumberState,
    RegisterEntry,
    SharedSeries,
    Term,
)
from workflows.documents.rules import Gap, gaps
from workflows.documents.states import MOVES, DocumentMove, DocumentState
from workflows.documents.verbs import (
    ACTS,
    Drafting,
    draft,
    edit,
    has_number,
    issue,
    moves_open_to,
    numbering_of,
    prepare,
    replace,
    return_,
    revoke,
    send,
    sign_off,
    take_back,
)
from workflows.documents.wordings import change_wording, faults_of, newest_wording, wording_in_force

__all__ = [
    "ACTS",
    "MEDIA_TYPES",
    "MOVES",
    "Desk",
    "DocumentBatch",
    "DocumentMove",
    "DocumentState",
    "Drafting",
    "DrawnFile",
    "FormWording",
    "Gap",
    "Kind",
    "NumberSeries",
    "NumberState",
    "OfficialDocument",
    "Paper",
    "RegisterEntry",
    "SharedSeries",
    "Source",
    "Term",
    "Unfit",
    "all_visible",
    "change_wording",
    "draft",
    "drawn_file",
    "edit",
    "faults_of",
    "gaps",
    "gather",
    "has_number",
    "issue",
    "late_units",
    "moves_open_to",
    "newest_wording",
    "numbering_of",
    "of_batch",
    "paper_of",
    "prepare",
    "register",
    "replace",
    "replaced_by",
    "return_",
    "revoke",
    "send",
    "sign_off",
    "take_back",
    "visible_to",
    "wording_in_force",
]
