"""Claim 6 as a cut: a wide and a narrow minimum on the line through both."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from benchmarks.claims.plain import Net, digits
from benchmarks.claims.row import Row, over

Loss = Callable[[float], float]


def wide_and_narrow(kept: SimpleNamespace) -> Iterator[Row]:
    """Widths by Brent's roots, shifts by his minimum, of losses in double precision."""
    train, held_out = digits(1797, 0.3)
    net, seeds = Net((64, 64, 64, 64, 10)), f"{kept.ends.shape[2]}"
    ends, starts = kept.ends.astype(float), kept.starts.astype(float)
    for row, name in enumerate(("without decay", f"decay {kept.decay:g}")):
        pairs = list(zip(*ends[row], strict=True))
        widths = np.array([_widths(net, pair, train, kept.level) for pair in pairs]).T
        moved = np.linalg.norm(ends[row] - starts, axis=-1)
        norms = np.linalg.norm(ends[row], axis=-1)
        losses = np.array([[net.loss(w, held_out) for w in each] for each in ends[row]])
        shifts = np.array([_shifts(net, pair, train, held_out) for pair in pairs]).T
        for k, size in enumerate(kept.batches):
            where = f"batch {size}, {name}"
            yield Row(f"width at a loss of {kept.level:g}, {where}", seeds, over(widths[k]))
            yield Row(f"distance from the start, {where}", seeds, over(moved[k]))
            yield Row(f"length of the weights, {where}", seeds, over(norms[k]))
            yield Row(f"held-out loss at the end, {where}", seeds, over(losses[k]))
            yield Row(f"held-out minimum farther inwards by, {where}", seeds, over(shifts[k]))
        count = int((widths[0] > widths[1]).sum())
        asked, why = ((4, 4), "") if not row else ((0, 0), "at a decay of 0.001 it is 2")
        yield Row(
            f"seeds in which small batches are wider, {name}", seeds, (count,) * 2, asked, why
        )
        farther = int((moved[0] > moved[1]).sum())
        yield Row(f"seeds in which they end farther, {name}", seeds, (farther,) * 2, (4, 4))


def _along(net: Net, pair, examples) -> Loss:
    return lambda t: net.loss((1 - t) * pair[0] + t * pair[1], examples)


def _widths(net: Net, pair, examples, level: float) -> list[float]:
    loss, apart = _along(net, pair, examples), float(np.linalg.norm(pair[1] - pair[0]))
    walls = [_wall(loss, end, way, level) for end in (0, 1) for way in (-1, 1)]
    return [apart * (walls[1] - walls[0]), apart * (walls[3] - walls[2])]


def _wall(loss: Loss, end: float, way: int, level: float) -> float:
    far = next(k for k in range(1, 200) if loss(end + way * k / 50) > level)
    places = end + way * (far - 1) / 50, end + way * far / 50
    return float(brentq(lambda t: loss(t) - level, *places))


def _shifts(net: Net, pair, train, held_out) -> list[float]:
    apart = float(np.linalg.norm(pair[1] - pair[0]))
    found = []
    for end, way in ((0.0, 1), (1.0, -1)):
        bounds = sorted((end - 0.5 * way, end + 0.2 * way))
        lows = [
            minimize_scalar(_along(net, pair, part), bounds=bounds, method="bounded").x
            for part in (train, held_out)
        ]
        found.append(way * apart * float(lows[1] - lows[0]))
    return found
