"""Names every module that defines tables, so that the metadata is whole wherever this is imported."""

from workflows import (
    aftermath,
    attachment_text,
    audit,
    directives,
    discussion,
    documents,
    files,
    members,
    office_days,
    organisations,
    people,
    plans,
    reconciliation,
    regimes,
    reminders,
    reports,
    reviews,
    signatures,
    saved_searches,
    statistics,
    targets,
    tasks,
)
from workflows.db import Base

FEATURES = (
    aftermath,
    attachment_text,
    audit,
    directives,
    discussion,
    documents,
    files,
    members,
    office_days,
    organisations,
    people,
    plans,
    reconciliation,
    regimes,
    reminders,
    reports,
    reviews,
    signatures,
    saved_searches,
    statistics,
    targets,
    tasks,
)

metadata = Base.metadata
