"""The interface of writers: open one file, add the frames, close it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, ClassVar

from animate.figure.clip import Clip, Frame


class Writer(ABC):
    """One file in the making. The keyword-only arguments of `__init__` are the format's options.

    The frames are shared by all writers of a run: none may change their arrays.
    `notes` are sentences for the user about what the format could not take as it was.
    `size_reductions`: options that make the file smaller and the picture worse, step by step.
    """

    size_reductions: ClassVar[Sequence[Mapping[str, object]]] = ()

    def __init__(self) -> None:
        self.notes: list[str] = []

    @abstractmethod
    def open(self, clip: Clip, path: Path) -> None:
        """Begin the file at `path`, which no other writer uses until it is closed."""

    @abstractmethod
    def add(self, frame: Frame) -> None:
        """Take the next frame."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file: it is whole when this returns."""

    @abstractmethod
    def abort(self) -> None:
        """Close the unfinished file; may be called at any time, and repeatedly."""


class ByteWriter(Writer):
    """A writer that composes its file itself, byte by byte."""

    _file: BinaryIO | None = None

    @property
    def file(self) -> BinaryIO:
        if self._file is None:
            raise RuntimeError("the writer is not open")
        return self._file

    @file.setter
    def file(self, file: BinaryIO) -> None:
        self._file = file

    def abort(self) -> None:
        if self._file is not None:
            with suppress(OSError):  # what is still to be written finds the disk full again
                self._file.close()


def exact(number: float) -> Fraction:
    """The fraction nearest to a decimal such as 29.97, with a denominator up to 100 000."""
    return Fraction(number).limit_denominator(100_000)


def nearest(number: Fraction) -> int:
    """The nearest whole number, halves upwards, so that equal steps are rounded alike."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def starts(clip: Clip, ticks: int) -> list[int]:
    """When each picture begins, and when the clip ends, in whole `ticks` of a second.

    Each is rounded by itself, so that rounding never adds up: [frames + 1] numbers.
    """
    fps, end = exact(clip.fps), exact(clip.duration)
    times = [nearest(Fraction(ticks * i) / fps) for i in range(clip.frames)]
    return [*times, nearest(ticks * end)]
