"""What happens to runs, each kind of event in one wording, for sentences and for pictures."""

from collections.abc import Sequence

import numpy as np

from animate.figure import Noted, View
from animate.sources.description.events import Event, EventKind, events
from animate.sources.description.outcomes import Outcome
from animate.text import Words

_TELLING = (
    "diverges", "strays", "stalls", "leaves upwards", "leaves", "saddle", "maximum", "reaches",
    "reaches a local minimum", "reaches a floor", "reaches a higher floor", "nearer", "overshoots",
    "overshoots a local minimum", "plateau",
)  # fmt: skip
"""What happens to a run, that first which says most of it."""


_REACHES = ("reaches", "reaches a local minimum", "reaches a floor", "reaches a higher floor")


def clause(words: Words, kind: str, place: str, lasts: bool, names: str, count: int) -> str:
    """What `count` runs, the `names`, do; `place` is where. Both may be ""."""
    match kind:
        case "reaches":
            said = words.clause("reaches", count, names=names, place=place)
        case "reaches a local minimum":
            said = words.clause("reaches a local minimum", count, names=names, place=place)
        case "reaches a floor":
            said = words.clause("reaches a floor", count, names=names)
        case "reaches a higher floor":
            said = words.clause("reaches a higher floor", count, names=names)
        case "overshoots":
            said = words.clause("overshoots", count, names=names, place=place)
        case "overshoots a local minimum":
            said = words.clause("overshoots a local minimum", count, names=names, place=place)
        case "diverges":
            said = words.clause("diverges", count, names=names)
        case "strays":
            said = words.clause("strays", count, names=names)
        case "leaves":
            said = words.clause("leaves", count, names=names)
        case "leaves upwards":
            said = words.clause("leaves upwards", count, names=names)
        case "nearer":
            said = words.clause("nearer", count, names=names)
        case _:
            said = _stay(words, kind, place, lasts, names, count)
    return said.strip()


def _stay(words: Words, kind: str, place: str, lasts: bool, names: str, count: int) -> str:
    """As `clause`, beside a saddle or a maximum or on a plateau."""
    if kind == "plateau":
        if lasts:
            return words.clause("stalls on a plateau", count, names=names)
        return words.clause("lingers on a plateau", count, names=names)
    at = words("saddle", place=place) if kind == "saddle" else words("maximum", place=place)
    if lasts:
        return words.clause("stalls at", count, names=names, at=at.strip())
    return words.clause("lingers at", count, names=names, at=at.strip())


def named_at(words: Words, name: str, event: Event, *more: Event) -> str:
    """The name with the steps of the events, or with the first one of what is over at once or
    lasts."""
    if more:
        every = event, *more
        spans = [f"{each.first}–{each.last}" if each.last else f"{each.first}" for each in every]
        return words("in several steps", name=name, spans=", ".join(spans))
    if event.last is None:
        return words("at step", name=name, step=event.first)
    return words("in steps", name=name, first=event.first, last=event.last)


def noted(
    view: View, outcomes: Sequence[Outcome], kinds: Sequence[EventKind] | None
) -> tuple[tuple[Noted, ...], ...]:
    """What the picture says of each run where it happens: its events of these `kinds`; None: of all
    of them those that say most, but nothing of minima that runs reach while one that has reached
    none ends lower."""
    end = view.timeline.steps
    away = min((each.height for each in outcomes if not each.reached), default=np.inf)
    known = [events(outcome, end) for outcome in outcomes]
    if kinds is None:
        known = [
            [each for each in own if each.kind not in _REACHES or outcome.height <= away]
            for own, outcome in zip(known, outcomes, strict=True)
        ]
        told = _one_each(known)
    else:
        told = [[each for each in own if each.group in kinds] for own in known]
    return tuple(
        tuple(_noted(view, k, each, outcomes[k].height) for each in own)
        for k, own in enumerate(told)
    )


def _one_each(known: Sequence[Sequence[Event]]) -> list[list[Event]]:
    """Of each run's events the one that says most, and those that are told of another: what is said
    of one run is said of all to which it happens, so that none seems to be the only one."""
    told: list[list[Event]] = [[] for _ in known]
    alike: dict[tuple[str, bool], dict[int, Event]] = {}
    for k, own in enumerate(known):
        for each in own:
            alike.setdefault((each.kind, each.lasts), {}).setdefault(k, each)
    for runs in sorted(alike.values(), key=lambda runs: _telling(next(iter(runs.values())))):
        if not all(told[k] for k in runs):
            for k, each in runs.items():
                told[k].append(each)
    return told


def _telling(event: Event) -> int:
    return _TELLING.index("stalls" if event.lasts else event.kind)


def _noted(view: View, k: int, event: Event, height: float) -> Noted:
    """The event as its steps and its clause, from when it is over, or at the end where it lasts:
    until then nobody knows."""
    words, paths = view.words, view.trajectories
    known = view.timeline.steps if event.lasts else event.last or event.first
    at = tuple(map(float, paths.at(paths.positions, (event.first + known) // 2)[k, 0]))
    if event.at is not None and event.kind in ("saddle", "maximum"):
        at = event.at
    one, several = (clause(words, event.kind, "", event.lasts, "", count) for count in (1, 2))
    lines = named_at(words, view.names[k], event), one
    return Noted(known, at, lines, several, event.kind in _REACHES, height)
