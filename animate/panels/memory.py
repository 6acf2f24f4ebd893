"""The state that an optimizer keeps between steps."""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from animate.errors import UsageError
from animate.figure import Traits, View
from animate.panels.curves import Curves, Values, by_coordinate, coordinates
from animate.simulate.inside import Memory as Kind


@dataclass(frozen=True, kw_only=True)
class Memory(Curves):
    """The optimizer's own state against the step: its velocity, or what it has accumulated.

    `of` is the kind; by itself the first that any of the optimizers keeps. Two curves an optimizer,
    one a coordinate, or with `norm` the length alone.
    """

    of: Kind | None = None
    norm: bool = False

    @property
    def traits(self) -> Traits:
        return Traits(films=True, labels=True, needs=frozenset({"inside"}))

    def values(self, view: View, limits: View) -> Values:
        inside, kind = view.inside, self._kind(limits)
        nothing = np.full(inside.updates.shape[1:], np.nan)
        values = np.stack([memory.get(kind, nothing) for memory in inside.memories])
        values = np.where(np.isfinite(view.trajectories.losses)[..., None], values, np.nan)
        return np.linalg.norm(values, axis=-1) if self.norm else by_coordinate(view, values)

    def label(self, view: View) -> str:
        labels: dict[Kind, str] = {
            "velocity": view.words("velocity"),
            "mean": view.words("mean"),
            "squares": view.words("squares"),
            "steps": view.words("steps"),
        }
        label = labels[self._kind(view)]
        return view.words("length of", what=label) if self.norm else label

    def parts(self, view: View) -> tuple[str, ...]:
        return () if self.norm else coordinates(view)

    def _kind(self, view: View) -> Kind:
        kept = [kind for memory in view.inside.memories for kind in memory]
        wanted: tuple[Kind, ...] = (self.of,) if self.of else get_args(Kind)
        for kind in wanted:
            if kind in kept:
                return kind
        raise UsageError(
            f"'memory' finds no {self.of or 'state'} in {', '.join(view.names)}; "
            + (f"there is {', '.join(dict.fromkeys(kept))}" if kept else "they keep none")
        )
