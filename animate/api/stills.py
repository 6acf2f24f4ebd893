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
from animate.figure.strip import Moments
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
    if count is not None and not isinstance(count, SupportsIndex):
        raise UsageError(f"count: must be a whole number, got {count!r}")
    with in_keywords():
        return Moments(None if count is None else index(count), _seconds_of(at))


def _seconds_of(at: object) -> tuple[float, ...]:
    """The moments that `at` names. Raises UsageError where one is of no clip."""
    if not isinstance(at, Iterable) or isinstance(at, str):
        raise UsageError(f"at: must be a list of seconds, got {at!r}")
    return tuple(map(second_of, cast("Iterable[object]", at)))


def second_of(at: object) -> float:
    """The moment that `at` is. Raises UsageError where it is of no clip."""
    if isinstance(at, bool) or not isinstance(at, SupportsFloat):
        raise UsageError(f"at: must be a number of seconds, got {at!r}")
    second = float(at)
    if not (isfinite(second) and second >= 0):
        raise UsageError(f"at: must be 0 seconds or more, got {second:g}")
    return second
