"""Rows of numbers, written to a file as they are computed: what a killed run has written is there.

A file belongs to the process that holds its lock, which the system drops with the process. Where
another one holds it, or nothing can be written, the rows are in a file without a name.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

import numpy as np

from animate.errors import AnimateError
from animate.files import cache_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MOST = 8_000_000_000
"""Bytes of all files of rows that are kept; beyond, those that were used longest ago go."""
_SUFFIX = ".rows"
_FLOAT32 = 4


class Rows:
    """`wanted` rows of `width` float32 numbers, kept under `key`; `count` of them are there.

    Without a key they are not kept; with `fresh` those that were are forgotten.
    """

    def __init__(self, key: str | None, width: int, wanted: int, *, fresh: bool = False) -> None:
        self.width, self.wanted = width, wanted
        folder = cache_folder()
        self.place = None if folder is None or key is None else folder / f"{key}{_SUFFIX}"
        if fresh and self.place is not None:
            with suppress(OSError):
                self.place.unlink()
        file = _opened(self.place, wanted * width * _FLOAT32)
        self.kept = file is not None
        self._file = file or tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # see finalize
        finalize(self, self._file.close)
        self._file.seek(0, os.SEEK_END)
        self.count = min(self._file.tell() // self._bytes, wanted)
        if self.count < wanted:
            self.cut(self.count)

    @property
    def whole(self) -> bool:
        """Whether all rows are there."""
        return self.count >= self.wanted

    def cut(self, count: int) -> None:
        """Forget all rows but the first `count`."""
        self.count = count
        self._file.truncate(count * self._bytes)

    def append(self, rows: np.ndarray) -> None:
        """Write the next `rows` [n, width]. Raises AnimateError where there is no room for them."""
        self._file.seek(self.count * self._bytes)
        left = memoryview(np.ascontiguousarray(rows, np.float32).tobytes())
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            self.cut(self.count)
            folder, named = Path(tempfile.gettempdir()), "TMPDIR"
            if self.kept and self.place is not None:
                folder, named = self.place.parent, "ANIMATE_CACHE"
            size = self.wanted * self._bytes / 1e6
            raise AnimateError(
                f"{folder}: {size:,.2g} MB of results cannot be written ({error.strerror}); make "
                f"room there, or choose another folder by {named}"
            ) from error
        self.count += len(rows)

    def read(self, rows: np.ndarray | None = None, columns: slice | None = None) -> np.ndarray:
        """Some `rows` [n] (by themselves all that are there), and `columns` of them, float32."""
        first, end, _ = (columns or slice(None)).indices(self.width)
        numbers = np.arange(self.count) if rows is None else rows
        if end - first == self.width and len(numbers) and np.all(np.diff(numbers) == 1):
            self._file.seek(int(numbers[0]) * self._bytes)
            data = self._bytes_of(len(numbers) * self._bytes)
            return np.frombuffer(data, np.float32).reshape(len(numbers), self.width)
        found = np.empty((len(numbers), end - first), np.float32)
        for k, number in enumerate(numbers):
            self._file.seek(int(number) * self._bytes + first * _FLOAT32)
            found[k] = np.frombuffer(self._bytes_of((end - first) * _FLOAT32), np.float32)
        return found

    def _bytes_of(self, count: int) -> bytes:
        """The next `count` bytes: the system gives at most 2 GB at once."""
        parts: list[bytes] = []
        while count > 0 and (part := self._file.read(count)):
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    @property
    def _bytes(self) -> int:
        return self.width * _FLOAT32


def _opened(place: Path | None, size: int) -> io.FileIO | None:
    """The file at `place`, to be read if it has all `size` bytes, else to be written by this
    process alone; None where it cannot be had."""
    if place is None:
        return None
    try:
        if place.is_file() and place.stat().st_size >= size:
            os.utime(place)
            return place.open("rb", buffering=0)
        place.parent.mkdir(parents=True, exist_ok=True)
        _make_room(place, size)
        file = place.open("r+b" if place.exists() else "w+b", buffering=0)
    except OSError:
        return None
    if _locked(file):
        return file
    file.close()
    return None


def _make_room(place: Path, size: int) -> None:
    """Remove the files of rows that were used longest ago until `size` bytes more may be kept."""
    others = [(each.stat(), each) for each in place.parent.glob(f"*{_SUFFIX}") if each != place]
    total = size + sum(stat.st_size for stat, _ in others)
    for stat, each in sorted(others, key=lambda pair: pair[0].st_mtime):
        if total <= MOST:
            return
        with suppress(OSError):
            each.unlink()
            total -= stat.st_size


def _locked(file: io.FileIO) -> bool:
    """Whether this process has the file for itself, until it is closed."""
    lock: Callable[[], object]
    if sys.platform == "win32":
        file.seek(1 << 40)  # a lock there keeps nobody from reading
        lock = lambda: msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # noqa: E731
    else:
        lock = lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # noqa: E731
    try:
        lock()
    except OSError:
        return False
    return True
