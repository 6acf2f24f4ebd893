"""The scene in its own file, or inside a file that was made of it."""

from collections.abc import Sequence
from pathlib import Path

from animate.errors import UsageError
from animate.files import SCENE_ENDINGS
from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script, read, read_text


def read_or_carried(
    path: Path, settings: Sequence[str] = (), *, trust: Trust = NO_TRUST, source: bool = True
) -> Script:
    """The scene in the file `path`, whose name ends as a scene's does, or in a rendered file.

    `source`: whether what is made of it carries the scene, and so may take the place of that file.
    Raises as `read`, and UsageError where a file carries no scene.
    """
    if path.suffix.lower() in SCENE_ENDINGS or not path.is_file():
        return read(path, settings, trust=trust)
    from animate.writers.source import NoPicture, read_source

    inputs = () if source else (path,)
    try:
        text = read_source(path).text
    except NoPicture as error:
        raise UsageError(f"{error}; the name of a scene ends in .yaml or .yml") from None
    return read_text(text, str(path), settings, trust=trust, inputs=inputs, inside=True)
