"""From the outcomes of the runs to sentences, in the picture's language.

Names stand in the nominative, so that no language has to inflect them.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from math import floor, isfinite, log10
from typing import Any, TypeVar

import numpy as np

from animate.figure import View
from animate.figure.text.plain import plain
from animate.networks.landscape import Landscape
from animate.simulate.search import NEAR
from animate.sources.description.answers import MOST, longest_steps
from animate.sources.description.clauses import clause, named_at
from animate.sources.description.critical import Point
from animate.sources.description.events import Event, disagree, events
from animate.sources.description.outcomes import Outcome, outcomes_of
from animate.sources.description.shares import shares_told

_DIGITS, _MOST_DIGITS = 3, 15
"""Of a number that is told."""

Group = TypeVar("Group", bound=Hashable)


def narrate(view: View, title: str, swept: str = "", known: Sequence[Outcome] = ()) -> str:
    """Two or three sentences on what happens in `view`, whose picture has that title, or "".

    `swept` says which optimizers run, where the view has some values of a film only; `known` are
    the outcomes of its runs, if somebody has them.
    """
    return _told(view, title, swept, known).removeprefix(": ")


def _told(view: View, title: str, swept: str, known: Sequence[Outcome]) -> str:
    """The sentences, the first of which begins with the title and a colon."""
    words, paths = view.words, view.trajectories
    title = plain(title)
    network = isinstance(view.result, Landscape)
    if view.result is not None and not network:
        return f"{title}. {view.finding}" if title else view.finding
    names = [plain(name) for name in view.names]
    optimizers = names[0] if len(names) == 1 else words.counted("optimizer", len(names))
    optimizers = plain(swept) or optimizers
    steps = words.counted("step", view.timeline.updates)
    if paths.prescribed:
        first = words("answers to a signal", title=title, optimizers=optimizers, steps=steps)
        return f"{first} {longest_steps(paths, names, words)}"
    sentences = _Sentences(view, names)
    if network:
        first = words("training of a network", title=title, optimizers=optimizers, steps=steps)
        return f"{first} {sentences.last_losses(paths.losses[:, 0, -1])}"
    runs = paths.ends.shape[1]
    if runs > 1:
        starts = words.counted("start", runs)
        first = words(
            "runs from several starts",
            title=title,
            optimizers=optimizers,
            starts=starts,
            steps=steps,
        )
        return " ".join([first, *shares_told(view, names, sentences.point)])
    first = sentences.starts(title, optimizers, steps)
    named = list(zip(names, known or outcomes_of(view), strict=True))
    parts = (first, sentences.events(named), sentences.early_ends(), *sentences.remains(named))
    return " ".join(part for part in parts if part)


class _Sentences:
    """The sentences about one view, whose optimizers are called `names`."""

    def __init__(self, view: View, names: Sequence[str]) -> None:
        self._view, self._names, self.words = view, names, view.words
        self._digits = -floor(log10(NEAR * view.terrain.diagonal / 10))

    def point(self, at: Point | np.ndarray, *, exact: bool = False) -> str:
        """A place, rounded to a tenth of the distance that counts as near."""
        told = [float(each) if exact else round(float(each), self._digits) + 0.0 for each in at]
        return self.words.place(told)

    def starts(self, title: str, optimizers: str, steps: str) -> str:
        """What runs and from where: paths that were recorded may begin each in its own place."""
        words, places = self.words, self._view.trajectories.positions[:, 0, 0]
        starts = [self.point(place, exact=True) for place in places]
        if len(set(starts)) == 1:
            return words(
                "runs from one start",
                title=title,
                optimizers=optimizers,
                start=starts[0],
                steps=steps,
            )
        groups = _grouped(zip(starts, self._names, strict=True))
        each = [
            words("own start", names=self._list(names), place=start)
            for start, names in [*groups.items()][:MOST]
        ]
        if len(groups) > MOST:
            each.append(words("and others", count=len(groups) - MOST))
        told = "; ".join(each)
        return words(
            "runs from own starts", title=title, optimizers=optimizers, steps=steps, each=told
        )

    def events(self, named: Sequence[tuple[str, Outcome]]) -> str:
        """What happens to the runs, in the order of time: what they reach, where they stay,
        whether they leave or diverge. Neighbours in time that do the same share a clause; where
        those would be too many, all that do the same."""
        end = self._view.timeline.steps
        found = sorted(
            ((name, event) for name, each in named for event in events(each, end)),
            key=lambda pair: pair[1].first,
        )
        pairs = [(self._does(event), (name, event)) for name, event in found]
        groups = [
            (does, [each for _, each in alike]) for does, alike in groupby(pairs, lambda p: p[0])
        ]
        if len(groups) > MOST:
            groups = [*_grouped(pairs).items()]
        told = [
            (does, [named_at(self.words, name, *alike) for name, alike in _grouped(those).items()])
            for does, those in groups
        ]
        return _sentence(
            clause(self.words, *does, self._list(names), len(names)) for does, names in told
        )

    def _does(self, event: Event) -> tuple[str, str, bool]:
        """What events must have in common to share a clause."""
        return event.kind, self.point(event.at) if event.at else "", event.lasts

    def early_ends(self) -> str:
        """Where recorded paths end that are shorter than others."""
        paths = self._view.trajectories
        each = [
            self.words("at step", name=name, step=int(end))
            for name, end, lost in zip(self._names, paths.ends[:, 0], paths.lost[:, 0], strict=True)
            if end < paths.last_step and not lost
        ]
        return self.words("recording ends", each=self._list(each)) if each else ""

    def remains(self, named: Sequence[tuple[str, Outcome]]) -> list[str]:
        """How far from a minimum the runs end that are away from all: the distances, or the losses
        where no minimum is known; both where the nearest run is not the lowest."""
        end = self._view.timeline.steps
        away = [(name, each) for name, each in named if each.ends_away(end)]
        groups = _grouped(
            ((self.point(each.nearest[0]), each.local), (name, each.nearest[1]))
            for name, each in away
            if each.nearest is not None
        )
        sentences = [
            self.words("far from local", place=place, each=self._values(values))
            if local
            else self.words("far away", place=place, each=self._values(values))
            for (place, local), values in groups.items()
        ]
        low = [pair for pair in named if pair[1].reached or pair in away] if groups else []
        if not disagree([each for _, each in low]):
            low = away if not groups or disagree([each for _, each in away]) else []
        if low:
            losses = [(name, each.loss) for name, each in low]
            sentences.append(self.words("last loss", each=self._values(losses)))
        return sentences

    def last_losses(self, losses: Sequence[float] | np.ndarray) -> str:
        """The loss of each optimizer at its end; those that have none diverge."""
        pairs = [(name, float(loss)) for name, loss in zip(self._names, losses, strict=True)]
        known = [pair for pair in pairs if isfinite(pair[1])]
        lost = [name for name, loss in pairs if not isfinite(loss)]
        said: list[str] = []
        if lost:
            diverges = clause(self.words, "diverges", "", False, self._list(lost), len(lost))
            said.append(_sentence([diverges]))
        said += [self.words("last loss", each=self._values(known))] if known else []
        return " ".join(said)

    def _values(self, values: Sequence[tuple[str, float]]) -> str:
        words, digits = self.words, self._told_apart([value for _, value in values])
        return self._list(
            [words("each", name=name, value=words.number(value, digits)) for name, value in values]
        )

    def _told_apart(self, values: Sequence[float]) -> int:
        """Digits of the values: as many as it takes to tell them apart where an offset has most."""
        enough = (
            digits
            for digits in range(_DIGITS, _MOST_DIGITS)
            if len({f"{value:.{digits}g}" for value in values}) == len({*values})
        )
        return next(enough, _DIGITS) if self._view.terrain.raised else _DIGITS

    def _list(self, names: Sequence[str]) -> str:
        """The names with commas and an "and"; from a number on only the first of them, and how
        many more there are."""
        shown = list(names[: MOST if len(names) > MOST + 1 else None])
        if len(shown) < len(names):
            shown.append(self.words("and others", count=len(names) - len(shown)))
        *before, last = shown
        return self.words("last of list", before=", ".join(before), last=last) if before else last


def _grouped(pairs: Iterable[tuple[Group, Any]]) -> dict[Group, list[Any]]:
    """The second parts of all pairs with the same first part, in their order."""
    groups: dict[Group, list[Any]] = {}
    for group, item in pairs:
        groups.setdefault(group, []).append(item)
    return groups


def _sentence(clauses: Iterable[str]) -> str:
    text = "; ".join(clauses)
    return f"{text}." if text else ""
