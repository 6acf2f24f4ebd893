"""What is asked for of trained paths: numbers along them, at their ends, and on a plane."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from animate.errors import UsageError
from animate.networks import sampling
from animate.networks.cloud import Cloud, shares_along, starts_of
from animate.networks.lines import Lines, along_lines
from animate.networks.planes import Plane
from animate.networks.quantity import LOSS, Metric, Quantity, brought, measured
from animate.networks.rows import Rows
from animate.networks.spectra import PROBES, Spectra, nodes_of, probes_of
from animate.networks.subset import Samples, sampled, subset
from animate.networks.trained import Trained, Work
from animate.networks.training import kept_steps

CURVED = 50
"""Points of each path, beside the start, at which the Hessian's eigenvalues are computed."""
SPECTRAL = 8
"""Points of each path, beside the start, at which the density of all eigenvalues is."""


@dataclass(frozen=True)
class Window:
    """Where a plane is sampled: at `x` [nx] and `y` [ny], and under which `key` it is kept."""

    plane: Plane
    x: np.ndarray
    y: np.ndarray
    key: str | None


@dataclass(frozen=True)
class Survey:
    """Measures trained paths, and keeps what it finds."""

    trained: Trained
    work: Work

    def gradient_norms(self) -> np.ndarray:
        """Those of the loss over all the data [optimizer, kept]."""
        trained, rows = self.trained, self._rows("gradient norms", self._count())
        told = self.work.told("gradients", rows.wanted)
        return trained.placed(sampling.gradient_norms(rows, trained.problem, trained.weights, told))

    def curvature(self) -> np.ndarray:
        """The largest and the smallest eigenvalue of the Hessian of the loss over all the data
        [optimizer, kept, 2], at some of the steps and at the end of each path; NaN elsewhere."""
        trained, some = self.trained, self._some(CURVED)
        rows = self._rows("curvature", self._count(some), width=2)
        told = self.work.told("curvature", rows.wanted)
        values = sampling.curvatures(
            rows, trained.problem, lambda which: trained.weights(which, some), told
        )
        return trained.placed(values, some)

    def spectra(self, seed: int) -> Spectra:
        """The density of the eigenvalues of the Hessian of the loss over all the data, at some of
        the steps and at the end of each path, by probes of that `seed`."""
        trained, some = self.trained, self._some(SPECTRAL)
        size = len(trained.problem.start)
        count = PROBES * self._count(some)
        rows = self._rows(("spectra", seed, PROBES), count, width=2 * nodes_of(size))
        told = self.work.told("spectra", rows.wanted)
        values = sampling.quadratures(
            rows,
            trained.problem,
            lambda which: trained.weights(which, some),
            probes_of(size, seed),
            told,
        )
        nodes, weights = np.moveaxis(trained.placed(values.astype(np.float64), some), -2, 0)
        return Spectra(nodes, weights)

    def lines(self, metrics: Collection[Metric]) -> Lines:
        """The metrics along the straight line from the start of each path to its end; the heads are
        the shares of the nearest points on it to the paths."""
        trained, last = self.trained, self.trained.finite.sum(axis=1) - 1
        starts = starts_of(trained.finite)
        numbers = np.stack([np.unique(starts), np.unique(starts) + last], axis=-1)
        ends = np.stack([trained.weights(each) for each in numbers])
        heads = np.concatenate(
            [
                shares_along(Cloud([(rows, np.flatnonzero(finite))], ends.shape[-1]))
                for rows, finite in zip(trained.rows, trained.finite, strict=True)
            ]
        )
        return along_lines(trained.problem, ends, metrics, trained.placed(heads), self.work)

    def curves(self, quantities: Collection[Quantity]) -> dict[Quantity, np.ndarray]:
        """Each of them along the paths [optimizer, kept]. Raises UsageError as `measured`."""
        others = sorted(each for each in quantities if each != LOSS)
        found = {each: self.trained.placed(self._values(each, None, "curve")) for each in others}
        for each, values in found.items():
            self._need_numbers(each, values, "at no point of the paths")
        losses = np.where(self.trained.finite, self.trained.losses, np.nan)
        return {LOSS: losses, **found}

    def finals(self) -> dict[Quantity, np.ndarray]:
        """All that the problem brings, at the ends of the paths [optimizer]."""
        ends = self.trained.ends()
        others = brought(self.trained.problem)
        found = {each: self._values(each, ends, "end") for each in others}
        return {LOSS: self.trained.losses[ends], **found}

    def on_plane(
        self, window: Window, quantities: Collection[Quantity], samples: Samples | None
    ) -> dict[Quantity, np.ndarray]:
        """Each of them on the plane [ny, nx]. Raises UsageError as `measured`."""
        made = dict[Quantity, np.ndarray]()
        grid = window.x, window.y
        for k, each in enumerate(sorted(quantities)):
            function, batch = measured(self.trained.problem, each)
            facts = window.key, each, self._own(each), *(part.tobytes() for part in grid), samples
            key = window.key and self.work.shelf.key("plane", *facts)
            rows = self.work.shelf.rows(key, 1, len(window.x) * len(window.y))
            before, count = k * rows.wanted, len(quantities)
            told = self.work.told("points", rows.wanted, before=before, count=count)
            elsewhere = self.work.workers and self.work.workers.of(each, samples)
            chosen, plane = subset(batch, samples), window.plane
            made[each] = sampling.on_plane(rows, function, plane, grid, chosen, told, elsewhere)
            self._need_numbers(each, made[each], "at no point of the plane")
        return made

    def plane_losses(
        self, window: Window, positions: np.ndarray, samples: Samples | None
    ) -> np.ndarray:
        """The losses at the `positions` [optimizer, kept, 2] on the plane [optimizer, kept]."""
        trained, known = self.trained, positions[self.trained.finite]
        key = window.key and self.work.shelf.key("foot", window.key, samples)
        rows = self.work.shelf.rows(key, 1, len(known))
        values = sampling.along(
            rows,
            trained.problem.loss,
            lambda which: window.plane.at(known[which]).astype(np.float32),
            subset(trained.problem.data, samples),
            self.work.told("points", rows.wanted),
        )
        return trained.placed(values)

    def sampled(
        self, window: Window, positions: np.ndarray, shown: Quantity, samples: Samples | None
    ) -> dict[str, float]:
        """Where the plane is one of some examples: how many of how many, and the largest standard
        error of `shown` at the nearest points to the paths' ends, from `positions` as above."""
        function, batch = measured(self.trained.problem, shown)
        ends = window.plane.at(positions[self.trained.ends()]).astype(np.float32)
        return sampled(function, batch, samples, ends)

    def _values(self, quantity: Quantity, chosen: np.ndarray | None, kind: str) -> np.ndarray:
        function, batch = measured(self.trained.problem, quantity)
        rows = self._rows((kind, quantity, self._own(quantity)), self._count(chosen))
        told = self.work.told("curves", rows.wanted)
        return sampling.along(
            rows, function, lambda which: self.trained.weights(which, chosen), batch, told
        )

    def _need_numbers(self, quantity: Quantity, values: np.ndarray, where: str) -> None:
        """Raises UsageError where no value is a finite number."""
        if not np.isfinite(values).any():
            name = self._own(quantity) or f"the Problem's {quantity.metric}"
            held_out = " over the held-out examples" * (quantity.on == "test")
            raise UsageError(f"{name}{held_out} is a finite number {where}: nothing can be drawn")

    def _some(self, count: int) -> np.ndarray:
        """So many of the points of each path, the start, and its end, [optimizer, kept]."""
        last = len(self.trained.steps) - 1
        chosen = np.isin(np.arange(last + 1), kept_steps(last, count))
        return chosen | self.trained.ends()

    def _own(self, quantity: Quantity) -> str:
        return self.trained.problem.own_name if quantity.metric == "own" else ""

    def _count(self, chosen: np.ndarray | None = None) -> int:
        return len(self.trained.cloud(chosen))

    def _rows(self, kind: object, wanted: int, width: int = 1) -> Rows:
        shelf = self.work.shelf
        return shelf.rows(self.trained.key(shelf, "along", kind), width, wanted)
