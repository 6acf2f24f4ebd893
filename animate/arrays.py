"""Arrays in an .npz file, whose headers are believed only after they were checked."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import IO, TYPE_CHECKING

from animate._lazy import lazy
from animate.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways in which NumPy writes; the others may need any amount of memory to begin with."""
_HEADER = 10_000
"""Bytes of an array's header; NumPy itself writes some hundred."""
_PIECE = 1 << 20
"""Bytes that are read of a file at once: its list of arrays is one piece."""
_LONGEST = 1 << 62
"""What a side of an array is shorter than: beyond it, NumPy counts with numbers that end."""


class Arrays:
    """The arrays of one file, read one by one."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        self.names = tuple(entry.removesuffix(".npy") for entry in archive.namelist())

    def read(self, name: str, most: int, bound: str) -> "np.ndarray":
        """The numbers named `name`, as float64, at most `most` of them; `bound` says that.

        Raises UsageError.
        """
        try:
            packed = self._archive.getinfo(f"{name}.npy").compress_type in _PACKED
            member = self._archive.open(f"{name}.npy") if packed else None
        except (KeyError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
            raise UsageError(f"{self._path}: the array {name!r} cannot be read: {error}") from None
        if member is None:
            raise UsageError(
                f"{self._path}: the array {name!r} is packed in a way that is not read; write it "
                "with numpy.savez"
            )
        with member:
            self._check(name, member, most, bound)
            with self._undamaged(name):
                member.seek(0)
                array = np.lib.format.read_array(
                    member, allow_pickle=False, max_header_size=_HEADER
                )
                with np.errstate(over="ignore"):  # beyond float64 a value is infinite
                    return array.astype(np.float64)

    def _check(self, name: str, member: IO[bytes], most: int, bound: str) -> None:
        with self._undamaged(name):
            shape, dtype = _header(member)
        if dtype.hasobject:
            raise UsageError(
                f"{self._path}: {name} holds Python objects, which are not read; save numbers"
            )
        if dtype.kind not in "buif":
            raise UsageError(f"{self._path}: {name} must hold real numbers, got {dtype}")
        if prod(shape) > most:
            raise UsageError(f"{self._path} is too large: {bound}")

    @contextmanager
    def _undamaged(self, name: str) -> Iterator[None]:
        try:
            yield
        except (ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
            raise UsageError(f"{self._path}: the array {name!r} is damaged") from None


def _header(member: IO[bytes]) -> "tuple[tuple[int, ...], np.dtype]":
    """The shape and the type of numbers that an array in the .npy format begins with.

    The length of the header is looked at before the header is read (numpy.lib.format: two bytes in
    version 1.0, four in 2.0 and 3.0, the lowest first). Raises ValueError.
    """
    version = np.lib.format.read_magic(member)
    size = {(1, 0): 2, (2, 0): 4, (3, 0): 4}.get(version)
    if size is None:
        raise ValueError
    length = member.read(size)
    if int.from_bytes(length, "little") > _HEADER:
        raise ValueError
    begin = io.BytesIO(length + member.read(int.from_bytes(length, "little")))
    lib = np.lib.format
    read_header = lib.read_array_header_1_0 if size == 2 else lib.read_array_header_2_0
    try:
        shape, _, dtype = read_header(begin, max_header_size=_HEADER)
    except Exception as error:  # NumPy parses it as Python, and fails in as many ways
        raise ValueError from error
    if not all(type(side) is int and 0 <= side < _LONGEST for side in shape):
        raise ValueError
    return shape, dtype


class _TooLong(zipfile.BadZipFile):
    """A part of a file is longer than a piece."""


class _InPieces(io.BufferedReader):
    """A file that is read in pieces, whatever length it says that its parts have."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _PIECE:
            raise _TooLong
        return super().read(size)


@contextmanager
def arrays(path: Path) -> Iterator[Arrays]:
    """The arrays in the file `path`, as long as it is open. Raises UsageError."""
    with _InPieces(io.FileIO(path)) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _TooLong:
            raise UsageError(
                f"{path}: the list of its arrays has more than the {_PIECE:,} bytes that are read, "
                "some 10,000 arrays; write fewer into a file"
            ) from None
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise UsageError(f"{path} is not an .npz file; write it with numpy.savez") from None
        with archive:
            yield Arrays(path, archive)
