"""What the process that stays does: read, solve, compose, draw; and what it keeps meanwhile."""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from animate import pipeline
from animate.errors import AnimateError, Remark, SceneError, sentence
from animate.figure.clip import Frame
from animate.kept import Kept
from animate.scene.load import Script, read
from animate.simulate.terrain import Terrain
from animate.sources import Solution
from animate.watch import Effort
from animate.workshop.edits import version_of
from animate.workshop.packing import draft, whole
from animate.workshop.tasks import (
    Answer,
    Asking,
    Drawing,
    Inputs,
    Picture,
    Saving,
    Slip,
    Stage,
    Task,
    Told,
    Wrong,
)

_PLACED = re.compile(r".*?:(?P<line>\d+):(?P<column>\d+): (?P<text>.*)", re.DOTALL)

_MOST_KEPT = 24
"""Surfaces, makers of optimizers and compiled races of a scene that are kept."""

_MOST_TERRAINS = 32
"""Scenes whose loss is told at a place: those that were drawn last."""

Tell = Callable[[Told], None]


class Superseded(Exception):
    """Another task has taken the place of this one."""


@dataclass
class Desk:
    """The work of one process. `wanted()`: whether the task that it has is still wanted."""

    tell: Tell
    wanted: Callable[[], bool]
    _kept: "tuple[object, Kept] | None" = field(default=None, init=False)
    _terrains: dict[Path, Terrain] = field(default_factory=dict[Path, Terrain], init=False)

    def do(self, task: Task) -> None:
        """Do it, and tell what comes of it; the last that is told is an Answer."""
        try:
            self.tell(Answer(self._done(task)))
        except Superseded:
            self.tell(Answer())
        except Exception as error:
            self.tell(Wrong(slips_of(error)))
            self.tell(Answer())

    def _done(self, task: Task) -> object:
        match task:
            case Drawing():
                return self._draw(task)
            case Saving():
                return self._save(task)
            case Asking():
                return self._loss(task)

    def _draw(self, task: Drawing) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", Remark)
            script = self._read(task)
            with script.placing():
                solution = self._solve(script)
                player = pipeline.play(script.scene, solution)
        self._terrains.pop(task.scene, None)  # the newest stands last
        self._terrains[task.scene] = solution.terrain
        for scene in [*self._terrains][:-_MOST_TERRAINS]:
            del self._terrains[scene]
        remarks = tuple(dict.fromkeys(str(each.message) for each in caught))
        more = _more(script, solution, task.settings)
        self._stop_if_unwanted()
        self.tell(Picture(draft(player, more), "draft", remarks))
        self.tell(Picture(whole(player, self._frames(player.frames()), more), "full", remarks))

    def _read(self, task: Drawing) -> Script:
        script = read(task.scene, task.settings, trust=task.trust)
        self.tell(Inputs(tuple(each.resolve() for each in script.inputs)))
        self._stop_if_unwanted()
        return script

    def _solve(self, script: Script) -> Solution:
        """With what is kept of it as it was before: only while the files that it names stay."""
        made_of = script.origin.name, script.facts
        if self._kept is None or self._kept[0] != made_of:
            self._kept = made_of, Kept(_MOST_KEPT)
        return pipeline.solve(script.scene, effort=Effort(watch=self._hear, kept=self._kept[1]))

    def _hear(self, what: str, done: int, count: int) -> None:
        self._stop_if_unwanted()
        self.tell(Stage(what, done, count))

    def _frames(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        for frame in frames:
            self._stop_if_unwanted()
            yield frame

    def _stop_if_unwanted(self) -> None:
        if not self.wanted():
            raise Superseded

    def _save(self, task: Saving) -> str:
        """The file that was written."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            script = self._read(task.drawing)
            target = task.folder / f"{script.name}{task.ending}"

            def watched(frames: Any, count: int) -> Iterator[Frame]:
                for done, frame in enumerate(frames, start=1):
                    self.tell(Stage("frames", done, count))
                    yield frame

            pipeline.render(script, [target], progress=watched, settings={})
        return str(target)

    def _loss(self, task: Asking) -> float | None:
        """The loss there; None where it is no finite number, or that scene is not at hand."""
        terrain = self._terrains.get(task.scene)
        if terrain is None:
            return None
        height = terrain.heights(np.array([task.x]), np.array([task.y]))[0]
        return float(height) if np.isfinite(height) else None


def slips_of(error: Exception) -> tuple[Slip, ...]:
    """What the page tells of an error: each mistake of a scene at its place."""
    if isinstance(error, SceneError):
        return tuple(map(_slip, error.lines))
    if isinstance(error, AnimateError):
        return (Slip(str(error)),)
    if isinstance(error, MemoryError):
        return (Slip("there was not enough memory; make the picture smaller or the clip shorter"),)
    return (Slip(f"this is a mistake of the program, please report it: {sentence(error)}"),)


def _slip(line: str) -> Slip:
    found = _PLACED.fullmatch(line)
    if found is None:
        return Slip(line)
    return Slip(found["text"], int(found["line"]), int(found["column"]))


def _more(script: Script, solution: Solution, settings: Sequence[str]) -> dict[str, Any]:
    """What the page of the workshop is told beside what any page is. What `settings` decide cannot
    be moved: the file would say it in vain."""
    decided = {re.split(r"[.=]", each)[0] for each in settings}
    start = getattr(script.scene, "start", None)
    movable = (
        hasattr(script.scene, "start")
        and "start" not in decided
        and (
            start is None or (isinstance(start, tuple) and len(start) == 1)  # pyright: ignore[reportUnknownArgumentType]
        )
    )
    places = solution.trajectories.positions
    first = places[0, 0, 0] if movable and places.size else None
    return {
        "version": version_of(script.origin.document.text),
        "start": None if first is None else [float(each) for each in first],
        **({"cameras": []} if "panels" in decided else {}),
    }
