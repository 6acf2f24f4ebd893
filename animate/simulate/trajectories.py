"""Where every optimizer was at every step: what a simulation gives and the panels draw."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from animate.simulate.data_frame import data_frame
from animate.simulate.inside import Inside, all_inside
from animate.simulate.numerics import lengths

GRADIENT_NORMS, CURVATURES = "gradient norms", "curvatures"
"""What panels ask to be measured where a surface is a plane through more dimensions: see
Trajectories."""


@dataclass(frozen=True)
class Trajectories:
    """The paths of K optimizers from R starts, in float64.

    Axis order everywhere: optimizer, run (one a start), recorded step, coordinate: x and y, or of a
    function of one variable x alone. `steps` holds
    the step numbers recorded: the first is the start, 0 but where paths were made elsewhere.
    `ends[k, run]` is the last step at which position and loss were finite; later entries are NaN.
    `strayed` says which runs ended since their next step was to a place where there is no loss, as
    beyond the edge of a grid; the others whose end is early diverged.
    `inside` is there only where it was asked for. Where gradients were `prescribed` there was no
    surface: the losses are 0 and mean nothing. `cut` says which of the paths that were recorded
    elsewhere were just not recorded further. Where a number of the surface was `swept` it is that
    key, and the value for each optimizer.

    Where a surface is a plane through a space of more dimensions, `gradients` are unknown, `norms`
    are those of the gradients in that space, and `curvatures` the largest and the smallest
    eigenvalue of the Hessian there, as far as they were asked for.
    """

    labels: tuple[str, ...]
    rates: tuple[float | None, ...]
    steps: Int[np.ndarray, " step"]
    positions: Float[np.ndarray, "optimizer run step axis"]
    losses: Float[np.ndarray, "optimizer run step"]
    gradients: Float[np.ndarray, "optimizer run step axis"]
    ends: Int[np.ndarray, "optimizer run"]
    inside: Inside | None = None
    strayed: Bool[np.ndarray, "optimizer run"] | None = None
    prescribed: bool = False
    cut: Bool[np.ndarray, " optimizer"] | None = None
    swept: tuple[str, tuple[float, ...]] | None = None
    norms: Float[np.ndarray, "optimizer run step"] | None = None
    curvatures: Float[np.ndarray, "optimizer run step 2"] | None = None

    @property
    def gradient_norms(self) -> Float[np.ndarray, "optimizer run step"]:
        """The Euclidean norm of the whole loss's gradient, without noise; NaN where it is not
        known."""
        if self.norms is not None:
            return self.norms
        with np.errstate(over="ignore"):
            return lengths(self.gradients)

    def to_dataframe(self) -> Any:
        """A data frame of pandas, or of polars where there is no pandas: a row for every step.

        Its columns are those of `animate trace`: optimizer, run, step, x, y, loss, grad_norm. A
        diverged run's rows end where it left the finite numbers. Raises UsageError where there is
        neither library.

        >>> import animate
        >>> race = {"surface": "beale", "optimizers": ["adam"], "steps": 3}
        >>> animate.trace(race).to_dataframe()[["optimizer", "step"]].to_dict("records")[-1]
        {'optimizer': 'adam', 'step': 3}
        """
        rows = [*self.rows()]
        return data_frame({name: [row[k] for row in rows] for k, name in enumerate(self.columns())})

    def columns(self, beside: Mapping[str, np.ndarray] = MappingProxyType({})) -> tuple[str, ...]:
        """The names of the numbers of a row, those of `beside` last.

        After that of the optimizer comes the key of a number of the surface that is swept. Of one
        variable there is no y. Where gradients were prescribed there is no loss, and the answer is
        the step.
        """
        place = ("x", "y")[: self.positions.shape[-1]]
        last = ("gradient_x", "gradient_y", "step_x", "step_y")
        swept = [self.swept[0]] if self.swept else []
        own = last if self.prescribed else ("loss", "grad_norm")
        return ("optimizer", *swept, "run", "step", *place, *own, *beside)

    def rows(
        self, beside: Mapping[str, np.ndarray] = MappingProxyType({})
    ) -> Iterator[tuple[str | float, ...]]:
        """A row for every recorded step of every run, in the order of the columns.

        Those of `beside` are [optimizer, run, step] too.
        """
        last = np.concatenate([self._last(), *(each[..., None] for each in beside.values())], -1)
        for k, label in enumerate(self.labels):
            value = (self.swept[1][k],) if self.swept else ()
            for run, end in enumerate(self.ends[k]):
                for n, step in enumerate(self.steps[self.steps <= end]):
                    place, rest = self.positions[k, run, n].tolist(), last[k, run, n].tolist()
                    yield label, *value, run, int(step), *place, *rest

    def _last(self) -> Float[np.ndarray, "optimizer run step column"]:
        """The columns after the position: loss and gradient norm, or gradient and step."""
        if self.prescribed and self.inside is not None:
            return np.concatenate([self.gradients, self.inside.steps], axis=-1)
        return np.stack([self.losses, self.gradient_norms], axis=-1)

    @property
    def first_step(self) -> int:
        """The step at which the runs begin."""
        return int(self.steps[0])

    @property
    def last_step(self) -> int:
        """The step that the runs were meant to reach."""
        return int(self.steps[-1])

    def less(self, base: float) -> "Trajectories":
        """The same over a surface that is lower by `base`."""
        return replace(self, losses=self.losses - base) if base else self

    def only(self, optimizers: Sequence[int]) -> "Trajectories":
        """The paths of some of the optimizers."""
        chosen = list(optimizers)
        return replace(
            self,
            labels=tuple(self.labels[k] for k in chosen),
            rates=tuple(self.rates[k] for k in chosen),
            positions=self.positions[chosen],
            losses=self.losses[chosen],
            gradients=self.gradients[chosen],
            ends=self.ends[chosen],
            inside=self.inside and self.inside.only(chosen),
            strayed=None if self.strayed is None else self.strayed[chosen],
            cut=None if self.cut is None else self.cut[chosen],
            swept=self.swept and (self.swept[0], tuple(self.swept[1][k] for k in chosen)),
            norms=None if self.norms is None else self.norms[chosen],
            curvatures=None if self.curvatures is None else self.curvatures[chosen],
        )

    @property
    def lost(self) -> Bool[np.ndarray, "optimizer run"]:
        """Which runs left the finite numbers before the last step."""
        early = self.ends < self.last_step
        return early if self.cut is None else early & ~self.cut[:, None]

    @property
    def off(self) -> Bool[np.ndarray, "optimizer run"]:
        """Which runs have strayed; none where it is not known."""
        return np.zeros(self.ends.shape, bool) if self.strayed is None else self.strayed

    def diverged(self, optimizer: int, run: int = 0) -> bool:
        """Whether the run left the finite numbers before its last step."""
        return bool(self.lost[optimizer, run])

    def at(self, values: np.ndarray, step: float) -> np.ndarray:
        """`values` [optimizer, run, step, …] at a fractional step, linear between recorded steps.

        A run that has ended stays at its end.
        """
        last = np.searchsorted(self.steps, self.ends, side="right") - 1
        place = np.minimum(np.interp(step, self.steps, np.arange(len(self.steps))), last)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, last)
        share = (place - below).reshape(place.shape + (1,) * (values.ndim - 3))
        k, run = np.indices(place.shape)
        return (1 - share) * values[k, run, below] + share * values[k, run, above]


def joined(parts: Sequence[Trajectories], key: str, values: Sequence[float]) -> Trajectories:
    """The paths of all `parts`, one after the other: those with each of the `values` of `key`.

    They have the same optimizers, starts and recorded steps.
    """
    inside = [each.inside for each in parts if each.inside is not None]
    strayed = [each.strayed for each in parts if each.strayed is not None]
    return replace(
        parts[0],
        labels=tuple(chain.from_iterable(each.labels for each in parts)),
        rates=tuple(chain.from_iterable(each.rates for each in parts)),
        positions=np.concatenate([each.positions for each in parts]),
        losses=np.concatenate([each.losses for each in parts]),
        gradients=np.concatenate([each.gradients for each in parts]),
        ends=np.concatenate([each.ends for each in parts]),
        inside=all_inside(inside) if inside else None,
        strayed=np.concatenate(strayed) if strayed else None,
        swept=(key, tuple(np.repeat(np.array(values, float), len(parts[0].labels)).tolist())),
    )
