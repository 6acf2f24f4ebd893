"""What is asked of the process that draws, and what it tells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from animate.scene.context import NO_TRUST, Trust

Quality = Literal["draft", "full"]


@dataclass(frozen=True)
class Drawing:
    """A scene to be drawn, with settings as `--set` takes them."""

    scene: Path
    settings: tuple[str, ...] = ()
    trust: Trust = NO_TRUST


@dataclass(frozen=True)
class Saving:
    """A scene to be written as a file in `folder`, in the format of an ending such as .gif."""

    drawing: Drawing
    ending: str
    folder: Path


@dataclass(frozen=True)
class Asking:
    """The loss at a place of the scene that was drawn last."""

    scene: Path
    x: float
    y: float


Task = Drawing | Saving | Asking


@dataclass(frozen=True)
class Slip:
    """A mistake in a scene, with line and column from 1, if it has a place in the text."""

    text: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Inputs:
    """The files that a scene was made of."""

    files: tuple[Path, ...]


@dataclass(frozen=True)
class Stage:
    """How far long work is: what is done, how much of it, of how much."""

    what: str
    done: int
    count: int


@dataclass(frozen=True)
class Picture:
    """A clip packed for the page, and what was remarked while it was made."""

    data: bytes
    quality: Quality
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """Why there is no picture."""

    slips: tuple[Slip, ...]


@dataclass(frozen=True)
class Answer:
    """The end of a task: what was asked for, if anything was."""

    value: object = None


Told = Inputs | Stage | Picture | Wrong | Answer
