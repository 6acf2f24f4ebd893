"""Claim 5's spectra: eigenvalues of whole Hessians while a network trains."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

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


def _eigenvalues(net: Net, weights: np.ndarray, examples) -> np.ndarray:
    columns = [net.slope(weights, examples, along)[1] for along in np.eye(len(weights))]
    return np.linalg.eigvalsh(np.array(columns))
