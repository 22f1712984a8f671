"""The sample office: an invented province, complete enough that every page of a new installation has life.

Its data stands in `data/`; what depends on the day it is loaded (deadlines, periods) follows from it.
"""

from workflows.sample_office.figures import MemberFigures, member_figures
from workflows.sample_office.habits import answered_after
from workflows.sample_office.load import load
from workflows.sample_office.office import read
from workflows.sample_office.papers import as_docx
from workflows.sample_office.shapes import (
    SampleDirective,
    SampleGroup,
    SampleLetterhead,
    SampleOffice,
    SampleOrganisation,
    SamplePerson,
    SampleRegime,
    SampleTarget,
    SampleTask,
    SampleUnit,
    Scale,
)
from workflows.sample_office.staffing import FirstAccount, FirstAccounts

__all__ = [
    "FirstAccount",
    "FirstAccounts",
    "MemberFigures",
    "SampleDirective",
    "SampleGroup",
    "SampleLetterhead",
    "SampleOffice",
    "SampleOrganisation",
    "SamplePerson",
    "SampleRegime",
    "SampleTarget",
    "SampleTask",
    "SampleUnit",
    "Scale",
    "answered_after",
    "as_docx",
    "load",
    "member_figures",
    "read",
]
