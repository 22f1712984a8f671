"""The quarterly regime of the tests of reports serves here too."""

from tests.workflows.reports.conftest import quarter

__all__ = ["quarter"]
