"""Files from frames: drawn in this thread, compressed in others, complete or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from animate.figure.clip import Clip, Frame
from animate.writers.numbered import Numbered
from animate.writers.overlap import Worker
from animate.writers.places import check_places
from animate.writers.staging import Staging
from animate.writers.writer import Writer


@dataclass(frozen=True)
class Written:
    """A finished file: its path, its size in bytes (of all its files), and notes for the user."""

    path: Path
    size: int
    notes: tuple[str, ...] = ()


def make(
    clip: Clip,
    frames: Iterable[Frame],
    targets: Sequence[tuple[Path, Writer]],
    limit: int | None = None,
) -> list[Written]:
    """Write the frames to every target. They appear together at the end, or none does.

    Raises TooLargeError as soon as a target has more than `limit` bytes.
    """
    check_places([path for path, _ in targets], frames=clip.frames)
    with ExitStack() as stack:
        stagings = [stack.enter_context(Staging(path)) for path, _ in targets]
        workers = [
            stack.enter_context(Worker(writer, clip, staging, limit))
            for staging, (_, writer) in zip(stagings, targets, strict=True)
        ]
        for frame in frames:
            for worker in workers:
                worker.put(frame)
        for worker in workers:
            worker.finish()
        written = [
            Written(path, staging.size(), (*writer.notes, *left_beyond(path, clip.frames)))
            for staging, (path, writer) in zip(stagings, targets, strict=True)
        ]
        for staging in stagings:
            staging.commit()
    return written


def left_beyond(path: Path, frames: int) -> Iterator[str]:
    """What is told of pictures beyond the `frames` that a numbered name stands for."""
    numbered = Numbered.of(path)
    if numbered is None:
        return
    beyond = [file for number, file in numbered.there().items() if number >= frames]
    if beyond:
        more = f" and {len(beyond) - 1} more beyond it were" if len(beyond) > 1 else " was"
        yield (
            f"{path}: ends with {numbered.file(frames - 1).name}; {beyond[0].name}{more} there "
            "before and left as found"
        )
