"""The range in which a unit's figures usually lie, from what it reported in earlier periods. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import mean, median, pstdev

from workflows.regimes.forms import Outliers
from workflows.reports.content import written
from workflows.wording import N_, Phrase

# The median distance from the median times this is the standard deviation of normally spread figures.
SPREAD_OF_DISTANCE = Decimal("1.4826")
# However steady a unit was so far, a change of one, or of a tenth, surprises nobody.
LEAST_CHANGE, LEAST_SHARE = Decimal(1), Decimal("0.1")


@dataclass(frozen=True)
class Usual:
    """From where to where, judged by how many earlier periods."""

    low: Decimal
    high: Decimal
    periods: int

    def holds(self, figure: Decimal) -> bool:
        """Does a figure lie in the range?"""
        return self.low <= figure <= self.high

    @property
    def words(self) -> Phrase:
        """The range as people say it."""
        return Phrase(
            N_("thường từ %(low)s đến %(high)s (%(periods)s kỳ gần nhất)"),
            low=written(self.low),
            high=written(self.high),
            periods=self.periods,
        )

    def question(self, label: str) -> Phrase:
        """What is asked about a figure outside the range."""
        return Phrase(
            N_(
                "%(cell)s: khác thường, thường từ %(low)s đến %(high)s (%(periods)s kỳ gần nhất). Kiểm tra"
                " lại; nếu đúng, đánh dấu “Số này đúng” hoặc ghi chú lý do tại ô."
            ),
            cell=label,
            low=written(self.low),
            high=written(self.high),
            periods=self.periods,
        )


def usual_of(figures: Sequence[Decimal], outliers: Outliers) -> Usual | None:
    """The usual range of figures, newest last; none while there are too few to judge by."""
    seen = list(figures)[-outliers.periods :]
    if not outliers.asked or len(seen) < outliers.least:
        return None
    if outliers.middle == "mean":
        middle = mean(seen)
        spread = pstdev(seen, middle)
    else:
        middle = median(seen)
        spread = SPREAD_OF_DISTANCE * median(abs(figure - middle) for figure in seen)
    reach = max(outliers.far * spread, LEAST_CHANGE, LEAST_SHARE * abs(middle))
    places = Decimal(1) if all(figure == figure.to_integral_value() for figure in seen) else Decimal("0.01")
    low = (middle - reach).quantize(places, ROUND_FLOOR)
    if min(seen) >= 0:
        low = max(low, Decimal(0))
    return Usual(low, (middle + reach).quantize(places, ROUND_CEILING), len(seen))
