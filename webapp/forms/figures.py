"""Figures typed as Vietnamese offices write them."""

from decimal import Decimal

from wtforms import StringField

from webapp.errors import said
from workflows.errors import Refused
from workflows.reports import number, written


class FigureField(StringField):
    """A number typed as 1.234,5; `figure` is its value, none for a blank."""

    figure: Decimal | None = None

    def process_data(self, value: Decimal | None) -> None:
        """Show a known figure the way it is typed."""
        self.figure = value
        self.data = "" if value is None else written(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say in Vietnamese what is wrong with it."""
        self.data = " ".join(valuelist).strip()
        try:
            self.figure = number(self.data)
        except Refused as refusal:
            raise ValueError(said(refusal)) from refusal
