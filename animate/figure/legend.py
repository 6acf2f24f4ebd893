"""The legend: names and rates, the counter, what colours mean, and the room each of them needs.

All lengths are pixels.
"""

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from itertools import pairwise

import numpy as np

from animate.figure.facets import Facets
from animate.figure.heights import height_ticks, ticks_between, told_ends
from animate.figure.text.paragraph import text_width
from animate.figure.view import Key, Mark
from animate.theme import TypeRole

ROOMY = 1.65
"""Distance from one entry to the next where there is room, in type sizes."""
SWATCH = 2.3
"""Width of the short trail before a name, in type sizes."""
KEY_HEIGHT = 0.75
"""Height of a strip of colours, in type sizes."""
APART = 2.2
"""The room for the square of a colour apart and the gap before it, in type sizes of notes."""
_KEY_WIDTH = 11.0
"""Width of all strips of colours together where there is room, in type sizes."""
_KEY_GAP = 0.6
"""The least distance between two numbers below a strip of colours, in type sizes."""
_UNDER_RULER = 0.5
"""How much lower entries stand where a ruler is above them, in type sizes."""


class Legend:
    """The words of the legend and their widths; only counter and scales of colours unless `shown`.

    `entries`: it names the optimizers. `minima_coloured`: the dots of a swarm have the colours of
    the minima in which they end.
    """

    def __init__(
        self, facets: Facets, keys: Sequence[Key], marks: Sequence[Mark], *, shown: bool
    ) -> None:
        self.view, self.film, self.keys = facets.view, facets.film, keys
        self.marks = marks if shown or facets.view.direct else ()
        self.entries = shown and not all(cell.title.optimizer for cell in facets.cells.cells())
        traits = [cell.panel.traits for cell in facets.cells.cells()]
        self.minima_coloured = any(each.names_minima for each in traits)
        self.counted = facets.counter and facets.view.counted != ""
        self.counter = self.counted

    def uncounted(self) -> "Legend":
        """The same without the counter, which stands elsewhere then."""
        other = copy(self)
        other.counter = False
        vars(other).pop("counter_width", None)
        return other

    @property
    def ruled(self) -> bool:
        """Whether a ruler stands below the counter: its updates do not all last equally long."""
        return self.counter and self.film is None and not self.view.timeline.uniform

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its entries for optimizers."""
        return self.view.names if self.entries else ()

    @property
    def changing(self) -> tuple[str, ...]:
        """The rates, value by value, of the optimizer that a film sweeps, where they differ."""
        return self.film.notes if self.film is not None else ()

    @property
    def values(self) -> tuple[str, ...]:
        """What the counter of a film shows: its values, with their rates where no entry tells."""
        assert self.film is not None
        if self.names or not self.changing:
            return self.film.texts
        both = zip(self.film.texts, self.changing, strict=True)
        return tuple(f"{text},  η = {rate}" for text, rate in both)

    @property
    def rate(self) -> str:
        """The heading above the notes, which are learning rates; "" without notes."""
        noted = bool(self.names) and any((*self.view.notes, *self.changing))
        return self.view.words("learning rate") if noted else ""

    @property
    def counts(self) -> tuple[str, str, str]:
        """The words of the counter: option or unit, the longest value, and "of" their total."""
        words, steps = self.view.words, self.view.timeline.steps
        if self.film is not None:
            longest = max(self.values, key=lambda text: self.wide(text, "label"))
            return self.film.option, longest, ""
        unit = self.view.counted or words("step")
        ends = words.number(self.view.timeline.first), words.number(steps)
        return unit, max(ends, key=len), words("of total", total=steps)

    @cached_property
    def lost(self) -> dict[int, tuple[int, str]]:
        """For each optimizer all of whose runs diverge: the step of the last one, and the note."""
        paths = self.view.trajectories
        return {
            k: (int(ends.max()), self.view.words("lost", step=int(ends.max())))
            for k, ends in enumerate(paths.ends)
            if self.film is None and paths.lost[k].all()
        }

    def key_ticks(self, key: Key, width: float) -> list[tuple[float, float, str]]:
        """The heights that are written below a strip of `width` pixels: where they are and where
        their words begin, from its left end, and the words. Those between bands that are not
        alike, or those that relief axes have, as many as there is room for, or else those of both
        ends."""
        words = self.view.words
        if key.heights is None:
            at, labels = height_ticks(key.scale, words, whole=key.whole)
        else:
            at, labels = ticks_between(key.heights, key.scale, words)
        wide = [self.wide(label, "note") for label in labels]
        begin = np.clip(at * width - np.array(wide) / 2, 0.0, width - np.array(wide))
        for every in range(1, len(labels)):
            some = range(0, len(labels), every)
            gaps = [begin[b] - begin[a] - wide[a] for a, b in pairwise(some)]
            if gaps and min(gaps) >= _KEY_GAP * self.em:
                return [(float(at[k]) * width, float(begin[k]), labels[k]) for k in some]
        low, high = self.key_numbers(key)
        return [(0.0, 0.0, low), (width, width - self.wide(high, "note"), high)]

    def key_numbers(self, key: Key) -> tuple[str, str]:
        """The values at the left and right end of the strip; "" at the left if both are equal."""
        low, high = self.view.words.numbers(told_ends(key.scale), digits=3)
        return ("" if low == high else low), high

    def key_words(self, key: Key) -> str:
        """The quantity that the colours show, and of what they are the logarithm, if of any.

        They are it of the height above the lowest one, which is the quantity itself only from 0.
        """
        words = self.view.words
        what = key.what or self.view.height_name
        if not key.scale.log:
            return what
        above = key.scale.log_above or key.within is not None  # which has one name in all windows
        return words("log above", what=what) if above else words("log scale", what=what)

    @property
    def key_height(self) -> float:
        """The height of one strip of colours and its words."""
        return 2.95 * self.view.type("note") + KEY_HEIGHT * self.em

    @property
    def em(self) -> float:
        """The type size of an entry."""
        return self.view.type("legend")

    @property
    def count(self) -> int:
        """The number of entries."""
        return len(self.names) + len(self.marks)

    @property
    def lift(self) -> float:
        """Pixels by which the entries stand higher in a legend without a counter, and lower, then
        negative, below a ruler."""
        if not self.counter:
            return self.view.type("label") + self.em
        return -_UNDER_RULER * self.em if self.ruled else 0.0

    @cached_property
    def beside_names(self) -> float:
        """The width of an entry without its name, in pixels: short trail and widest note."""
        notes = [
            *((*self.view.notes, *self.changing) if self.names else ()),
            *(mark.note for mark in self.marks),
            *(text for _, text in self.lost.values()),
        ]
        widest = max((self.wide(note, "legend") for note in notes), default=0.0)
        return SWATCH * self.em + (0.9 * self.em + widest) * bool(widest)

    def wide(self, text: str, role: TypeRole) -> float:
        """The width of `text` in pixels."""
        return text_width(self.view, text, role) if text else 0.0

    def key_width(self, keys: Sequence[Key], strips: int) -> float:
        """The width of each strip of colours, `strips` of them side by side, where there is room
        for all that it says."""
        return max(_KEY_WIDTH * self.em / max(strips, 1), self.key_least(keys))

    def key_least(self, keys: Sequence[Key]) -> float:
        """The width of each strip of colours that its words and numbers need."""
        widths = [0.0]
        for key in (face for each in keys for face in each.faces):
            numbers = sum(self.wide(each, "note") for each in self.key_numbers(key))
            words = self.wide(self.key_words(key), "note")
            if key.apart:
                words += self.wide(key.apart[1], "note") + APART * self.view.type("note")
            widths += [words, numbers + 1.5 * self.em]
        return max(widths)

    @cached_property
    def counter_width(self) -> float:
        """The width of the counter with its longest value."""
        if not self.counter:
            return 0.0
        counted = sum(self.wide(part, "label") for part in self.counts)
        return counted + 0.7 * self.view.type("label")

    @cached_property
    def entry_width(self) -> float:
        """The width of the widest entry, whole."""
        return max(self.entry_widths, default=self.beside_names)

    @cached_property
    def entry_widths(self) -> list[float]:
        """The width of every entry, whole."""
        names = [*self.names, *(mark.text for mark in self.marks)]
        rate = self.wide(self.rate, "note")
        return [max(self.beside_names + self.wide(name, "legend"), rate) for name in names]
