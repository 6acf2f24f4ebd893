"""Strips: a picture's panels at several moments, side by side in one still."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from animate.errors import UsageError
from animate.figure import Grid, Panel, Split, View
from animate.figure.split import unsplit
from animate.figure.story import Story
from animate.figure.timeline import Timeline
from animate.panels.formula import Formula
from animate.panels.moment import Moment
from animate.panels.text import Text
from animate.scene import RaceScene
from animate.scene.descent import DescentScene

LEAST, MOST = 2, 12
_ACROSS = 6
"""More moments than this go on in a further row."""
_SHARE = 0.4
"""Of the scene's width, for a panel of the strip; where panels stand side by side each has less."""
_ALONE = 1.2
"""A panel without others beside it has the legend there, which takes about so much of a panel."""
_SHAPE, _STRETCH = 1.25, 1.15
"""The width over the height that is aimed at, and how far that of a window may be stretched."""
_ROUND, _BESIDE, _ABOVE, _BELOW, _APART = (6.0, 7.5), 1.2, 2.4, 3.0, 1.6
"""Room in type sizes: around the strip, beside a panel, above it, below it, around a paragraph."""
_FINER = 0.8
"""Lines and heads are so much finer than in one picture of the strip's size."""


@dataclass(frozen=True)
class Moments:
    """Which moments: `count` of them evenly over the movement, or those at `seconds`.

    Raises UsageError where there are too few or too many.
    """

    count: int | None = None
    seconds: Sequence[float] = ()

    def __post_init__(self) -> None:
        number = self.count if self.count is not None else len(self.seconds)
        if not LEAST <= number <= MOST:
            raise UsageError(f"--strip: a strip has {LEAST} to {MOST} moments, got {number}")
        if self.seconds and number != len(self.seconds):
            raise UsageError(
                f"--strip {number}: --at is given {len(self.seconds)} times; "
                "give it as often, or leave one of the two out"
            )

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the picture depends on beside the scene."""
        return {"at": list(self.seconds)} if self.seconds else {"strip": self.count}

    def last(self, timeline: Timeline) -> int:
        """The frame of the latest moment."""
        return max(frame for frame, _ in self.on(timeline))

    def on(self, timeline: Timeline) -> list[tuple[int, int]]:
        """The frame and the whole step of each. Raises UsageError where two show the same step."""
        frames: list[float] = [timeline.frame_at(second) for second in self.seconds]
        if not frames:
            last, count = timeline.frames - 1, self.count or LEAST
            frames = [k * last / (count - 1) for k in range(count)]
        steps = [round(timeline.step_at(frame)) for frame in frames]
        for step in steps:
            if steps.count(step) > 1:
                raise UsageError(
                    f"--strip {len(steps)}: two of the moments show step {step}; "
                    "ask for fewer, or choose others with --at"
                )
        return list(zip(map(round, frames), steps, strict=True))


def check_strip(scene: Any, moments: Moments) -> None:
    """Raises UsageError where the scene shows several values, or two moments would be alike."""
    if not isinstance(scene, DescentScene):
        return
    sweep = scene.sweep if isinstance(scene, RaceScene) else None
    if sweep is None or sweep.layout == "race":
        moments.on(scene.timeline(scene.steps))
        return
    if sweep.layout == "grid":
        raise UsageError(
            "--strip: the sweep's values stand side by side already; with 'as: race' there would "
            "be room for moments"
        )
    raise UsageError(
        "--strip: a film shows one value after the other; 'as: grid' shows them side by side"
    )


def strip(
    rows: Grid[Panel | Split], view: View, moments: Moments
) -> tuple[Grid[Panel | Split], View]:
    """The panels at every moment, those of one moment in a column, and the view to show them in.

    What is words only stands below, once. The picture is as large as its panels need.
    """
    told = moments.on(view.timeline)
    parts = list(rows.cells())
    words = [part for part in parts if isinstance(unsplit(part), Text | Formula)]
    moving = [part for part in parts if part not in words]
    if not moving:
        raise UsageError("--strip: the picture is words only, the same at every moment")
    lines = -(-len(told) // _ACROSS)
    across = -(-len(told) // lines)
    finer = replace(view.theme, line=_FINER * view.theme.line)
    view = replace(view, theme=finer, pixels=_pixels(rows, moving, words, view, (across, lines)))
    blocks = [told[first : first + across] for first in range(0, len(told), across)]
    made: list[list[Panel | Split | None]] = []
    for number, block in enumerate(blocks):
        made_of = _lines(moving, view, block, last=len(told) - across * (number + 1))
        made.extend([*line, *[None] * (across - len(line))] for line in made_of)
    whole: Grid[Panel | Split] = Grid(made)
    if words:
        whole = Grid([[whole], *[[unsplit(part)] for part in words]])
    return whole, replace(view, story=Story())


def _lines(
    parts: Sequence[Panel | Split], view: View, block: Sequence[tuple[int, int]], *, last: int
) -> Iterator[list[Panel]]:
    """The rows of a block of moments: one for each panel, one for what the story says meanwhile.

    Below it stand as many moments as `last` says, or as many less as it is below zero.
    """
    kinds = list(_kinds(parts, view))
    apart = bool(view.story.shots)
    for number, (panel, shown, name) in enumerate(kinds):
        continued = any(panel is below for below, *_ in kinds[number + 1 : number + 2])
        yield [
            Moment(
                panel=copy(panel),
                shown=shown,
                whole=view,
                title=_title(view, step) if number == 0 else "",
                leftmost=apart or column == 0,
                lowest=apart or not (continued or (len(kinds) == 1 and column < last)),
                frame=frame,
                step=step,
                row=name,
            )
            for column, (frame, step) in enumerate(block)
        ]
    seconds = [view.timeline.second_at(frame) for frame, _ in block]
    captions = [view.story.caption_at(second)[0] for second in seconds]
    if any(captions):
        yield [Text(say=caption) for caption in captions]


def _kinds(parts: Sequence[Panel | Split], view: View) -> Iterator[tuple[Panel, View, str]]:
    """Every panel with what it sees; one that is split once for each optimizer, with its name."""
    for part in parts:
        if isinstance(part, Split):
            for k, name in enumerate(view.names):
                yield part.panel, view.only(k), name
        else:
            yield part, view, ""


def _title(view: View, step: int) -> str:
    return f"{view.clock or view.words('step')} {view.words.number(step)}"


def _pixels(
    rows: Grid[Panel | Split],
    moving: Sequence[Panel | Split],
    words: Sequence[Panel | Split],
    view: View,
    shape: tuple[int, int],
) -> tuple[int, int]:
    """The size of the strip: each panel a share of the scene's width, and room for the words."""
    from matplotlib.backends.backend_agg import RendererAgg

    across, lines = shape
    beside = max(len(row) for row in rows.rows)
    width = _SHARE * view.pixels[0] * (_ALONE / beside if beside > 1 else 1.0)
    panels = [panel for panel, _, _ in _kinds(moving, view)]
    heights = sum(width / _aspect(panel, view) for panel in panels)
    view = replace(view, pixels=(round(across * width), round(lines * heights)))
    em, pen = view.type("label"), RendererAgg(1, 1, 72)

    def tall(said: Panel, wide: float) -> float:
        return (said.height(pen, view, wide) or 0.0) + _APART * em

    named = len(panels) if len(panels) > 1 or lines == 1 else 0
    high = heights + em * (_ABOVE + _BELOW * named)
    high += max((tall(Text(say=said), width) for _, said in view.story.captions if said), default=0)
    whole = lines * high + sum(tall(unsplit(part), across * width) for part in words)
    wide = across * (width + _BESIDE * em)
    return round(wide + _ROUND[0] * em), round(whole + _ROUND[1] * em)


def _aspect(panel: Panel, view: View) -> float:
    """The width over the height of a panel's axes."""
    if not panel.follows_focus():
        return _SHAPE
    (left, right), (bottom, top) = view.terrain.window
    alike = (right - left) / (top - bottom)
    return min(max(_SHAPE, alike / _STRETCH), alike * _STRETCH) if 0.5 <= alike <= 2 else _SHAPE
