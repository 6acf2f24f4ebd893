"""What happens inside each update: asked of the very transformations that ran, not transcribed.

A race keeps the optimizers' states where somebody wants to look inside; everything here follows
from them, for every optimizer that optax can chain.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from animate._lazy import lazy
from animate.simulate.trajectories import Inside, Memory

if TYPE_CHECKING:
    import jax
    import jax.numpy as jnp
    import optax
else:
    jax, jnp, optax = lazy("jax"), lazy("jax.numpy"), lazy("optax")

KEPT: Mapping[Memory, tuple[str, ...]] = {
    "velocity": ("velocity", "trace"),
    "mean": ("mu",),
    "squares": ("nu", "sum_of_squares", "e_g"),
    "steps": ("e_x",),
}
"""What the fields of optax's states, and of our own, are called."""


def look_inside(move, coast, slope, rate, marks, places, states):
    """One racer's updates from `places` [run, record, 2] with `states` [record, run, …].

    `move` is its update; `coast` the same update on level ground, where only memory moves it;
    `slope(run, step, place)` the gradient as it is seen there. Gives `rates` [record], and
    [run, record, 2] each: `gradients`, where the racer takes them, `updates`, `coasts`, and one
    array for each kind of memory that it keeps.
    """

    def look(run, step, place, state):
        after, later = move(run, step, (place, state))
        drift = coast(run, step, (place, state))[0] - place
        memories = {kind: _kept(state, names) for kind, names in KEPT.items()}
        taken = _kept(later, ("gradient",))
        return {
            "looks_ahead": jnp.asarray(taken is not None),
            "gradients": slope(run, step, place) if taken is None else taken,
            "updates": after - place,
            "coasts": jnp.where(jnp.isfinite(drift), drift, 0.0),
        } | {kind: kept for kind, kept in memories.items() if kept is not None}

    over_records = jax.vmap(look, in_axes=(None, 0, 0, 0))
    over_runs = jax.vmap(over_records, in_axes=(0, None, 0, 1))
    found = over_runs(jnp.arange(len(places)), marks, places, states)
    rates = jax.vmap(rate)(marks) if callable(rate) else jnp.broadcast_to(rate, marks.shape)
    return found | {"rates": rates}


def gathered(found) -> Inside:
    """What `look_inside` found of every racer, side by side."""
    together = {
        name: np.stack([np.asarray(each[name]) for each in found])
        for name in ("rates", "gradients", "updates", "coasts")
    }
    ahead = np.array([np.all(each["looks_ahead"]) for each in found])
    memories: list[dict[Memory, np.ndarray]] = [
        {kind: np.asarray(each[kind]) for kind in KEPT if kind in each} for each in found
    ]
    return Inside(**together, looks_ahead=ahead, memories=tuple(memories))


def _kept(state, names):
    """The first array [2] in `state` that has one of these names, if any."""
    for name in names:
        for _, value in optax.tree.get_all_with_path(state, name):
            if getattr(value, "shape", None) == (2,):
                return value
    return None
