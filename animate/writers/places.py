"""Where files may be written: all that would stop them is found before anything is computed."""

import os
import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from animate.errors import UsageError

NEEDED = 0.003
"""Bytes that a pixel of a frame takes at least in any format: less than half of what flat pictures
take in the smallest."""


def check_places(targets: Sequence[Path], inputs: Collection[Path] = (), size: float = 0) -> None:
    """Whether a file can be written at every target. Raises UsageError.

    That is where two targets are one file, where one is a file of `inputs`, which are read, where a
    folder, a permission or a device is in the way, or where fewer than `size` bytes are free.
    """
    places = [real_place(target) for target in targets]
    for target, place in zip(targets, places, strict=True):
        if places.count(place) > 1:
            raise UsageError(f"{target}: is named twice; each file can be written only once")
        for each in inputs:
            if _same(place, each):
                raise UsageError(f"{target}: the scene reads this file; write another")
        folder = next(each for each in place.parents if each.exists())
        if not folder.is_dir():
            raise UsageError(
                f"{target}: its folder cannot be made: {folder} is a file; name a file elsewhere"
            )
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError(f"{target}: cannot write in {folder}: permission denied")
        free = shutil.disk_usage(folder).free
        if free < size:
            raise UsageError(
                f"{target}: there is no room for it: {free // 1000:,} kB are free, and it takes "
                f"{size // 1000:,.0f} kB or more"
            )


def real_place(target: Path) -> Path:
    """Where `target` is, links followed. Raises UsageError where no file can be."""
    try:
        place = target.resolve()
        if place.is_dir():
            raise UsageError(
                f"{target}: is a folder; name a file in it, such as {target / 'clip.gif'}"
            )
        if place.exists() and not place.is_file():
            raise UsageError(f"{target}: is not an ordinary file")
        if place.exists() and not os.access(place, os.W_OK):
            raise UsageError(f"{target}: may not be overwritten: permission denied")
    except UsageError:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, a loop of links, NUL
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{target}: cannot be the name of a file: {why}") from error
    return place


def _same(place: Path, other: Path) -> bool:
    with suppress(OSError, RuntimeError):
        return place == other.resolve() or (place.exists() and place.samefile(other))
    return False
