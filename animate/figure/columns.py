"""Columns for entries of unlike widths, where columns of one width have no room for all."""

from collections.abc import Sequence

_CUTS = 50
"""Lengths to which the longest entries are cut, one after the other, until all have room."""


def uneven(
    widths: Sequence[float], least: float, fit: int, width: float, gap: float
) -> list[float] | None:
    """The widths of as few columns as hold entries of `widths` in `fit` rows, column by column.

    Each is as wide as its widest entry, `gap` apart. Where all are wider than `width`, long entries
    are cut, the longest first and none below `least`; None where no cut is enough. All in pixels.

    >>> uneven([10, 10, 30], least=5, fit=2, width=45, gap=5)
    [10, 30]
    >>> uneven([10, 10, 30], least=5, fit=2, width=25, gap=5)
    [10, 10.0]
    """
    count, widest = len(widths), max(least, *widths)
    for k in range(_CUTS + 1):
        most = max(least, widest + (least - widest) * k / _CUTS)
        cut = [min(max(each, least), most) for each in widths]
        for columns in range(-(-count // fit), count + 1):
            rows = -(-count // columns)
            found = [max(cut[k : k + rows]) for k in range(0, count, rows)]
            if across(found, gap) <= width:
                return found
    return None


def across(widths: Sequence[float], gap: float) -> float:
    """The width of columns that stand `gap` apart."""
    return sum(widths) + gap * (len(widths) - 1) if widths else 0.0
