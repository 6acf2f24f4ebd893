"""Scenes as the command line names them: by their files, or by files that carry them."""

from collections.abc import Sequence
from pathlib import Path

from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script, read, read_text

SCENE_ENDINGS = (".yaml", ".yml")


def script(
    path: Path, settings: Sequence[str] = (), *, trust: Trust = NO_TRUST, source: bool = True
) -> Script:
    """The scene in a scene file, or the one inside a rendered file.

    `source`: whether what is made of it carries the scene, and so may take the place of that file.
    """
    if path.suffix.lower() in SCENE_ENDINGS or not path.is_file():
        return read(path, settings, trust=trust)
    from animate.writers.source import read_source

    inputs = () if source else (path,)
    return read_text(read_source(path).text, str(path), settings, trust=trust, inputs=inputs)


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
