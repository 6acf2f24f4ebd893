"""How lengths are shared out: the height of a grid among its rows, the width of a row among panels.

All lengths are pixels.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_YIELDING = 0.5
"""What a row of any shape keeps of an equal share of the height, beside rows that can use more."""
_FLATTEST = 0.22
"""The height over width down to which such a row yields, if its panels are high enough then."""


@dataclass(frozen=True)
class Row:
    """What a row wants of the height: `fixed` for words, else at most `most`.

    `wide` is the width of a row of any shape, infinite where it yields nothing; None: its panels
    have a shape, so that they are narrower too where they are lower.
    """

    most: float = math.inf
    wide: float | None = math.inf
    fixed: float | None = None


def heights(
    room: float, rows: Sequence[Row], ratio: Sequence[float] | None = None, *, enough: float = 0.0
) -> list[float]:
    """The height of every row: by the `ratio`, of which that of words is left out, or else what
    those with a shape can use before the others, and the same for rows that are alike.

    `enough` is the height down to which a row yields to one with a shape.
    """
    free = [k for k, row in enumerate(rows) if row.fixed is None]
    left = room - sum(row.fixed for row in rows if row.fixed is not None)
    if ratio:
        parts = shared(left, [ratio[k] for k in free])
        each = {k: min(part, rows[k].most) for k, part in zip(free, parts, strict=True)}
    else:
        each = _unasked({k: rows[k] for k in free}, left, enough)
    return [each.get(k, row.fixed or 0.0) for k, row in enumerate(rows)]


def _unasked(rows: Mapping[int, Row], room: float, enough: float) -> dict[int, float]:
    """The heights where a scene says nothing of them."""
    share = room / max(len(rows), 1)
    least = {
        k: max(_YIELDING * share, min(share, max(_FLATTEST * row.wide, enough)))
        for k, row in rows.items()
        if row.wide is not None
    }
    shaped = {k: row.most for k, row in rows.items() if row.wide is None}
    each = _filled(shaped, room - sum(least.values()))
    return each | _filled({k: rows[k].most for k in least}, room - sum(each.values()))


def _filled(most: Mapping[int, float], room: float) -> dict[int, float]:
    """Equal parts of `room`, but none larger than its `most`: what one leaves the others share."""
    parts: dict[int, float] = {}
    for k in sorted(most, key=lambda k: most[k]):
        share = (room - sum(parts.values())) / (len(most) - len(parts))
        parts[k] = max(min(share, most[k]), 1.0)
    return parts


def shared(whole: float, ratio: Sequence[float]) -> list[float]:
    """`whole` in parts by that ratio, each of them a pixel at least."""
    return [max(whole * part / sum(ratio), 1.0) for part in ratio]


def grown(widths: Sequence[float], goals: Mapping[int, float], room: float) -> list[float]:
    """`widths`, those with a goal widened towards it, all by one share, as far as `room` allows."""
    wishes = {k: max(goal - widths[k], 0.0) for k, goal in goals.items()}
    wanted = sum(wishes.values())
    share = min(1.0, max(room - sum(widths), 0.0) / wanted) if wanted else 0.0
    return [w + share * wishes.get(k, 0.0) for k, w in enumerate(widths)]
