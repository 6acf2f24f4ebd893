"""A file within a size limit: what is given up, in which order, and the notes about it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from animate.errors import NoRoom, UsageError
from animate.figure.clip import Clip, Frame
from animate.registry import clipped
from animate.writers.formats import is_still
from animate.writers.making import Written, make
from animate.writers.overlap import TooLargeError
from animate.writers.writer import Writer

Attempt = Callable[[float, float], tuple[Clip, Iterable[Frame]]]

_RATES = (2 / 3, 1 / 2, 1 / 3)
_SLOWEST = 8  # frames a second; below, movement falls apart
_SCALES = (3 / 4, 1 / 2, 3 / 8)
_UNITS = {"": 1, "k": 1e3, "m": 1e6, "g": 1e9, "ki": 2**10, "mi": 2**20, "gi": 2**30}


class DoesNotFit(UsageError):
    """No way of saving makes the file small enough."""


@dataclass(frozen=True)
class _Try:
    size_reductions: Mapping[str, object]
    fps: float
    scale: float


def parse_size(text: str | int) -> int:
    """Bytes from `1MB`, `500 kB`, `1.5 MiB` or a plain number; kB are 1000, KiB 1024 bytes.

    Raises UsageError for anything else and for less than one byte.
    """
    match = re.fullmatch(
        r"\s*([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([kmg]?i?b?)\s*", str(text), re.IGNORECASE
    )
    unit = match and _UNITS.get(match[2].lower().removesuffix("b"))
    if match is None or unit is None or float(match[1]) * unit < 1:
        raise UsageError(
            f"must be a size such as 500kB, 1MB or 2.5 MiB, got {clipped(str(text))!r}"
        )
    return int(float(match[1]) * unit)


def in_units(size: int) -> str:
    """A number of bytes in the largest unit that fits, with three digits: 940 kB, 1.05 MB."""
    for unit, bytes_each in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= bytes_each:
            return f"{size / bytes_each:.3g} {unit}"
    return f"{size} bytes"


def fitted(
    limit: int,
    attempt: Attempt,
    path: Path,
    fps: float,
    writer: Callable[[Mapping[str, object]], Writer],
    size_reductions: Sequence[Mapping[str, object]],
) -> Written:
    """The first of the tries that stays within `limit` bytes, as `write_within` promises."""
    full, _ = attempt(fps, 1.0)
    moves = full.frames > 1 and not is_still(path)
    rates = [fps * share for share in _RATES if fps * share >= _SLOWEST and moves]
    for current in _tries(size_reductions, fps, rates):
        try:
            clip, frames = attempt(current.fps, current.scale)
            written = make(clip, frames, [(path, writer(current.size_reductions))], limit)[0]
        except (TooLargeError, NoRoom):
            continue
        given_up = _given_up(current, fps, full, clip)
        notes = [f"{path}: {what}, to stay within {in_units(limit)}" for what in given_up]
        return Written(path, written.size, (*notes, *written.notes))
    least = list(_least(size_reductions, rates))
    even = f"{', '.join(least)} and {min(_SCALES):.0%}" if least else f"{min(_SCALES):.0%}"
    remedy = "allow more, or show fewer seconds" if moves else "allow more"
    raise DoesNotFit(
        f"{path}: does not fit into {in_units(limit)}, even with {even} of the size; {remedy}"
    )


def check_size(path: Path, size: int, limit: int) -> None:
    """Whether a file that cannot be made smaller fits. Raises DoesNotFit."""
    if size > limit:
        raise DoesNotFit(
            f"{path}: does not fit into {in_units(limit)}, since {in_units(size)} are what it "
            f"takes, and {path.suffix} cannot be made smaller; allow more"
        )


def _least(
    size_reductions: Sequence[Mapping[str, object]], rates: Sequence[float]
) -> Iterator[str]:
    """What was tried in vain, each in some words."""
    if size_reductions:
        yield "the fewest colors" if "colors" in size_reductions[-1] else "the lowest quality"
    if rates:
        yield f"{rates[-1]:.3g} frames a second"


def _tries(
    size_reductions: Sequence[Mapping[str, object]], fps: float, rates: Sequence[float]
) -> Iterator[_Try]:
    """First as asked; then each saving on top of all the kinds of saving before it."""
    in_turn: list[Mapping[str, object]] = [{}, *size_reductions]
    for options in in_turn:
        yield _Try(options, fps, 1.0)
    options = in_turn[-1]
    for rate in rates:
        yield _Try(options, rate, 1.0)
    for scale in _SCALES:
        yield _Try(options, rates[-1] if rates else fps, scale)


def _given_up(current: _Try, fps: float, full: Clip, clip: Clip) -> Iterator[str]:
    """What `clip` has less of than the `full` one, each in some words."""
    if current.size_reductions:
        yield ", ".join(f"{name} is {value}" for name, value in current.size_reductions.items())
    if current.fps != fps:
        yield f"{current.fps:.3g} frames a second instead of {fps:.3g}"
    if current.scale != 1:
        yield f"{clip.width}×{clip.height} pixels instead of {full.width}×{full.height}"
