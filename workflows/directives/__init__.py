"""Directives: registered documents that may assign tasks; taken in from a file, read, confirmed."""

from workflows.directives.models import (
    Clause,
    Directive,
    DirectiveLink,
    DirectiveState,
    ImportDraft,
    Relation,
)
from workflows.directives.queries import (
    all_visible,
    cited_by,
    find_by_number,
    open_drafts,
    same_paper,
    visible_to,
)
from workflows.directives.rules import Citation, Passage, Registration
from workflows.directives.verbs import (
    close,
    discard_draft,
    register,
    reopen,
    save_draft,
    send_to,
    take_in,
    withdraw,
)

__all__ = [
    "Citation",
    "Clause",
    "Directive",
    "DirectiveLink",
    "DirectiveState",
    "ImportDraft",
    "Passage",
    "Registration",
    "Relation",
    "all_visible",
    "cited_by",
    "close",
    "discard_draft",
    "find_by_number",
    "open_drafts",
    "register",
    "reopen",
    "same_paper",
    "save_draft",
    "send_to",
    "take_in",
    "visible_to",
    "withdraw",
]
