"""The runs of a module: checkpoints in files, or state_dicts, as vectors of its weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from glob import glob
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import numpy as np

from animate.errors import UsageError
from animate.networks.checkpoints import numbered, read_arrays
from animate.torch.evaluation import Evaluation, plain
from animate.torch.library import torch

State = Any
"""A state_dict, or the name of a file that holds one."""


@dataclass(frozen=True)
class Run:
    """One path: its name, and for each step where the weights are."""

    label: str
    states: Mapping[int, State]


def runs_of(checkpoints: Any) -> list[Run]:
    """The runs that `checkpoints` names: a sequence of states, a pattern of files, a Recorder, or
    a mapping from names to these.

    The step of a file is the last number in its name; state_dicts are counted from 0. Raises
    UsageError where a run has fewer than two.
    """
    named = checkpoints if isinstance(checkpoints, Mapping) else {"": checkpoints}
    runs = []
    for label, given in named.items():
        label = label or getattr(given, "name", "run")
        given = getattr(given, "checkpoints", given)
        if isinstance(given, str | PathLike):
            given = [Path(each) for each in glob(fspath(given))]  # noqa: PTH207  # as the user wrote it
        files = [each for each in given if isinstance(each, str | PathLike)]
        states = dict(enumerate(given))
        if len(files) == len(given):
            states = numbered([Path(each) for each in files])
        if len(states) < 2:
            raise UsageError(
                f"checkpoints: the run {label!r} has {len(states)}; give two or more, each a file "
                "or a state_dict"
            )
        runs.append(Run(label, states))
    _check_steps(runs)
    return runs


def _check_steps(runs: Sequence[Run]) -> None:
    steps = sorted({step for run in runs for step in run.states})
    for run in runs:
        missing = [each for each in steps if each <= max(run.states) and each not in run.states]
        if missing:
            raise UsageError(
                f"checkpoints: the run {run.label!r} has none of step {missing[0]}, which others "
                "have; give all runs the same steps, to the end of each"
            )


def weights_of(state: State, evaluation: Evaluation) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The vector of weights [P] in a state, and the module's buffers that it has.

    Raises UsageError where it is none of this module.
    """
    where = f"{state}: " if isinstance(state, str | PathLike) else "checkpoints: a state_dict "
    arrays = _arrays(state)
    wanted = evaluation.shapes
    first = next(iter(wanted))
    before = {name[: -len(first)] for name in arrays if name.endswith(first)}
    fits = [each for each in before if all(each + name in arrays for name in wanted)]
    if not fits:
        missing = next((name for name in wanted if name not in arrays), first)
        raise UsageError(f"{where}has no {missing!r}, which the module has")
    found = {name: arrays[min(fits, key=len) + name] for name in wanted}
    for name, shape in wanted.items():
        if found[name].shape != shape:
            raise UsageError(
                f"{where}{name} has shape {list(found[name].shape)}, in the module {list(shape)}"
            )
    vector = np.concatenate([found[name].ravel() for name in wanted], dtype=evaluation.dtype)
    prefix = min(fits, key=len)
    buffers = {
        name: arrays[prefix + name] for name in evaluation.buffers if prefix + name in arrays
    }
    return vector, buffers


def _arrays(state: State) -> dict[str, np.ndarray]:
    if isinstance(state, str | PathLike):
        return {plain(name): each for name, each in read_arrays(Path(state)).items()}
    if not isinstance(state, Mapping):
        raise UsageError(f"checkpoints: each is a file or a state_dict, got {type(state).__name__}")
    tensors = {plain(name): each for name, each in state.items() if torch.is_tensor(each)}
    return {name: _array(each) for name, each in tensors.items()}


def _array(tensor: Any) -> np.ndarray:
    tensor = tensor.detach().cpu()
    return tensor.numpy() if tensor.dtype != torch.bfloat16 else tensor.float().numpy()
