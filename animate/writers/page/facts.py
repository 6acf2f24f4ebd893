"""What the page's script is told beside the picture: a little plain, and numbers to be packed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import floor, isfinite
from typing import Any

import numpy as np

from animate.figure.clip import Clip
from animate.figure.reading import Reading, Run
from animate.simulate.trajectories import Trajectories

_DIGITS = 6
"""Significant digits of numbers in the page."""
_MOST = 40_000
"""Numbers of all runs and steps; with more only the steps that the frames show are there, and no
path can be drawn."""
_RUNS = 24
"""Runs whose numbers are told."""


def facts_of(clip: Clip, told: Reading | None, palette: np.ndarray) -> Mapping[str, Any]:
    """What the script needs before the first frame, as JSON holds it."""
    facts = {
        "width": clip.width,
        "height": clip.height,
        "frames": clip.frames,
        "fps": clip.fps,
        "duration": clip.duration,
        "loop": clip.loop,
        "palette": "".join(bytes(colour).hex() for colour in palette),
    }
    if told is None:
        return facts
    words = told.words
    return {
        **facts,
        "decimal": words.number(0.5)[1],
        "total": words("of total", total=told.total),
        "thinned": words("page thinned", shown="{shown}", total="{total}", command="animate trace"),
        "film": told.option is not None,
        "stops": [list(each) for each in told.stops],
        "paper": told.theme.paper,
        "casing": told.theme.casing,
        "runs": [_run(told, run) for run in shown_runs(told)],
    }


def shown_runs(told: Reading) -> Sequence[Run]:
    """The runs whose numbers are told: all of a film's, of which each frame shows few; else none
    where they are too many."""
    return told.runs if told.option is not None or len(told.runs) <= _RUNS else ()


def _run(told: Reading, run: Run) -> Mapping[str, Any]:
    paths = told.trajectories
    lost = bool(paths.lost[run.optimizer, run.run])
    return {
        "name": run.name,
        "note": run.note,
        "colour": run.colour,
        "value": run.value,
        "end": int(paths.ends[run.optimizer, run.run]),
        "lost": told.words("lost", step=int(paths.ends[run.optimizer, run.run])) if lost else "",
    }


def numbers_of(told: Reading) -> bytes:
    """JSON: the step of each frame, and at the recorded steps position and loss of each run, to six
    digits; where nothing is to be drawn over the picture it has no planes."""
    paths, runs = told.trajectories, shown_runs(told)
    kept = _kept(told, paths, len(runs))
    whole = len(kept) == len(paths.steps)
    numbers = {
        # Rounded down, so that its whole part is the step that the picture counts.
        "at": [floor(10_000 * step) / 10_000 for step in told.steps],
        "steps": paths.steps[kept].tolist(),
        "total": len(paths.steps),
        "runs": [_path(told, run, kept) for run in runs],
        "planes": [
            {
                "box": [round(side, 2) for side in plane.box],
                "windows": [_rounded(chain(*window)) for window in plane.windows],
            }
            for plane in (told.planes if whole and told.option is None and runs else ())
        ],
    }
    return json.dumps(numbers, separators=(",", ":")).encode()


def _path(told: Reading, run: Run, kept: np.ndarray) -> Mapping[str, Sequence[float | None]]:
    """Position and loss of a run at the `kept` steps; nothing for what nobody knows."""
    place, paths = (run.optimizer, run.run, kept), told.trajectories
    x, y = [*(paths.positions[place].T if told.axes else ()), (), ()][:2]
    losses = paths.losses[place] if told.height else ()
    return {"x": _rounded(x), "y": _rounded(y), "loss": _rounded(losses)}


def _kept(told: Reading, paths: Trajectories, runs: int) -> np.ndarray:
    """The numbers of the recorded steps that the page tells: all, or those that frames show."""
    if told.option is not None:
        return np.array([len(paths.steps) - 1])
    if 3 * runs * len(paths.steps) <= _MOST:
        return np.arange(len(paths.steps))
    shown = np.searchsorted(paths.steps, np.floor(told.steps), side="right") - 1
    return np.unique(np.clip(shown, 0, None))


def _rounded(values: Iterable[float]) -> list[float | None]:
    """The numbers to six digits; None for those that are not finite."""
    return [_short(float(f"{v:.{_DIGITS}g}")) if isfinite(v) else None for v in values]


def _short(number: float) -> float:
    return int(number) if number.is_integer() and abs(number) < 10**_DIGITS else number
