"""Claims 5 and 6 on lines: a wide and a narrow minimum, and walls between optimizers."""

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
        asked, why = (
            ((4, 4), "")
            if not row
            else ((0, 0), "at a decay of 0.001, and at a loss of 0.1, it is 2")
        )
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


def segments(kept: SimpleNamespace) -> Iterator[Row]:
    """Rises on finer segments, in double precision, of the spirals drawn anew."""
    train = _spirals(512, 0.3, 0.05, 1.5)
    net, seeds = Net((2, 32, 32, 2)), f"{kept.weights.shape[1]}"
    ends = kept.weights.astype(float)
    lines = {
        "SGD to Adam": (0, 1, (0.01, 10), ""),
        "SGD to RMSProp": (0, 2, (0.01, 10), ""),
        "Adam to RMSProp": (1, 2, (0.01, 10), "no wall in two of the seeds"),
        "SGD, other batches": (0, 3, (0, 0.01), ""),
        "SGD to a change to Adam": (0, 4, (0.01, 10), "it ends far away, but in the same valley"),
        "SGD, other batches from there": (0, 5, (0, 0.01), ""),
        "Adam to a change to Adam": (1, 4, None, ""),
    }
    for name, (first, last, asked, why) in lines.items():
        pairs = list(zip(ends[first], ends[last], strict=True))
        rises = [_rise(net, pair, train) for pair in pairs]
        yield Row(f"rise on the segment, {name}", seeds, over(rises), asked, why)
        apart = [np.linalg.norm(last - first) for first, last in pairs]
        yield Row(f"distance, {name}", seeds, over(apart))
    yield Row("loss at the ends", seeds, over([[net.loss(w, train) for w in e] for e in ends]))


def _rise(net: Net, pair, examples) -> float:
    losses = [_along(net, pair, examples)(t) for t in np.linspace(0, 1, 101)]
    return max(losses) - max(losses[0], losses[-1])


def _spirals(samples: int, test: float, noise: float, turns: float):
    """The training examples of two spirals, as the program draws them."""
    generator = np.random.default_rng([0, *b"data"])
    arm = np.arange(samples) % 2
    radius = np.sqrt(generator.uniform(0.02, 1.0, samples))
    angle = 2 * np.pi * turns * radius + np.pi * arm
    points = (radius * np.stack([np.cos(angle), np.sin(angle)])).T
    points = points + noise * generator.normal(size=points.shape)
    order = np.random.default_rng([0, *b"split"]).permutation(samples)[round(samples * test) :]
    return points[order] - points[order].mean(axis=0), arm[order]
