"""One frame, or several moments side by side: to a target, or as a picture."""

from collections.abc import Callable, Iterable
from math import isfinite
from operator import index
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import SupportsFloat, SupportsIndex, cast

from animate.api.keywords import in_keywords
from animate.api.picture import Picture
from animate.api.progress import progress
from animate.api.targets import Target, places
from animate.errors import UsageError
from animate.figure.strip import LEAST, MOST, Moments
from animate.registry import clipped
from animate.scene.diagnostics import shown
from animate.scene.yaml.scalars import fits
from animate.watch import Effort
from animate.writers import Written
from animate.writers.formats import STILLS
from animate.writers.source import read_source

Make = Callable[..., Written]
"""(path, source=…, effort=…): writes a still there."""


def still_of(
    name: str, make: Make, target: Target | None, format: str | None, source: bool
) -> Picture | Written:
    """What `make` makes of the scene of that name: written to `target`, or a picture."""
    if target is not None:
        return _written(name, make, target, format, source)
    with TemporaryDirectory(prefix="animate-") as folder:
        path = Path(folder, "scene.png")
        _written(name, make, path, None, source=True)
        return Picture(path.read_bytes(), read_source(path).description)


def _written(name: str, make: Make, target: Target, format: str | None, source: bool) -> Written:
    with in_keywords(), places([target], format, STILLS) as there:
        with progress(name) as told:
            made = make(target=there.paths[0], source=source, effort=Effort(watch=told))
        (written,) = there.deliver([made])
    return written


def moments_of(count: object, at: object) -> Moments:
    """The moments of a strip. Raises UsageError where they are none."""
    if count is None:
        number = None
    else:
        try:
            number = index(cast("SupportsIndex", count))
        except TypeError:
            raise UsageError(f"count: must be a whole number, got {_told(count)}") from None
        if not fits(number):
            raise UsageError(f"count: a strip has {LEAST} to {MOST} moments, got {_told(number)}")
    with in_keywords():
        return Moments(number, _seconds_of(at))


def _seconds_of(at: object) -> tuple[float, ...]:
    """The moments that `at` names. Raises UsageError where one is of no clip."""
    if isinstance(at, str) or _shape(at) == () or not isinstance(at, Iterable):
        raise UsageError(f"at: must be a list of seconds, got {_told(cast('object', at))}")
    return tuple(map(second_of, cast("Iterable[object]", at)))


def second_of(at: object) -> float:
    """The moment that `at` is. Raises UsageError where it is of no clip."""
    try:
        if isinstance(at, bool) or not isinstance(at, SupportsFloat) or _shape(at):
            raise TypeError
        second = float(at)
    except (TypeError, ValueError, OverflowError):
        raise UsageError(f"at: must be a number of seconds, got {_told(at)}") from None
    if not (isfinite(second) and second >= 0):
        raise UsageError(f"at: must be 0 seconds or more, got {second:g}")
    return second


def _shape(value: object) -> object:
    """That of an array or a number of its; None of what is none."""
    return getattr(value, "shape", None)


def _told(value: object) -> str:
    """A value as Python says it, on one line, shortened."""
    if isinstance(value, int) and not isinstance(value, bool):
        return shown(value)
    return clipped(" ".join(repr(value).split()))
