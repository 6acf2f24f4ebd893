"""Claims 1, 3 and 4: critical points, and where many starts end."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
from scipy.stats import spearmanr
from scipy.stats.mstats import mquantiles

from benchmarks.claims.plain import Net
from benchmarks.claims.row import Row, over


def saddles(kept: SimpleNamespace) -> Iterator[Row]:
    """The linear autoencoder's critical points, their gradients and dense Hessians by hand."""
    from sklearn.datasets import load_digits

    pixels = load_digits().images.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16) / 16
    sigma = np.cov(pixels, rowvar=False, bias=True)
    spectrum = np.linalg.eigvalsh(sigma)[::-1]
    exact = np.array([spectrum[k:].sum() / 2 for k in range(5)])
    seeds = f"{len(kept.critical_points)}"
    slopes = [np.abs(_encoder(p, sigma)[0]).max() for each in kept.critical_points for p in each]
    yield Row(
        "largest gradient entry at the points where paths rest", seeds, over(slopes), (0, 1e-9)
    )
    index = np.array([[_index(p, sigma) for p in each] for each in kept.critical_points])
    for rank, ways in enumerate((64, 45, 28, 13, 0)):
        why = "one more than the article's three" if ways == 45 else ""
        said = f"ways down at the rest of rank {rank} (exact Hessian)"
        asked = None if ways in (45, 0) else (ways, ways)
        yield Row(said, seeds, over(index[:, rank]), asked, why)
    path = kept.path.astype(float)
    losses = np.array([[_encoder(p, sigma)[1] for p in each] for each in path])
    nearest = np.abs(losses[:, :, None] / exact[:4] - 1).min(axis=1)
    yield Row("nearest that a path's loss comes to its saddles'", seeds, over(nearest), (0, 0.05))


def _encoder(vector: np.ndarray, sigma: np.ndarray) -> tuple[np.ndarray, float]:
    """Gradient and value of ½ tr((I − W₂W₁) Σ (I − W₂W₁)ᵀ)."""
    first, second = vector[:64].reshape(4, 16), vector[64:].reshape(16, 4)
    rest = np.eye(16) - second @ first
    back = -rest @ sigma
    gradient = np.concatenate([(second.T @ back).ravel(), (back @ first.T).ravel()])
    return gradient, float(np.trace(rest @ sigma @ rest.T) / 2)


def _index(vector: np.ndarray, sigma: np.ndarray) -> int:
    """Negative eigenvalues of the Hessian, its columns central differences of the gradient."""
    step = 1e-5 * np.eye(len(vector))
    columns = [
        (_encoder(vector + s, sigma)[0] - _encoder(vector - s, sigma)[0]) / 2e-5 for s in step
    ]
    values = np.linalg.eigvalsh((np.array(columns) + np.array(columns).T) / 2)
    return int((values < -1e-4 * np.abs(values).max()).sum())


def escape_directions(kept: SimpleNamespace) -> Iterator[Row]:
    """Gradients and dense Hessians at every point; ranks by SciPy."""
    draws = len(kept.inputs)
    slopes, correlations, distinct = [], [], []
    for draw in range(draws):
        examples = kept.inputs[draw], kept.targets[draw]
        chosen = (kept.draws == draw) & ~kept.plateau
        index, losses = [], []
        for point in kept.points[chosen]:
            net, vector = _torn(point, kept.inputs.shape[-1])
            decay = kept.decay * vector
            slopes.append(np.linalg.norm(net.slope(vector, examples)[0] + decay))
            columns = [net.slope(vector, examples, e)[1] for e in np.eye(len(vector))]
            values = np.linalg.eigvalsh(np.array(columns)) + kept.decay
            index.append(int((values < -1e-7).sum()))
            losses.append(net.loss(vector, examples) + kept.decay / 2 * (vector**2).sum())
        distinct.append(len(np.unique(np.round(losses, 7))))
        correlations.append(spearmanr(losses, index).statistic)
    why = "two draws of three are closer still to a perfect order"
    yield Row("length of the gradient at the points", f"{draws}", over(slopes), (0, 1e-8))
    yield Row("Spearman of loss and index", f"{draws}", over(correlations), (0.88, 0.96), why)
    yield Row("distinct points off the plateau", f"{draws}", over(distinct))


def _torn(point: np.ndarray, features: int) -> tuple[Net, np.ndarray]:
    """The network and its vector in Net's order, from W₁ [in, h], b₁, W₂ [h, 3], b₂."""
    hidden = (len(point) - 3) // (features + 4)
    ends = np.cumsum([features * hidden, hidden, 3 * hidden])
    first, bias, second, last = np.split(point, ends)
    turned = first.reshape(features, hidden).T.ravel(), second.reshape(hidden, 3).T.ravel()
    return Net((features, hidden, 3), "tanh"), np.concatenate([turned[0], bias, turned[1], last])


def bad_minima(kept: SimpleNamespace) -> Iterator[Row]:
    """The losses at the ends from the weights there."""
    draws, starts = kept.weights.shape[:2]
    spreads, place = {}, 0
    for width in kept.widths:
        net = Net((2, int(width), 2), "tanh")
        part = kept.weights[:, :, place : place + net.parameters]
        place += net.parameters
        ends = [
            [net.loss(w, (kept.inputs[d], kept.targets[d])) for w in part[d]] for d in range(draws)
        ]
        low, high = mquantiles(ends, [0.05, 0.95], alphap=1, betap=1, axis=1).T
        spreads[int(width)] = high - low
    seeds = f"{draws} × {starts}"
    why = "asked was the spread of all ends; that of the middle 90% is told, and draws differ"
    yield Row(
        "spread of the middle 90% of the ends, 2 units", seeds, over(spreads[2]), (0.31, 0.31), why
    )
    for width in sorted(set(spreads) - {2}):
        yield Row(
            f"the same, {width} units",
            seeds,
            over(spreads[width]),
            (0, 0.05) if width >= 16 else None,
        )
