"""`story:` captions, windows to look at, pauses and speeds, from step to step."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, Strict, model_validator

from animate.errors import Mistake
from animate.figure import Panel
from animate.figure.story import ZOOM, Story
from animate.figure.story import Window as Whole
from animate.figure.timeline import Beat, Timeline
from animate.scene.diagnostics import validation_error
from animate.scene.parts import Interval, Part, Point, Positive, Window, in_order
from animate.scene.text import Drawn

FINEST = 1e-4
"""The smallest share of the window's side that may fill the panel."""
LONGEST = 3600
"""Seconds of movement, as for `timing.seconds`."""


class Near(Part):
    """A square around a point, whose sides are `within` away from it."""

    around: Annotated[Point, Field(examples=[[0.5, 1]])]
    within: Positive


class StoryEntry(Part):
    """What happens at step `at`: a caption, a window to look at, a pause, another speed."""

    at: Annotated[int, Field(ge=0)]
    say: Annotated[Drawn, Field(max_length=400)] | None = None
    focus: Literal["none"] | Annotated[Window, in_order("focus")] | Near | None = None
    pause: Annotated[Positive, Field(le=600)] | None = None
    speed: Annotated[Positive, Field(le=100)] | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.model_fields_set - {"at"}:
            raise ValueError("nothing happens there; give it say, focus, pause or speed")
        return self


def _ascending(story: tuple[StoryEntry, ...]) -> tuple[StoryEntry, ...]:
    found = [
        Mistake((k, "at"), f"must be after step {before}, where the entry before is, got {at}")
        for k, (before, at) in enumerate(pairwise(each.at for each in story), start=1)
        if at <= before
    ]
    if found:
        raise validation_error(found, story)
    return story


StoryEntries = Annotated[
    tuple[StoryEntry, ...], Strict(False), Field(max_length=100), AfterValidator(_ascending)
]


def paced(entries: Sequence[StoryEntry], timeline: Timeline) -> Timeline:
    """`timeline` with the pauses and speeds of the story, and time for its last zoom."""
    if not entries:
        return timeline
    beats = [Beat(each.at, each.pause or 0.0, each.speed) for each in entries]
    clock = replace(timeline, beats=tuple(beats))
    begun = max((clock.second_of(each.at) for each in entries if each.focus), default=-ZOOM)
    missing = begun + ZOOM - clock.length
    return replace(clock, beats=(*beats, Beat(clock.steps, missing))) if missing > 0 else clock


def build_story(entries: Sequence[StoryEntry], timeline: Timeline, whole: Whole) -> Story:
    """Captions and windows by the seconds of `timeline`, over a terrain in the window `whole`."""
    if not entries:
        return Story()
    shots = [
        (timeline.second_of(each.at), whole if each.focus == "none" else _shot(each.focus, whole))
        for each in entries
        if each.focus is not None
    ]
    return Story(
        captions=tuple(
            (timeline.second_of(each.at), each.say) for each in entries if each.say is not None
        ),
        shots=((0.0, whole), *shots) if shots else (),
    )


def _shot(focus: Window | Near, whole: Whole) -> Whole:
    """The smallest window around `focus` with the shape of the whole one, inside of it."""
    parts = list(zip(_box(focus), whole, strict=True))
    share = min(max((high - low) / (most - least) for (low, high), (least, most) in parts), 1.0)
    x, y = (_grown(*part, share) for part in parts)
    return (x, y)


def _box(focus: Window | Near) -> Window:
    if not isinstance(focus, Near):
        return focus
    (x, y), reach = focus.around, focus.within
    return ((x - reach, x + reach), (y - reach, y + reach))


def _grown(inner: Interval, outer: Interval, share: float) -> Interval:
    """An interval `share` as long as `outer`, around the middle of `inner`, and within `outer`."""
    length = share * (outer[1] - outer[0])
    low = (inner[0] + inner[1] - length) / 2
    low = min(max(low, outer[0]), outer[1] - length)
    return (low, low + length)


def story_mistakes(
    entries: Sequence[StoryEntry], timeline: Timeline, whole: Whole
) -> Iterator[Mistake]:
    """The mistakes of a story over `timeline`, on a surface in the window `whole`."""
    yield from out_of_time(entries, timeline)
    yield from out_of_sight(entries, whole)


def out_of_time(entries: Sequence[StoryEntry], clock: Timeline) -> Iterator[Mistake]:
    """The mistake of every entry before the first step or after the last; else that of a story that
    is too long."""
    outside = False
    for k, at in enumerate(each.at for each in entries):
        if at > clock.steps:
            why = f"must be at most {clock.steps}, the last step, got {at}"
        elif at < clock.first:
            why = f"must be at least {clock.first}, the first step, got {at}"
        else:
            continue
        outside = True
        yield Mistake(("story", k, "at"), why)
    if not outside and clock.length > LONGEST:
        length = f"{clock.length:,.0f} seconds; at most {LONGEST:,} are allowed"
        yield Mistake(("story",), f"pauses and slow motion make the movement last {length}")


def not_shown(entries: Sequence[StoryEntry], panels: Iterable[Panel]) -> Iterator[Mistake]:
    """The mistake of a focus where no panel turns to it."""
    asked = [k for k, each in enumerate(entries) if each.focus is not None]
    if asked and not any(panel.traits.focuses for panel in panels):
        why = "there is no 'contour' among the panels, and no other follows; leave it out"
        yield Mistake(("story", asked[0], "focus"), why)


def out_of_sight(entries: Sequence[StoryEntry], whole: Whole) -> Iterator[Mistake]:
    """The mistake of every focus outside of the window, or too small for a picture of it."""
    for k, each in enumerate(entries):
        if each.focus is None or each.focus == "none" or len(whole) == 1:
            continue  # no panel follows over one variable, which is said elsewhere
        inner = each.focus
        sides = [(at, at) for at in inner.around] if isinstance(inner, Near) else inner
        if any(
            low < least or high > most
            for (low, high), (least, most) in zip(sides, whole, strict=True)
        ):
            ends = ", ".join(f"[{low:g}, {high:g}]" for low, high in whole)
            yield Mistake(("story", k, "focus"), f"must lie in the window [{ends}]")
        elif _side(_shot(inner, whole)) < FINEST * _side(whole):
            why = f"must not be smaller than 1/{1 / FINEST:.0f} of the window"
            yield Mistake(("story", k, "focus"), why)


def _side(window: Whole) -> float:
    return window[0][1] - window[0][0]
