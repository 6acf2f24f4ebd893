"""Where files may be written: all that would stop them is found before anything is computed."""

import os
import shutil
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from animate.errors import UsageError
from animate.writers.numbered import Numbered

NEEDED = 0.003
"""Bytes that a pixel of a frame takes at least in any format: less than half of what flat pictures
take in the smallest."""
_MANY = 10_000
"""Files of a numbered name that are thought of where it is not known how many there will be."""


def check_places(
    targets: Sequence[Path],
    inputs: Collection[Path] = (),
    size: float = 0,
    frames: int | None = 1,
) -> None:
    """Whether a file can be written at every target. Raises UsageError.

    That is where two targets are one file, where one is a file of `inputs`, which are read, where a
    folder, a permission or a device is in the way, or where fewer than `size` bytes are free. A
    numbered name stands for `frames` files; None: how many is not known yet.
    """
    taken = set[Path]()
    for target in targets:
        for file, place in _places(target, frames):
            if place in taken:
                raise UsageError(f"{file}: is named twice; each file can be written only once")
            taken.add(place)
            for each in inputs:
                if _same(place, each):
                    raise UsageError(f"{file}: the scene reads this file; write another")
        _check_folder(target, size)


def real_place(target: Path) -> Path:
    """Where `target` is, links followed. Raises UsageError where no file can be.

    Of a numbered name it is the place beside which its files are: these are not looked at.
    """
    with _naming(target):
        if Numbered.of(target):
            return target.parent.resolve() / target.name
    return _file_place(target)


def _places(target: Path, frames: int | None) -> Iterator[tuple[Path, Path]]:
    """The files that `target` stands for, and where each is.

    Of a numbered name, only those that are there need a look, and the longest name.
    """
    numbered = Numbered.of(target)
    if numbered is None:
        yield target, _file_place(target)
        return
    beside = real_place(target).parent
    with _naming(target):
        there = numbered.there()
    count = _MANY if frames is None else frames
    looked_at = {number for number in there if frames is None or number < frames}
    for number in sorted({*range(count), *looked_at}):
        file = numbered.file(number)
        if number in looked_at or number == count - 1:
            yield file, _file_place(file)
        else:
            yield file, beside / file.name


def _file_place(target: Path) -> Path:
    with _naming(target):
        place = target.resolve()
        if place.is_dir():
            raise UsageError(
                f"{target}: is a folder; name a file in it, such as {target / 'clip.gif'}"
            )
        if place.exists() and not place.is_file():
            raise UsageError(f"{target}: is not an ordinary file")
        if place.exists() and not os.access(place, os.W_OK):
            raise UsageError(f"{target}: may not be overwritten: permission denied")
    return place


@contextmanager
def _naming(target: Path) -> Generator[None]:
    """A context that says of what stops a look at `target` that it cannot be its name."""
    try:
        yield
    except UsageError:
        raise
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, a loop of links, NUL
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{target}: cannot be the name of a file: {why}") from error


def _check_folder(target: Path, size: float) -> None:
    """Whether the folder of `target` takes a file of `size` bytes, or can be made."""
    folder = next(each for each in real_place(target).parents if each.exists())
    if not folder.is_dir():
        raise UsageError(
            f"{target}: its folder cannot be made: {folder} is a file; name a file elsewhere"
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{target}: cannot write in {folder}: permission denied")
    room = shutil.disk_usage(folder)
    if not room.total:
        _try_folder(target, folder)
    elif room.free < size:
        free, needed, unit = room.free // 1000, size // 1000, "kB"
        if free == needed:
            free, needed, unit = room.free, size, "bytes"
        raise UsageError(
            f"{target}: there is no room for it: {free:,} {unit} are free, and it takes "
            f"{needed:,.0f} {unit} or more"
        )


def _try_folder(target: Path, folder: Path) -> None:
    """Whether a file can be made in a folder that does not tell what room it has, as /proc."""
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(f"{target}: cannot write in {folder}: {error.strerror}") from error


def _same(place: Path, other: Path) -> bool:
    with suppress(OSError, RuntimeError):
        return place == other.resolve() or (place.exists() and place.samefile(other))
    return False
