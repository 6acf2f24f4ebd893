"""Frames → file: a table from endings to writers, and the ways to use them.

A writer of clips is a class with `open`, `add` and `close` in a file of its own, and a line in the
table of formats.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from animate.errors import AnimateError, UsageError
from animate.figure.clip import Clip, Frame
from animate.registry import Entry, hint
from animate.writers.budget import Attempt, DoesNotFit, check_size, fitted
from animate.writers.formats import FORMATS, formats, holds, writer_of
from animate.writers.landing import land
from animate.writers.making import Written, make
from animate.writers.staging import Staging
from animate.writers.writer import Writer

__all__ = [
    "FORMATS",
    "DoesNotFit",
    "Written",
    "formats",
    "holds",
    "land",
    "write",
    "write_all",
    "write_by",
    "write_within",
    "writer_for",
    "writer_of",
]


def writer_for(path: Path, options: Mapping[str, object] | None = None) -> Writer:
    """The writer of the format that `path` ends in, with its options.

    Raises UsageError for an unknown ending or option and for a value out of its bounds.
    """
    kind = writer_of(path, "clip")
    chosen = options or {}
    known = Entry(path.suffix, kind).options
    for name in chosen:
        if name not in known:
            raise UsageError(
                f"{path}: {path.suffix} has no option {name!r}.{hint(name, list(known))}"
            )
    return kind(**chosen)


def write(clip: Clip, frames: Iterable[Frame], path: Path, **options: object) -> Written:
    """Write `frames` to `path` in the format of its ending, whole or not at all.

    Raises UsageError where the name, an option or the place cannot be, AnimateError where the
    writing fails on the way; then whatever was at `path` before is still there.
    """
    return write_all(clip, frames, {path: options})[0]


def write_all(
    clip: Clip, frames: Iterable[Frame], targets: Mapping[Path, Mapping[str, object]]
) -> Sequence[Written]:
    """As `write`, for several files with their options, from one pass over the frames."""
    return make(clip, frames, [(path, writer_for(path, o)) for path, o in targets.items()])


def write_by(save: Callable[[Path], None], path: Path, limit: int | None = None) -> Written:
    """Let `save` write one file, which then appears at `path` whole or not at all.

    Raises DoesNotFit where it has more than `limit` bytes.
    """
    with Staging(path) as staging:
        try:
            save(staging.path)
        except OSError as error:
            raise AnimateError(f"{path}: could not be written: {error.strerror}") from error
        size = staging.size()
        if limit is not None:
            check_size(path, size, limit)
        staging.commit()
    return Written(path, size)


def write_within(
    limit: int, attempt: Attempt, path: Path, *, fps: float, **options: object
) -> Written:
    """As `write`, with at most `limit` bytes: fewer colors, then fewer frames, then smaller.

    `attempt(fps, scale)` gives the clip and its frames at a rate and a share of the full size.
    The notes of the result say what was given up. Raises DoesNotFit where nothing is small enough.
    """
    size_reductions = [
        step for step in writer_of(path, "clip").size_reductions if not step.keys() & options.keys()
    ]
    return fitted(
        limit,
        attempt,
        path,
        fps,
        lambda step: writer_for(path, {**options, **step}),
        size_reductions,
    )
