"""The legend: who is who, at which rate, which step it is, what the terrain's colours mean.

It stands beside the panels as a column or below them in several; all lengths are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure.panel import Key, Mark, View
from animate.figure.paths.arrows import outline, patch
from animate.figure.text.paragraph import fitted, text_width
from animate.theme import TypeRole

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

_ROOMY, _TIGHT = 1.65, 1.25
"""From one entry to the next, in type sizes: at best, and where many stand in a small picture."""
_SWATCH = 2.3
"""The room of the short trail before a name, in type sizes."""
_KEY_WIDTH, _KEY_HEIGHT = 11.0, 0.75
_ROUNDING = 1e-6
"""Pixels by which the widest name may seem wider than the room that was made for it."""


@dataclass(frozen=True)
class _Plan:
    """How the entries stand: so many of them, in columns of `rows`, each `row` pixels high."""

    shown: int
    rows: int
    columns: int
    row: float
    entry_width: float


class Legend:
    """Planned first, for the room there is, and placed afterwards."""

    def __init__(
        self,
        figure: "Figure",
        view: View,
        key: Key | None,
        marks: Sequence[Mark] = (),
        *,
        entries: bool,
        counter: bool = True,
    ) -> None:
        self.figure, self.view, self.key, self.marks = figure, view, key, marks
        self.words = view.words
        self.names = view.names if entries else ()
        self._em = view.type("legend")
        self._size = view.type("label")
        self._counter: Any = None
        self._counts = counter and view.clock != ""
        self._lift = 0.0 if self._counts else self._size + self._em
        self._lost: list[tuple[int, Any]] = []
        self._rate = self.words("learning rate") if entries and any(view.notes) else ""

    def measure(self, renderer: "RendererAgg") -> None:
        """Find how wide the parts are."""
        self._renderer = renderer
        steps = self.view.timeline.steps
        word = self.view.clock or self.words("step")
        parts = [word, self.words.number(steps), self.words("of total", total=steps)]
        if (film := self.view.film) is not None:
            parts = [film.option, max(film.texts, key=lambda text: self._width(text, "label")), ""]
        self._counter_parts = [self._width(part, "label") for part in parts]
        names = [*self.names, *(mark.text for mark in self.marks)]
        notes = [
            *(self.view.notes if self.names else ()),
            *(mark.note for mark in self.marks),
            *(mark for _, mark in self._lost_marks().values()),
        ]
        self._notes = max((self._width(note, "legend") for note in notes), default=0.0)
        self._key_least = max(
            self._width(self._key_words(), "note"),
            sum(self._width(each, "note") for each in self._key_numbers()) + 1.5 * self._em,
        )
        self._key_width = max(_KEY_WIDTH * self._em, self._key_least)
        self._names = max((self._width(name, "legend") for name in names), default=0.0)

    def beside(self, width: float, height: float) -> float:
        """Plan a column in at most `width` × `height`; how wide it will be."""
        gap = 2 * self._em
        fixed = self._size + 1.3 * _ROOMY * self._em + (_ROOMY * self._em if self._rate else 0.0)
        fixed -= self._lift
        room = height - fixed - (self._key_height() + self._em if self.key else 0.0)
        entry = min(self._entry_width(), width)
        fit = max(int(room / (_TIGHT * self._em)), 1)
        columns = max(1, min(-(-self._count // fit), int((width + gap) // (entry + gap))))
        self._plan = self._planned(columns, fit, room, entry)
        across = columns * (entry + gap) - gap if self._count else 0.0
        self.width = max(across, self._counter_width(), self._key_least if self.key else 0.0)
        self.height = fixed + self._plan.rows * self._plan.row + height - room - fixed
        return self.width

    def below(self, width: float, height: float) -> float:
        """Plan rows in at most `width` × `height`, the colours at their right; their height."""
        gap = 2 * self._em
        key = self._key_width + gap if self.key else 0.0
        entry = min(self._entry_width(), width - key)
        columns = max(1, min(int((width - key + gap) // (entry + gap)), self._count))
        head = self._size + 1.1 * self._em + (_ROOMY * self._em if self._rate else 0.0)
        head -= self._lift
        fit = max(int((height - head) / (_TIGHT * self._em)), 1)
        rows = -(-self._count // columns)
        self._plan = self._planned(columns, fit, rows * _ROOMY * self._em, entry)
        alone = self._size if self._counts else 0.0
        entries = head + self._plan.rows * self._plan.row if self._count else alone
        across = columns * (entry + gap) - gap if self._count else 0.0
        self.width = max(across, self._counter_width()) + key
        self.height = max(entries, self._key_height() if self.key else 0.0)
        return self.height

    def _planned(self, columns: int, fit: int, room: float, entry: float) -> _Plan:
        shown = min(self._count, columns * fit)
        rows = -(-shown // columns) if shown else 0
        row = min(max(room / max(rows, 1), _TIGHT * self._em), _ROOMY * self._em)
        return _Plan(shown, rows, columns, row, entry)

    def place_column(self, left: float, top: float, bottom: float) -> None:
        """Draw it as a column from `top` to `bottom`, counted from the lower edge."""
        self._count_steps(left, top - self._size)
        y = top - self._size - 1.3 * _ROOMY * self._em + self._lift
        self._entries(left, y)
        if self.key is not None:
            self._colour_key(left, bottom, min(self.width, self._key_width))

    def place_rows(self, left: float, right: float, top: float) -> None:
        """Draw it below the panels, entries in as many columns as fit, the colours on the right."""
        self._count_steps(left, top - self._size)
        if self.key is not None:
            self._colour_key(right - self._key_width, top - self._key_height(), self._key_width)
        self._entries(left, top - self._size - 1.9 * self._em + self._lift)

    def moving(self) -> list[Any]:
        """The artists that change with the step."""
        counter = [self._counter] if self._counts else []
        return [*counter, *(text for _, text in self._lost)]

    def update(self, step: float) -> None:
        """Write the step, and who has been lost by now."""
        film = self.view.film
        value = self.words.number(int(step)) if film is None else film.texts[film.at(step)]
        if self._counts:
            self._counter.set_text(value)
        for end, text in self._lost:
            text.set_visible(step >= end)

    def _count_steps(self, left: float, y: float) -> None:
        """ "step 57 of 150": only the number is drawn anew, so it has a place of its own.

        In a film it is the value, "learning rate 0.013".
        """
        if not self._counts:
            return
        word, number, _ = self._counter_parts
        gap = 0.35 * self._size
        if (film := self.view.film) is not None:
            self._text(left, y, film.option, "label", "muted")
            value = left + word + 2 * gap
            self._counter = self._text(value, y, "", "label", "ink", animated=True)
            return
        self._text(left, y, self.view.clock or self.words("step"), "label", "muted")
        right = left + word + gap + number
        self._counter = self._text(
            right, y, "", "label", "ink", horizontalalignment="right", animated=True
        )
        total = self.words("of total", total=self.view.timeline.steps)
        self._text(right + gap, y, total, "label", "muted")

    def _counter_width(self) -> float:
        return (sum(self._counter_parts) + 0.7 * self._size) * self._counts

    @property
    def _count(self) -> int:
        return len(self.names) + len(self.marks)

    def _lost_marks(self) -> dict[int, tuple[int, str]]:
        """The optimizers all of whose runs diverge: when the last one does, and how it is said."""
        paths = self.view.trajectories
        return {
            k: (int(ends.max()), self.words("lost", step=int(ends.max())))
            for k, ends in enumerate(paths.ends)
            if self.view.film is None and (ends < paths.last_step).all()
        }

    def _entry_width(self) -> float:
        return max(self._beside_names() + self._names, self._width(self._rate, "note"))

    def _beside_names(self) -> float:
        return _SWATCH * self._em + (0.9 * self._em + self._notes) * bool(self._notes)

    def _entries(self, left: float, top: float) -> None:
        plan = self._plan
        columns = -(-plan.shown // max(plan.rows, 1))
        for column in range(columns if self._rate else 0):
            right = left + column * (plan.entry_width + 2 * self._em) + plan.entry_width
            rate = fitted(self._renderer, self.view, self._rate, "note", plan.entry_width)
            self._text(right, top, rate, "note", "muted", horizontalalignment="right")
        top -= _ROOMY * self._em if self._rate else 0.0
        hidden = self._count - plan.shown
        for k in range(plan.shown):
            x = left + (k // plan.rows) * (plan.entry_width + 2 * self._em)
            y = top - (k % plan.rows) * plan.row
            if hidden and k == plan.shown - 1:
                more = self.words("and more", count=hidden + 1)
                self._text(x + _SWATCH * self._em, y, more, "legend", "muted")
            elif k < len(self.names):
                self._entry(k, x, y)
            else:
                self._shape(self.marks[k - len(self.names)], x, y)

    def _entry(self, k: int, x: float, y: float) -> None:
        width, note = self._plan.entry_width, self.view.notes[k]
        self._mark(k, x, y + 0.36 * self._em)
        room = width - self._beside_names() + _ROUNDING
        name = fitted(self._renderer, self.view, self.names[k], "legend", room)
        drawn = self._text(x + _SWATCH * self._em, y, name, "legend", "ink")
        if (wide := self._width(name, "legend")) > room:
            drawn.set_fontsize(self._em * room / wide)  # mathtext, which is never cut
        looks = {"horizontalalignment": "right"}
        self._text(x + width, y, note, "legend", "muted", **looks)
        if k in (lost := self._lost_marks()):
            end, text = lost[k]
            box = {"facecolor": self.view.theme.paper, "edgecolor": "none", "pad": 1.0}
            mark = self._text(x + width, y, text, "legend", "ink", animated=True, bbox=box, **looks)
            self._lost.append((end, mark))

    def _shape(self, mark: Mark, x: float, y: float) -> None:
        """An arrow or ring of a panel's, and what it means."""
        middle = y + 0.36 * self._em
        tail, tip = np.array([x, middle]), np.array([x + 1.6 * self._em, middle])
        if mark.shape == "ring":
            tip[0] -= 0.8 * self._em
        artist = patch(mark.shape, mark.colour, self.view)
        artist.set_xy(outline(mark.shape, tail, tip, self.view.line("arrow")))
        self.figure.add_artist(artist)
        self._text(x + _SWATCH * self._em, y, mark.text, "legend", "ink")
        right = x + self._plan.entry_width
        self._text(right, y, mark.note, "legend", "muted", horizontalalignment="right")

    def _mark(self, k: int, x: float, y: float) -> None:
        """A short trail with its head."""
        from matplotlib.lines import Line2D

        view = self.view
        dash = view.theme.dash(k)
        line = Line2D(
            *self._share(np.array([x, x + 1.35 * self._em]), np.array([y, y])),
            color=view.colours[k],
            linewidth=view.line("trail"),
            linestyle=(0, dash) if dash else "solid",
            marker="o",
            markevery=[1],
            markersize=2 * min(view.line("head"), 0.42 * self._em),
            solid_capstyle="round",
            transform=self.figure.transFigure,
        )
        self.figure.add_artist(line)

    def _key_height(self) -> float:
        return 2.95 * self.view.type("note") + _KEY_HEIGHT * self._em

    def _colour_key(self, left: float, bottom: float, width: float) -> None:
        """A strip of the terrain's colours with the heights at its ends and what they are."""
        assert self.key is not None
        size, height = self.view.type("note"), _KEY_HEIGHT * self._em
        base = bottom + 1.5 * size
        x, y = self._share(np.array([left, left + width]), np.array([base, base + height]))
        axes = self.figure.add_axes((x[0], y[0], x[1] - x[0], y[1] - y[0]))
        axes.imshow(self.key.colours[None], aspect="auto", interpolation="nearest")
        axes.set_axis_off()
        low, high = self._key_numbers()
        self._text(left, bottom + 0.2 * size, low, "note", "muted")
        looks = {"horizontalalignment": "right"}
        self._text(left + width, bottom + 0.2 * size, high, "note", "muted", **looks)
        self._text(left, base + height + 0.45 * size, self._key_words(), "note", "muted")

    def _key_numbers(self) -> tuple[str, str]:
        """The heights at the ends of the strip; one where there is only one."""
        if self.key is None:
            return "", ""
        scale = self.key.scale
        low, high = (self.words.number(each, digits=3) for each in (scale.low, scale.high))
        return ("" if low == high else low), high

    def _key_words(self) -> str:
        if self.key is None:
            return ""
        what = self.key.what or self.words("loss")
        return self.words("log scale", what=what) if self.key.scale.log else what

    def _text(self, x: float, y: float, text: str, role: TypeRole, ink: str, **looks: Any) -> Any:
        share_x, share_y = self._share(x, y)
        colour = getattr(self.view.theme, ink)
        size = self.view.type(role)
        return self.figure.text(share_x, share_y, text, fontsize=size, color=colour, **looks)

    def _share(self, x: Any, y: Any) -> tuple[Any, Any]:
        return x / self.view.pixels[0], y / self.view.pixels[1]

    def _width(self, text: str, role: TypeRole) -> float:
        return text_width(self._renderer, self.view, text, role) if text else 0.0
