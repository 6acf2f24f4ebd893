"""Scenes as the command line names them: by their files, or by files that carry them."""

import sys
from collections.abc import Sequence
from pathlib import Path

from animate.errors import SceneError, UsageError
from animate.scene.carried import read_or_carried
from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script, read_text
from animate.scene.yaml import MAX_BYTES

_STANDARD_INPUT = ("-", "/dev/stdin")
"""Names for what comes through a pipe; the files that it names are looked for from here."""


def script(
    path: Path, settings: Sequence[str] = (), *, trust: Trust = NO_TRUST, source: bool = True
) -> Script:
    """The scene in a scene file, on standard input, or inside a rendered file.

    `source`: whether what is made of it carries the scene, and so may take the place of that file.
    """
    if is_piped(path):
        return _piped(settings, trust)
    return read_or_carried(path, settings, trust=trust, source=source)


def is_piped(path: Path) -> bool:
    """Whether that is the scene on standard input."""
    return str(path) in _STANDARD_INPUT


def _piped(settings: Sequence[str], trust: Trust) -> Script:
    """The scene on standard input. Raises SceneError and UsageError."""
    try:
        text = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"<stdin>: cannot be read ({error.strerror})") from None
    if len(text) > MAX_BYTES:
        raise SceneError([f"<stdin>:1:1: there are more than the {MAX_BYTES} bytes that are read"])
    return read_text(text, "<stdin>", settings, trust=trust)


def once(scenes: Sequence[Path]) -> list[Path]:
    """Every scene as it is spelled first."""
    found = dict[tuple[Path, Path], Path]()
    for each in scenes:
        found.setdefault(_file(each), each)
    return list(found.values())


def _file(scene: Path) -> tuple[Path, Path]:
    """The file itself, and the folder and name by which it is called, however they are spelled."""
    try:
        return scene.resolve(), scene.parent.resolve() / scene.stem
    except (OSError, RuntimeError, ValueError):  # what is wrong is told when it is read
        return scene, scene


def is_one_scene(one: Script, other: Script) -> bool:
    """Whether both were read from one file, a link perhaps, and name the same files from there."""
    same = Path(one.origin.name).resolve() == Path(other.origin.name).resolve()
    return same and one.facts == other.facts
