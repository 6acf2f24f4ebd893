"""The runs of a scene's optimizers: those that differ in nothing but numbers are made alike."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from animate.kept import NOTHING_KEPT, Kept
from animate.scene.optimizer import OptimizerPart
from animate.scene.swept import SweptScene
from animate.simulate import OptimizerRun
from animate.simulate.batch import takes_any_value
from animate.simulate.step import Schedule as Rule


def runs_of(
    scene: SweptScene, rates: Sequence[float | Rule], kept: Kept = NOTHING_KEPT
) -> list[OptimizerRun]:
    """A run for every optimizer. Those that differ in nothing but numbers are made alike, in this
    scene and in those before of which the makers are `kept`."""
    makers: dict[str, Callable[..., Any]] = {}
    runs: list[OptimizerRun] = []
    for k, (label, part) in enumerate(zip(scene.labels(), scene.optimizers, strict=True)):
        make, value = _maker(scene, k, makers, kept)
        seed, state = part.own_seed(scene.seed), part.state()
        runs.append(OptimizerRun(label, make, rates[k], seed, value, state))
    return runs


def _maker(
    scene: SweptScene, k: int, makers: dict[str, Callable[..., Any]], kept: Kept
) -> tuple[Callable[..., Any], float | None]:
    """What makes optimizer k, one of `makers` where one is alike, and the value that it takes."""
    part = scene.optimizers[k]
    plain = part.model_copy(update=dict.fromkeys(("label", "color", "learning_rate")))
    sweep = scene.sweep
    if sweep and k in sweep.copies and sweep.option != "learning_rate":
        value = sweep.values[sweep.copies.index(k)]
        key = f"{sweep.option} of {sweep.optimizer}"
        if key not in makers:
            makers[key] = partial(_made, plain, sweep.option)
        if takes_any_value(makers[key], value):
            return makers[key], value
    key = repr(plain)
    if key not in makers:
        makers[key] = kept(("maker", key), part.maker)
    return makers[key], None


def _made(part: OptimizerPart, option: str, rate: Any, value: Any) -> Any:
    """The method of an optimizer with `value` for one of its options."""
    return part.model_copy(update={option: value}).maker()(rate)
