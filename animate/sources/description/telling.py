"""From what became of the runs to sentences, in the picture's language.

Names stand in the nominative, so that no language has to bend them.
"""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import numpy as np

from animate.figure import View
from animate.networks.landscape import Landscape
from animate.simulate import ends_in
from animate.simulate.basins import NEAR
from animate.sources.description.courses import Course, Stay, courses
from animate.sources.description.critical import Point
from animate.sources.description.plain import plain

_MOST = 8
"""Names in a list; more are counted."""
_MOST_PLACES = 4
"""Minima of a swarm, and swarms, that are told of."""
_FEW = 20
"""Fewer runs are counted, more are told in percent."""


def narrate(view: View, title: str) -> str:
    """Two or three sentences on what happens in `view`, whose picture has that title."""
    words, paths = view.words, view.trajectories
    title = plain(title)
    if view.result is not None and not isinstance(view.result, Landscape):
        return f"{title}. {view.finding}" if title else view.finding
    names = [plain(name) for name in view.names]
    who = names[0] if len(names) == 1 else words.counted("optimizer", len(names))
    steps = words.counted("step", view.timeline.steps)
    runs = paths.ends.shape[1]
    tell = _Teller(view, names)
    if isinstance(view.result, Landscape):
        said = words("training", title=title, who=who, steps=steps)
        return f"{said} {tell.last_losses(paths.losses[:, 0, -1])}"
    if runs > 1:
        starts = words.counted("start", runs)
        said = words("races", title=title, who=who, starts=starts, steps=steps)
        return " ".join([said, *tell.crowds()])
    start = tell.point(paths.positions[0, 0, 0], exact=True)
    became = courses(paths, view.terrain)
    said = words("race", title=title, who=who, start=start, steps=steps)
    return " ".join(each for each in (said, tell.arrivals(became), *tell.rest(became)) if each)


class _Teller:
    """The sentences about one view, whose optimizers are called `names`."""

    def __init__(self, view: View, names: Sequence[str]) -> None:
        self._view, self._names, self.words = view, names, view.words
        self._digits = -floor(log10(NEAR * view.terrain.diagonal / 10))

    def point(self, at: Point | np.ndarray, *, exact: bool = False) -> str:
        """A place, to a tenth of what is near in the window."""
        x, y = (float(each) if exact else round(float(each), self._digits) + 0.0 for each in at)
        return self.words("point", x=x, y=y)

    def arrivals(self, became: Sequence[Course]) -> str:
        """Who reaches which minimum, at which step."""
        words = self.words
        groups: dict[str, list[str]] = {}
        for name, course in zip(self._names, became, strict=True):
            if course.reached is not None:
                place, step = course.reached
                said = words("at step", who=name, step=step)
                groups.setdefault(self.point(place), []).append(said)
        clauses = [
            words("reaches", who=self._all(names), place=place)
            if len(names) == 1
            else words("reach", who=self._all(names), place=place)
            for place, names in groups.items()
        ]
        return _sentence(clauses)

    def rest(self, became: Sequence[Course]) -> list[str]:
        """Who is lost, who stays somewhere, and how far the others are from a minimum."""
        lost, left, away = [], [], []
        stays: dict[tuple[bool, str, str], list[str]] = {}
        words, end = self.words, self._view.timeline.steps
        for name, course in zip(self._names, became, strict=True):
            stalls = [stay for stay in course.stays if stay.last == end]
            for stay in course.stays:
                key = (stay in stalls, stay.kind, self.point(stay.at) if stay.at else "")
                stays.setdefault(key, []).append(self._staying(name, stay, stay in stalls))
            if course.lost is not None:
                lost.append(words("at step", who=name, step=course.lost))
            elif course.left is not None:
                left.append(words("at step", who=name, step=course.left))
            elif not course.reached and all(stay.kind == "plateau" for stay in stalls):
                away.append((name, course))
        clauses = []
        if lost:
            who = self._all(lost)
            clauses.append(words("diverge", who=who) if lost[1:] else words("diverges", who=who))
        if left:
            who = self._all(left)
            clauses.append(words("leave", who=who) if left[1:] else words("leaves", who=who))
        clauses += [self._stay(*key, names) for key, names in stays.items()]
        return [_sentence(clauses), *self._away(away)]

    def last_losses(self, losses: Sequence[float] | np.ndarray) -> str:
        """The loss of each at its end."""
        told = [(name, float(loss)) for name, loss in zip(self._names, losses, strict=True)]
        return self.words("last loss", each=self._each(told))

    def crowds(self) -> list[str]:
        """Which shares of the runs of each optimizer end in which minimum."""
        words, paths = self.words, self._view.trajectories
        minima, which = ends_in(paths, self._view.terrain)
        lost = paths.ends < paths.last_step
        sentences = []
        for k, ends in list(enumerate(which.reshape(paths.ends.shape)))[:_MOST_PLACES]:
            counts = np.bincount(ends[ends >= 0], minlength=len(minima))
            order = np.argsort(-counts, kind="stable")[:_MOST_PLACES]
            parts = [
                words(
                    "share in minimum",
                    share=self._share(counts[each], len(ends)),
                    place=self.point(minima[each]),
                )
                for each in order
                if counts[each]
            ]
            nowhere = len(ends) - counts[order].sum() - lost[k].sum()
            if nowhere:
                parts.append(words("share elsewhere", share=self._share(nowhere, len(ends))))
            if lost[k].any():
                parts.append(words("share lost", share=self._share(lost[k].sum(), len(ends))))
            sentences.append(words("shares", who=self._names[k], parts=", ".join(parts)))
        return sentences

    def _share(self, count: Any, total: int) -> str:
        if total < _FEW:
            return self.words("out of", count=int(count), total=total)
        percent = float(100 * count / total)
        return self.words("percent", value=self.words.number(percent, 3))

    def _staying(self, name: str, stay: Stay, stalls: bool) -> str:
        if stalls:
            return self.words("at step", who=name, step=stay.first)
        return self.words("in steps", who=name, first=stay.first, last=stay.last)

    def _stay(self, stalls: bool, kind: str, place: str, names: Sequence[str]) -> str:
        words, one, who = self.words, len(names) == 1, self._all(names)
        if kind == "plateau":
            if stalls:
                said = words("stalls flat", who=who) if one else words("stall flat", who=who)
            else:
                said = words("lingers flat", who=who) if one else words("linger flat", who=who)
            return said
        at = words("saddle", place=place) if kind == "saddle" else words("maximum", place=place)
        if stalls:
            return words("stalls", who=who, at=at) if one else words("stall", who=who, at=at)
        return words("lingers", who=who, at=at) if one else words("linger", who=who, at=at)

    def _away(self, away: Sequence[tuple[str, Course]]) -> list[str]:
        """How far the others are from the nearest minimum, or their losses where there is none."""
        goals: dict[str, list[tuple[str, float]]] = {}
        losses = [(name, course.loss) for name, course in away if course.nearest is None]
        for name, course in away:
            if course.nearest is not None:
                place, distance = course.nearest
                goals.setdefault(self.point(place), []).append((name, distance))
        said = [
            self.words("far away", place=place, each=self._each(told))
            for place, told in goals.items()
        ]
        return [*said, self.words("last loss", each=self._each(losses))] if losses else said

    def _each(self, told: Sequence[tuple[str, float]]) -> str:
        words = self.words
        return self._all(
            [words("each", who=name, value=words.number(value, 3)) for name, value in told]
        )

    def _all(self, names: Sequence[str]) -> str:
        """The names with commas and an "and", the last of many only counted."""
        shown = list(names[: _MOST if len(names) > _MOST + 1 else None])
        if len(shown) < len(names):
            shown.append(self.words("and others", count=len(names) - len(shown)))
        *before, last = shown
        return self.words("last of list", before=", ".join(before), last=last) if before else last


def _sentence(clauses: Sequence[str]) -> str:
    return f"{'; '.join(clauses)}." if clauses else ""
