"""A player to files: what a writer needs to know, stills as vectors, and a limit on the size."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from animate import writers
from animate.figure.clip import Clip, Frame
from animate.figure.player import Player
from animate.writers import Written, holds, writer_of
from animate.writers.source import embedded

Progress = Callable[[Iterable[Frame], int], Iterable[Frame]]
"""Given frames and their number, the same frames, counted as they go by."""


@dataclass(frozen=True)
class Provenance:
    """What travels inside a file: the scene's text, if any, and the settings beside it."""

    source: str | None
    settings: Mapping[str, object]

    def clip(self, player: Player) -> Clip:
        """What a writer knows before the first frame."""
        timeline, (width, height) = player.view.timeline, player.view.pixels
        return Clip(
            width=width,
            height=height,
            frames=player.count,
            fps=timeline.fps,
            duration=timeline.duration,
            loop=timeline.loop,
            picture=player.picture,
            pinned_colors=player.pinned_colors(),
            moving=player.moves,
            source=self.source,
            settings=self.settings,
            description=player.view.description,
            reading=player.reading,
        )


def check_formats(
    targets: Sequence[Path], options: Callable[[Path], Mapping[str, object]] = lambda _: {}
) -> None:
    """Whether every target's ending is a picture's, and its format takes `options`.

    Raises UsageError.
    """
    for path in targets:
        if not holds(path, "frame"):
            writers.writer_for(path, options(path))


def export(
    played: Callable[[float, float], Player],
    targets: Sequence[Path],
    provenance: Provenance,
    progress: Progress,
    *,
    options: Callable[[Path], Mapping[str, object]],
    limit: int | None = None,
) -> list[Written]:
    """Write every target from one pass over the frames; .svg and .pdf: the last frame.

    `played(fps share, scale)` gives the player, at (1, 1) as asked for: a file of at most `limit`
    bytes may need a smaller one. `options` are those of a file's format. Raises DoesNotFit where no
    file is small enough.
    """
    player = played(1.0, 1.0)
    clip = provenance.clip(player)
    stills = [path for path in targets if holds(path, "frame")]
    moving = {path: options(path) for path in targets if path not in stills}
    written: list[Written] = []
    if limit is not None:

        def attempt(fps: float, scale: float) -> tuple[Clip, Iterable[Frame]]:
            share = fps / clip.fps
            smaller = player if (share, scale) == (1.0, 1.0) else played(share, scale)
            made = provenance.clip(smaller)
            return made, progress(smaller.frames(), made.frames)

        written = [
            writers.write_within(limit, attempt, path, fps=clip.fps, **chosen)
            for path, chosen in moving.items()
        ]
    elif moving:
        written = list(writers.write_all(clip, progress(player.frames(), clip.frames), moving))
    return written + [write_vector(player, path, clip.frames - 1, clip, limit) for path in stills]


def write_frame(
    played: Callable[[float, float], Player],
    path: Path,
    frame: Callable[[Player], int],
    provenance: Provenance,
    limit: int | None = None,
) -> Written:
    """Write one frame, that number `frame(player)`, as .png, .svg or .pdf.

    `played` is as for `export`. Raises DoesNotFit where no picture is small enough.
    """
    player = played(1.0, 1.0)
    if holds(path, "frame"):
        return write_vector(player, path, frame(player), provenance.clip(player), limit)

    def attempt(_: float, scale: float) -> tuple[Clip, Iterable[Frame]]:
        shown = player if scale == 1.0 else played(1.0, scale)
        clip = replace(provenance.clip(shown), frames=1)
        return clip, [Frame(shown.picture(frame(shown)), None)]

    if limit is None:
        return writers.write(*attempt(1.0, 1.0), path)
    return writers.write_within(limit, attempt, path, fps=player.view.timeline.fps)


def write_vector(
    player: Player, path: Path, frame: int, clip: Clip, limit: int | None = None
) -> Written:
    """Write one frame as .svg or .pdf, with what a file of `clip` carries inside it.

    Raises DoesNotFit where it has more than `limit` bytes.
    """
    source, save = embedded(clip), writer_of(path, "frame")
    description = clip.description if source else ""
    return writers.write_by(
        lambda place: save(player, frame, place, source, description), path, limit
    )
