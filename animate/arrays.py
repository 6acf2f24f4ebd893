"""Arrays in an .npz file, whose headers are believed only after they were checked."""

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
        except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
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
                array = np.lib.format.read_array(member, allow_pickle=False)
                with np.errstate(over="ignore"):  # beyond float64 a value is infinite
                    return array.astype(np.float64)

    def _check(self, name: str, member: IO[bytes], most: int, bound: str) -> None:
        with self._undamaged(name):
            read_header = {
                (1, 0): np.lib.format.read_array_header_1_0,
                (2, 0): np.lib.format.read_array_header_2_0,
            }[np.lib.format.read_magic(member)]
            try:
                shape, _, dtype = read_header(member)
            except Exception as error:  # NumPy parses it as Python, and fails in as many ways
                raise ValueError from error
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
        except (KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
            raise UsageError(f"{self._path}: the array {name!r} is damaged") from None


@contextmanager
def arrays(path: Path) -> Iterator[Arrays]:
    """The arrays in the file `path`, as long as it is open. Raises UsageError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Arrays(path, archive)
    except zipfile.BadZipFile:
        raise UsageError(f"{path} is not an .npz file; write it with numpy.savez") from None
