"""Names every module that defines tables, so that the metadata is whole wherever this is imported."""

from workflows import (
    aftermath,
    audit,
    directives,
    documents,
    files,
    members,
    office_days,
    organisations,
    people,
    regimes,
    reports,
    statistics,
    tasks,
)
from workflows.db import Base

FEATURES = (
    aftermath,
    audit,
    directives,
    documents,
    files,
    members,
    office_days,
    organisations,
    people,
    regimes,
    reports,
    statistics,
    tasks,
)

metadata = Base.metadata
