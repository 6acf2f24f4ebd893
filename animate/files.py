"""Files that others have made: none that blocks or never ends, and no more than is wanted. Also
the folder in which the program keeps files of its own."""

import os
import stat
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryFile

from animate.errors import UsageError

SCENE_ENDINGS = (".yaml", ".yml")
"""How the name of a file with a scene ends."""

LARGEST = 256_000_000
"""Bytes of a file that a scene names: a million rows of a table are a fifth of it."""

_PIECE = 1 << 20


class Unreadable(UsageError):
    """A file that is not read; the sentence goes on from its name."""


class TooLong(Unreadable):
    """A file with more bytes than are read of one."""


def cache_folder() -> Path | None:
    """The folder of results and compiled code: $ANIMATE_CACHE, else the user's cache folder.

    None for a user without a home, as in a container: nothing is kept then.
    """
    if chosen := os.environ.get("ANIMATE_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("animate", appauthor=False)
    except (RuntimeError, KeyError):
        return None
    return folder if folder.is_absolute() else None


def why_unwritable(folder: Path) -> str | None:
    """Why no file can be written into `folder`, which is made if there is none; None: one can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or str(error)


def check(path: Path, most: int = LARGEST) -> None:
    """Whether `path` is an ordinary file of at most `most` bytes. Raises Unreadable."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise Unreadable("there is no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreadable(f"cannot be read ({why})") from None
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable("is a folder; name a file")
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("is not an ordinary file")
    if found.st_size > most:
        raise TooLong(f"the file has {found.st_size} bytes, and at most {most} are read")


def contents(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, at most `most`. Raises Unreadable."""
    check(path, most)
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror})") from None
    if len(data) > most:
        raise TooLong(f"the file has more than the {most} bytes that are read")
    return data


def check_table(path: Path, rows: int, longest: int = 1000) -> None:
    """Whether a text file has a header and at most `rows` lines, of at most `longest` bytes.

    It is found out piece by piece, before anything is made of the file. Raises Unreadable.
    """
    check(path)
    lines, filled, begun = 0, 0, 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                parts = piece.replace(b"\r", b"\n").split(b"\n")
                begun += len(parts[0])
                if max(begun, *map(len, parts)) > longest:
                    raise Unreadable(f"has a line of more than {longest} characters")
                if len(parts) > 1:
                    filled += bool(begun) + sum(map(bool, parts[1:-1]))
                    begun = len(parts[-1])
                lines += len(parts) - 1
                if filled > rows + 1 or lines > 2 * rows + 2:
                    raise Unreadable(f"is too large: at most {rows:,} rows are read")
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror})") from None


def fingerprint(paths: Iterable[Path]) -> str:
    """What changes when the contents of any of the files do."""
    digest = sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                digest.update(file_digest(file, "sha256").digest())
        except OSError:
            digest.update(b"missing")
    return digest.hexdigest()[:20]
