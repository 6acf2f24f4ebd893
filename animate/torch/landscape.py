"""The landscape of a PyTorch module around its checkpoints, as files that a scene shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import numpy as np

from animate.errors import UsageError
from animate.networks import planes
from animate.networks.landscape import window
from animate.networks.planes import Plane
from animate.registry import hint
from animate.torch.evaluation import Evaluation, Statistics, measure_of
from animate.torch.files import Surveyed
from animate.torch.library import Batch, Module
from animate.torch.paths import Buffers, Paths, read_paths
from animate.torch.points import Points, Progress
from animate.torch.states import State, runs_of, weights_of

PlaneKind = Literal["pca", "filter_normalized", "random"]
_KINDS = ("pca", "filter_normalized", "random")
_SAME = 1e-4
"""Two values of one point that differ by more, relative, are of different data."""

Corners = list[tuple[np.ndarray, Buffers]]


def landscape(
    module: Module,
    loss: Any,
    loader: Iterable[Batch],
    *,
    checkpoints: Any,
    plane: PlaneKind | Sequence[State] = "pca",
    resolution: int = 51,
    metrics: Mapping[str, Callable[[Module, Batch], Any]] | None = None,
    statistics: Statistics = "recomputed",
    seed: int = 0,
    out: str | PathLike[str] = "run",
    progress: bool = True,
) -> Path:
    """Compute the loss of `module` on a plane through its weights, and along the paths of
    `checkpoints`, over all of `loader`; returns the folder `out` with the files for a scene.

    `loss(module, batch)` is the mean over the examples of a batch, or `loss` is a criterion of
    torch.nn, for batches (inputs, targets); each of `metrics` likewise. `checkpoints` are files or
    state_dicts of one run, a pattern of files, a Recorder, or a mapping from the names of runs to
    these. `plane` is fitted to all the paths (pca), has two random directions through the end of
    the first, whose filters have the weights' own norms (filter_normalized, Li et al. 2018) or not
    (random), or goes through three checkpoints. Running statistics of batch normalisation are
    `recomputed` over the loader at every point (Izmailov et al. 2018), or `kept`: on the path those
    of each checkpoint, on the plane those of the end of the first path (or of the first of three).

    Written are plane.npz and paths.csv, for every metric NAME plane_NAME.npz, and directions.npz.
    Points are kept in `out` as they come: a run that was killed goes on where it was. The module's
    weights, statistics and modes are as before afterwards. Raises UsageError.
    """
    named = {"loss": loss, **(metrics or {})}
    _check(named, plane, resolution, statistics)
    measures = [measure_of(name, each) for name, each in named.items()]
    evaluation = Evaluation(module, measures, loader, statistics)
    paths = read_paths(runs_of(checkpoints), evaluation)
    given = plane if isinstance(plane, str) else [weights_of(each, evaluation) for each in plane]
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    asked = [resolution, seed, statistics, *named]
    file = folder / f"points-{_key(asked, paths, given, str(module))}.f64"
    with evaluation.open():
        survey = _Survey(evaluation, paths, file, len(named), resolution, shown=progress)
        found = survey.made(given, seed)
    found.write(folder, tuple(named), evaluation.shapes, statistics * bool(evaluation.normalised))
    return folder


def _check(named: Mapping[str, object], plane: object, resolution: int, statistics: object) -> None:
    if isinstance(plane, str) and plane not in _KINDS:
        raise UsageError(f"plane: there is no {plane!r}.{hint(plane, _KINDS)}")
    if not isinstance(plane, str) and len(plane) != 3:  # pyright: ignore[reportArgumentType]  # a sequence else
        raise UsageError("plane: give three checkpoints, or 'pca', 'filter_normalized' or 'random'")
    if not 5 <= resolution <= 1000:
        raise UsageError(f"resolution: must be 5 to 1000, got {resolution}")
    if statistics not in ("recomputed", "kept"):
        raise UsageError(f"statistics: must be 'recomputed' or 'kept', got {statistics!r}")
    for name in named:
        if not name.isidentifier():
            raise UsageError(f"metrics: {name!r} names files and a column; write letters and _")


def _key(asked: Sequence[object], paths: Paths, plane: str | Corners, module: str) -> str:
    """What changes when any of the points does, as far as it is known without the data."""
    kind, corners = (plane, []) if isinstance(plane, str) else ("through", plane)
    facts = (kind, asked, paths.labels, paths.steps.tolist(), module)
    digest = sha256(repr(facts).encode())
    arrays = [paths.weights, paths.known, *(weights for weights, _ in corners)]
    for each in arrays:
        digest.update(np.ascontiguousarray(each).tobytes())
    for buffers in [*paths.buffers.values(), *(each for _, each in corners)]:
        for name in sorted(buffers):
            digest.update(np.ascontiguousarray(buffers[name]).tobytes())
    return digest.hexdigest()[:16]


class _Survey:
    """The points of a landscape, in the order in which they are computed and kept in `file`: those
    on the paths, the plane's nearest ones to them, and the grid."""

    def __init__(
        self,
        evaluation: Evaluation,
        paths: Paths,
        file: Path,
        measures: int,
        resolution: int,
        *,
        shown: bool,
    ) -> None:
        self._evaluation, self._paths, self._resolution = evaluation, paths, resolution
        points = Points(file, measures)
        if points.known and not _close(points.first, self._true(*paths.places[0])):
            file.unlink()
            points = Points(file, measures)
        total = 2 * len(paths.places) + resolution**2
        self._points, self._line = points, Progress(total - points.known, shown=shown)

    def made(self, plane: str | Corners, seed: int) -> Surveyed:
        """All values on the plane that is asked for. Raises UsageError where there is none."""
        paths, places = self._paths, self._paths.places
        rows = self._points.take(len(places), lambda k: self._true(*places[k]), self._line)
        true = np.full((*paths.known.shape, rows.shape[1]), np.nan)
        true[paths.known] = rows
        finite = paths.finite(true[..., 0])
        cut, buffers = self._cut(plane, finite, seed)
        seen = paths.beside(cut, finite)
        below = np.full(true.shape, np.nan)
        below[finite] = self._on(cut, buffers, seen.where)
        least = 1.0 if plane == "filter_normalized" else 0.0
        x, y = window(seen.where, self._resolution, least=least)
        z = self._on(cut, buffers, np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
        kind = plane if isinstance(plane, str) else "through"
        shape = (self._resolution, self._resolution, rows.shape[1])
        return Surveyed(paths, finite, kind, cut, x, y, z.reshape(shape), true, below, seen)

    def _cut(self, plane: str | Corners, finite: np.ndarray, seed: int) -> tuple[Plane, Buffers]:
        """The plane, and the buffers of the module on it."""
        if not isinstance(plane, str):
            return planes.through(np.stack([weights for weights, _ in plane])), plane[0][1]
        end = self._paths.end(finite)
        weights, buffers = self._paths.weights[end], self._paths.buffers[end]
        if plane == "pca":
            return planes.pca(self._paths.weights[finite])[0], buffers
        if plane == "random":
            return planes.random_directions(weights, seed), buffers
        shapes = tuple(self._evaluation.shapes.values())
        return planes.filter_normalized(weights, shapes, seed=seed), buffers

    def _true(self, k: int, n: int) -> np.ndarray:
        weights = self._evaluation.tensor(self._paths.weights[k, n])
        return self._evaluation.at(weights, self._paths.buffers[k, n])

    def _on(self, cut: Plane, buffers: Buffers, places: np.ndarray) -> np.ndarray:
        """The values [n, measure] at `places` [n, 2] of the plane."""
        origin, first, second = (self._evaluation.tensor(each) for each in (cut.origin, *cut.axes))

        def at(k: int) -> np.ndarray:
            x, y = (float(each) for each in places[k])
            return self._evaluation.at(origin + x * first + y * second, buffers)

        return self._points.take(len(places), at, self._line)


def _close(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.allclose(first, second, rtol=_SAME, atol=1e-7, equal_nan=True))
