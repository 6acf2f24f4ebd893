"""Strips: a picture's panels at several moments, side by side in one still."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from animate.errors import UsageError
from animate.figure.cells import Cell
from animate.figure.clock import Clock
from animate.figure.entry import PanelEntry
from animate.figure.facets import (
    Column,
    Entries,
    Facets,
    Row,
    above_words,
    by_words,
    clock_of,
    in_blocks,
    rows_of,
    with_dashes,
)
from animate.figure.need import STRETCH
from animate.figure.panel import Panel
from animate.figure.story import Story
from animate.figure.text.paragraph_panel import Paragraph, paragraph_height
from animate.figure.timeline import Timeline
from animate.figure.values import Values
from animate.figure.view import View

LEAST = 2
"""The fewest moments of a strip."""
MOST = 12
"""The most moments of a strip."""
_ACROSS = 6
"""The most moments in a row."""
_PANEL_SHARE = 0.4
"""The width of a panel as a share of the scene's; less where panels stand side by side."""
_LEGEND_BESIDE = 1.2
"""The room of panel and legend, in widths of a panel, where a scene's panel stands alone."""
_SHAPE = 1.25
"""The width over height that a panel should have."""
_AROUND_WIDTH = 6.0
"""Room at the left and right of the strip together, in type sizes."""
_AROUND_HEIGHT = 7.5
"""Room above and below the strip together, in type sizes."""
_BESIDE_PANEL = 1.2
"""Room beside a panel, in type sizes."""
_ABOVE_PANELS = 2.4
"""Room above a block of panels, in type sizes."""
_BELOW_PANEL = 3.0
"""Room below each panel, in type sizes."""
_AROUND_PARAGRAPH = 1.6
"""Room around a paragraph, in type sizes."""
_FINER = 0.8
"""Widths of lines and heads, as a share of those in one picture of the strip's size."""


@dataclass(frozen=True)
class Moments:
    """Which moments: `count` of them evenly over the movement, or those at `seconds`.

    Raises UsageError where there are too few or too many.
    """

    count: int | None = None
    seconds: Sequence[float] = ()

    def __post_init__(self) -> None:
        given = len(self.seconds)
        number = self.count if self.count is not None else given
        if not LEAST <= number <= MOST:
            raise UsageError(f"{self._asked}: a strip has {LEAST} to {MOST} moments, got {number}")
        if self.seconds and number != given:
            times = "once" if given == 1 else f"{given} times"
            raise UsageError(
                f"--strip {number}: --at is given {times}; "
                "give it as often, or leave one of the two out"
            )

    @property
    def _asked(self) -> str:
        """How the command line asked for them."""
        return "--at several times" if self.count is None else f"--strip {self.count}"

    @property
    def settings(self) -> Mapping[str, object]:
        """What the picture depends on beside the scene."""
        return {"at": list(self.seconds)} if self.seconds else {"strip": self.count}

    def frames(self, clock: Clock) -> list[float]:
        """The frame of each, with its fraction. Raises UsageError where two show the same."""
        timeline = clock.timeline
        check_moments(self.seconds, timeline)
        frames: list[float] = [timeline.frame_at(second) for second in self.seconds]
        if not frames:
            last, count = timeline.frames - 1, self.count or LEAST
            frames = [k * last / (count - 1) for k in range(count)]
        shown = [
            f"value {clock.group_at(frame) + 1}"
            if clock.groups
            else f"step {round(timeline.step_at(frame))}"
            for frame in frames
        ]
        for each in shown:
            if shown.count(each) > 1:
                remedy = (
                    f"choose others, or leave --at out and give --strip {len(shown)} for moments "
                    "evenly over the movement"
                    if self.count is None
                    else "ask for fewer, or choose others with --at"
                )
                raise UsageError(f"{self._asked}: two of the moments show {each}; {remedy}")
        return frames


def check_moments(seconds: Sequence[float], timeline: Timeline) -> None:
    """Whether the clip lasts until each of the `seconds`. Raises UsageError."""
    for each in seconds:
        if each > timeline.duration:
            raise UsageError(
                f"--at {each:g}: the clip lasts {timeline.duration:g} s; choose a moment within it"
            )


def strip(panels: Entries, view: View, moments: Moments, values: Values | None = None) -> Facets:
    """The panels at every moment, those of one moment in a column.

    Of a sweep whose values stand side by side every value has rows of its own; a film shows the
    value that it has come to. What is words only stands below, once. The picture is as large as its
    panels need.
    """
    if values is not None:
        view = with_dashes(view, values)
    moving, words = by_words(panels)
    if not moving:
        raise UsageError("--strip: the picture is words only, the same at every moment")
    film = values if values is not None and values.layout == "film" else None
    clock = clock_of(view, film)
    frames = moments.frames(clock)
    lines = ceil(len(frames) / _ACROSS)
    across = ceil(len(frames) / lines)
    rows = list(_rows(moving, view, values))
    beside = max(len(row) for row in panels.rows)
    shown = replace(
        view,
        theme=replace(view.theme, line=_FINER * view.theme.line),
        pixels=_pixels(rows, words, view, (across, lines), beside),
        story=replace(view.story, stretched=False),
    )
    columns = [_column(shown, clock, frame, film) for frame in frames]
    apart = bool(view.story.shots)
    cells = in_blocks(rows, columns, shown, across, apart=apart, foot=_captions)
    named = replace(values.view(shown, 0) if values else shown, story=Story())
    below = [Cell(entry, named, shown, clock) for entry in words]
    return Facets(above_words(cells, below), named, clock, counter=False)


def _column(view: View, clock: Clock, frame: float, film: Values | None) -> Column:
    """What stands at one moment, and above it the step, or the value that a film shows."""
    clock = replace(clock, frame=frame)
    if film is not None:
        number = clock.group_at(frame)
        if view.grounds:
            view, clock = view.select(film.groups[number]), clock.select(film.groups[number])
        return Column(film.titles[number], view, clock)
    step = round(view.timeline.step_at(frame))
    return Column(f"{view.counted or view.words('step')} {view.words.number(step)}", view, clock)


def _rows(entries: Sequence[PanelEntry], view: View, values: Values | None) -> Iterator[Row]:
    """A row for every panel, for every value that stands beside others, for every optimizer that
    has a panel of its own."""
    if values is None:
        yield from rows_of(entries, view)
        return
    if values.layout == "film":
        own = bool(view.grounds)  # a view of one value has each of its optimizers once
        yield from rows_of(entries, *((values.view(view, 0), None) if own else (view, values)))
        return
    for number, title in enumerate(values.titles):
        for row in rows_of(entries, values.view(view, number)):

            def narrow(view: View, clock: Clock, row: Row = row, number: int = number):
                return row.narrow(values.view(view, number), clock.select(values.groups[number]))

            yield Row(row.entry, narrow, f"{title}\n{row.name}" if row.name else title)


def _captions(block: Sequence[Column]) -> list[list[Cell | None]]:
    """A row of what the story says at each of the moments; none where it says nothing."""
    texts = [column.view.story.caption_at(column.clock.at(0).second)[0] for column in block]
    if not any(texts):
        return []
    return [
        [
            Cell(PanelEntry("text", Paragraph(say=text)), column.view, column.view, column.clock)
            for text, column in zip(texts, block, strict=True)
        ]
    ]


def _pixels(
    rows: Sequence[Row],
    words: Sequence[PanelEntry],
    view: View,
    shape: tuple[int, int],
    beside: int,
) -> tuple[int, int]:
    """The size of the strip: each panel a share of the scene's width, and room for the words.

    `shape` are the panels across and the blocks below each other, `beside` the panels that stand
    side by side in the scene.
    """
    across, lines = shape
    width = _PANEL_SHARE * view.pixels[0] * (_LEGEND_BESIDE / beside if beside > 1 else 1.0)
    heights = sum(width / _aspect(row.entry.panel, view) for row in rows)
    view = replace(view, pixels=(round(across * width), round(lines * heights)))
    em = view.type("label")

    def tall(height: float) -> float:
        return height + _AROUND_PARAGRAPH * em

    named = len(rows) if len(rows) > 1 or lines == 1 else 0
    high = heights + em * (_ABOVE_PANELS + _BELOW_PANEL * named)
    captions = [caption for _, caption in view.story.captions if caption]
    high += max((tall(paragraph_height(view, caption, width)) for caption in captions), default=0)
    whole = lines * high
    whole += sum(tall(entry.panel.height(view, across * width)) for entry in words)
    wide = across * (width + _BESIDE_PANEL * em)
    return round(wide + _AROUND_WIDTH * em), round(whole + _AROUND_HEIGHT * em)


def _aspect(panel: Panel, view: View) -> float:
    """The width over the height of a panel's axes."""
    if not panel.traits.focuses:
        return _SHAPE
    (left, right), (bottom, top) = view.terrain.window
    alike = (right - left) / (top - bottom)
    if not view.equal_units:
        return _SHAPE
    return min(max(_SHAPE, alike / STRETCH), alike * STRETCH)
