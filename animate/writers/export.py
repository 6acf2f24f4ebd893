"""A stage to files: what a writer needs to know, stills as vectors, and a limit on the size."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from animate import writers
from animate.errors import Mistake, UnfitScene
from animate.figure import Player
from animate.figure.clip import Clip, Frame
from animate.scene.output import OutputPart
from animate.writers import Written
from animate.writers.budget import DoesNotFit
from animate.writers.source import embedded
from animate.writers.vector import pdf_facts, sign_svg

VECTOR = (".svg", ".pdf")

Watch = Callable[[Iterable[Frame], int], Iterable[Frame]]


@dataclass(frozen=True)
class Provenance:
    """What travels inside a file: the scene's text, if any, and the settings beside it."""

    source: str | None
    settings: Mapping[str, Any]

    def clip(self, stage: Player) -> Clip:
        """What a writer knows of `stage` before its first frame."""
        timeline, (width, height) = stage.view.timeline, stage.view.pixels
        return Clip(
            width=width,
            height=height,
            frames=timeline.frames,
            fps=timeline.fps,
            duration=timeline.duration,
            loop=timeline.loop,
            picture=stage.picture,
            inks=stage.inks(),
            moving=stage.moving,
            source=self.source,
            settings=self.settings,
            description=stage.view.description,
        )


def deliver(
    staged: Callable[[float, float], Player],
    targets: Sequence[Path],
    wrapping: Provenance,
    output: OutputPart,
    watch: Watch,
) -> list[Written]:
    """Write every target from one pass over the frames; .svg and .pdf: the last frame.

    `staged(fps share, scale)` sets the stage, at (1, 1) as asked for: a file with a limit on its
    size may need a smaller one. `watch` sees the frames go by.
    """
    stage = staged(1.0, 1.0)
    clip = wrapping.clip(stage)
    moving = [path for path in targets if path.suffix.lower() not in VECTOR]
    stills = [path for path in targets if path not in moving]
    options = {path: output.options(path) for path in moving}
    written: list[Written] = []
    if output.max_size is not None:
        written = [
            _within(int(output.max_size), path, options[path], staged, wrapping, watch)
            for path in moving
        ]
    elif moving:
        written = list(writers.write_all(clip, watch(stage.frames(), clip.frames), options))
    return written + [write_vector(stage, path, clip.frames - 1, clip) for path in stills]


def _within(limit, path, options, staged, wrapping, watch) -> Written:
    def attempt(fps: float, scale: float) -> tuple[Clip, Iterable[Frame]]:
        stage = staged(fps / whole.view.timeline.fps, scale)
        clip = wrapping.clip(stage)
        return clip, watch(stage.frames(), clip.frames)

    whole = staged(1.0, 1.0)
    fps = whole.view.timeline.fps
    try:
        return writers.write_within(limit, attempt, path, fps=fps, **options)
    except DoesNotFit as error:
        raise UnfitScene([Mistake(("output", "max_size"), str(error))]) from error


def write_frame(stage: Player, path: Path, frame: int, wrapping: Provenance) -> Written:
    """Write one frame as .png, .svg or .pdf."""
    if path.suffix.lower() in VECTOR:
        return write_vector(stage, path, frame, wrapping.clip(stage))
    return writers.write(wrapping.clip(stage), [Frame(stage.picture(frame), None)], path)


def write_vector(stage: Player, path: Path, frame: int, clip: Clip) -> Written:
    """Write one frame as .svg or .pdf, with what a file of `clip` carries inside it."""
    source = embedded(clip)
    said = (source, clip.description) if source else ("", "")

    def save(place: Path) -> None:
        if path.suffix.lower() == ".pdf":
            stage.save_pdf(frame, place, pdf_facts(*said))
            return
        stage.save_svg(frame, place)
        if source:
            sign_svg(place, *said)

    return writers.write_by(save, path)
