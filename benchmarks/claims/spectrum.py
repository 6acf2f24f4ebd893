"""Claims 1, 5, 7, 12: eigenvalues of whole Hessians while networks train, and a walk with SGD."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import scipy.linalg

from benchmarks.claims.plain import Net, digits
from benchmarks.claims.row import Row, over


def hessian_spectrum(kept: SimpleNamespace) -> Iterator[Row]:
    """Dense Hessians by hand at the first and the last weights of every seed."""
    train, _ = digits(512, 0.0)
    net = Net((64, 5, 5, 10), "tanh")
    ends = kept.positions[:, [0, -1]].astype(float)
    seeds = f"{len(ends)}"
    values = np.array([[_eigenvalues(net, weights, train) for weights in each] for each in ends])
    largest = values[..., -1:]
    first = 1e-3 * largest[:, :1]
    near = (np.abs(values) < first).mean(axis=-1)
    scaled = (np.abs(values) < 1e-3 * largest).mean(axis=-1)
    below = (values < -1e-10 * largest).mean(axis=-1)
    clear = (values <= -first).mean(axis=-1)
    why = "a network of 415 weights here, of 442 there, and 1000 steps, not 3000"
    for k, when in enumerate(("start", "end")):
        asked = (0.31, 0.84)[k]
        yield Row(
            f"share near zero, by the same step's λmax, {when}",
            seeds,
            over(scaled[:, k]),
            2 * (asked,),
            why,
        )
        yield Row(f"share near zero, by the first λmax, {when}", seeds, over(near[:, k]))
        asked = (0.46, 0.24)[k]
        yield Row(f"share of negative ones, {when}", seeds, over(below[:, k]), 2 * (asked,), why)
        yield Row(f"share of clearly negative ones, {when}", seeds, over(clear[:, k]))
        yield Row(f"lowest, {when}", seeds, over(values[:, k, 0]))
        yield Row(f"largest, {when}", seeds, over(values[:, k, -1]))
    apart = np.abs(values - kept.eigenvalues[:, [0, -1]]).max()
    yield Row(
        "largest difference of an eigenvalue from the program's", seeds, (apart, apart), (0, 1e-9)
    )
    grows = int((values[:, 1, -1] > values[:, 0, -1]).sum())
    yield Row("seeds in which the largest grows", seeds, (grows, grows))


def degenerate_skips(kept: SimpleNamespace) -> Iterator[Row]:
    """Dense Hessians by hand of both networks at the end, and where their losses are equal."""
    (pixels, labels), _ = digits(256, 0.0)
    train = pixels.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16), labels
    seeds, sizes = f"{kept.losses.shape[1]}", (16, *(6,) * kept.depth, 10)
    nets = [Net(sizes, "tanh", residual=skip) for skip in (False, True)]
    same = np.abs(kept.positions[0, :, 0] - kept.positions[1, :, 0]).max()
    yield Row("largest difference of the weights at the start", seeds, (same, same), (0, 0))
    paths = kept.positions.astype(float)
    losses = np.array(
        [[[net.loss(w, train) for w in path] for path in paths[k]] for k, net in enumerate(nets)]
    )
    level = losses.min(axis=-1).max(axis=0)
    # A rounding error apart, as the program's losses are in single precision.
    first = (losses <= level[:, None] * (1 + 1e-5)).argmax(axis=-1)
    places = {"the end": np.full_like(first, losses.shape[-1] - 1), "equal loss": first}
    for when, steps in places.items():
        shares = np.zeros((2, 2, len(level)))
        for k, net in enumerate(nets):
            for seed, step in enumerate(steps[k]):
                values = _eigenvalues(net, paths[k, seed, step], train)
                if when == "the end":
                    apart = np.abs(values - kept.eigenvalues[k, seed, -1]).max() / values.max()
                    assert apart < 1e-9, apart
                most = np.abs(values).max()
                shares[:, k, seed] = (
                    (np.abs(values) < 1e-3 * most).mean(),
                    (values < -1e-10 * most).mean(),
                )
        for what, both in zip(("degenerate", "negative"), shares, strict=True):
            for name, each in zip(("without skips", "with skips"), both, strict=True):
                yield Row(f"share of {what} ones, {name}, at {when}", seeds, over(each))
            fewer = int((both[1] < both[0]).sum())
            yield Row(f"seeds with fewer {what} ones with skips, at {when}", seeds, (fewer, fewer))
    for net, name in enumerate(("without skips", "with skips")):
        yield Row(f"loss at the end, {name}", seeds, over(losses[net, :, -1]))


def saddle_free(kept: SimpleNamespace) -> Iterator[Row]:
    """Losses, gradients and dense Hessians by hand at every method's end, and Newton's steps."""
    (pixels, labels), _ = digits(256, 0.0)
    train = pixels.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16), labels
    net, seeds = Net((16, 6, 10), "tanh"), f"{kept.positions.shape[1]}"
    names = ("SGD", f"Newton, damping {kept.damping:g}", "Newton, best damping", "saddle-free")
    for name, paths in zip(names, kept.positions, strict=True):
        ends = paths[:, -1]
        values = np.array([_eigenvalues(net, end, train) for end in ends])
        yield Row(f"loss at the end, {name}", seeds, over([net.loss(e, train) for e in ends]))
        lengths = [np.linalg.norm(net.slope(end, train)[0]) for end in ends]
        rests = (0, 1e-12) if name == names[1] else None
        yield Row(f"length of the gradient at the end, {name}", seeds, over(lengths), rests)
        clear = (values < -1e-3 * values[:, -1:]).sum(axis=1)
        yield Row(f"clearly negative eigenvalues at the end, {name}", seeds, over(clear))
        yield Row(f"smallest over largest, {name}", seeds, over(values[:, 0] / values[:, -1]))
    for name, k, absolute in (("Newton", 2, False), ("saddle-free Newton", 3, True)):
        apart = [
            min(_misses(net, train, path[step : step + 2], absolute))
            for path in kept.positions[k]
            for step in range(0, 20, 5)
        ]
        yield Row(
            f"distance from a step of {name} with a power of ten", seeds, over(apart), (0, 1e-6)
        )


def _misses(net: Net, train, pair: np.ndarray, absolute: bool) -> list[float]:
    """How far the second point is from a Newton step from the first, for each damping."""
    gradient = net.slope(pair[0], train)[0]
    hessian = np.array([net.slope(pair[0], train, along)[1] for along in np.eye(len(gradient))])
    if absolute:
        hessian = scipy.linalg.sqrtm(hessian @ hessian).real
    steps = (
        np.linalg.solve(hessian + 10.0**-power * np.eye(len(gradient)), gradient)
        for power in range(7)
    )
    return [float(np.abs(pair[0] - step - pair[1]).max()) for step in steps]


def _eigenvalues(net: Net, weights: np.ndarray, examples) -> np.ndarray:
    columns = [net.slope(weights, examples, along)[1] for along in np.eye(len(weights))]
    return np.linalg.eigvalsh(np.array(columns))


def walk(kept: SimpleNamespace) -> Iterator[Row]:
    """Angles from gradients by hand at the weights, and losses halfway between steps."""
    train, _ = digits(512, 0.0)
    net, seeds = Net((64, 4, 4, 10), "tanh"), f"{kept.positions.shape[1]}"
    paths = kept.positions.astype(float)
    names = [
        f"rate {rate:g}, batch {size}" for rate, size in zip(kept.rates, kept.batches, strict=True)
    ]
    for name, walks, asked in zip(names[:2], paths[:2], ((165, 180), (0, 5)), strict=True):
        late = [np.mean(_angles(net, path[-51:-1], train)) for path in walks]
        yield Row(f"angle of gradients, last 50 steps, {name}", seeds, over(late), asked)
        early = [np.mean(_angles(net, path[:21], train)) for path in walks]
        yield Row(f"angle of gradients, first 20 steps, {name}", seeds, over(early))
    blurred = [np.mean(_turns(np.diff(path[-52:], axis=0))) for path in paths[2]]
    why = "another network and batches than in the trial that was asked"
    yield Row(f"angle of moves, last 50 steps, {names[2]}", seeds, over(blurred), (110, 110), why)
    for name, walks in zip(names, paths, strict=True):
        dips = [_dips(net, path[-51:], train) for path in walks]
        yield Row(f"steps with a lower loss halfway, last 50, {name}", seeds, over(dips))
        edge = float(name.split()[1].rstrip(",")) * np.array(
            [net.sharpness(path[-1], train) for path in walks]
        )
        yield Row(f"rate × λmax at the end, {name}", seeds, over(edge))


def _angles(net: Net, points: np.ndarray, examples) -> np.ndarray:
    return _turns(np.array([net.slope(point, examples)[0] for point in points]))


def _turns(rows: np.ndarray) -> np.ndarray:
    """Angles in degrees between neighbouring rows."""
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return np.degrees(2 * np.arcsin(np.linalg.norm(np.diff(units, axis=0), axis=1) / 2))


def _dips(net: Net, path: np.ndarray, examples) -> float:
    ends = np.array([net.loss(point, examples) for point in path])
    halfway = np.array([net.loss(point, examples) for point in (path[1:] + path[:-1]) / 2])
    return float((halfway < np.minimum(ends[1:], ends[:-1])).mean())
