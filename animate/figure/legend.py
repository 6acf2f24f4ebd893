"""The column beside the panels: who is who, at which rate, which step it is, what colours mean."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.figure.arrows import outline, patch
from animate.figure.panel import Key, Mark, View

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure


class Legend:
    """Measured first, placed afterwards; all lengths in pixels of the picture."""

    def __init__(
        self,
        figure: "Figure",
        view: View,
        key: Key | None,
        marks: Sequence[Mark] = (),
        *,
        entries: bool,
    ) -> None:
        self.figure, self.view, self.key, self.marks = figure, view, key, marks
        self.entries, self.words = entries, view.words
        self._em = view.type("legend")
        self._row = 1.65 * self._em
        self._swatch = 2.0 * self._em
        self._counter: Any = None
        self._lost: list[tuple[int, Any]] = []

    def measure(self, renderer: "RendererAgg") -> None:
        """Find how wide the columns of names and notes are."""
        view, em = self.view, self._em
        names = [*view.names, *(mark.text for mark in self.marks)]
        self._names = max((self._width(renderer, name, em) for name in names), default=0.0)
        said = [
            *view.notes,
            *(mark.note for mark in self.marks),
            *(mark for _, mark in self._lost_marks().values()),
        ]
        self._notes = max((self._width(renderer, note, em) for note in said), default=0.0)
        head = (
            self._width(renderer, self.words("learning rate"), view.type("note"))
            if any(view.notes)
            else 0.0
        )
        size = view.type("label")
        steps = view.timeline.steps
        parts = (
            (self.view.clock or self.words("step")),
            self.words.number(steps),
            self.words("of total", total=steps),
        )
        self._counter_widths = [self._width(renderer, part, size) for part in parts]
        body = self._swatch + self._names + (0.9 * em + self._notes if self._notes else 0.0)
        self.entry_width = max(body, head)
        self.width = max(
            self.entry_width if self.entries else 0.0, sum(self._counter_widths) + 0.7 * size
        )

    def place_column(self, left: float, top: float, bottom: float) -> None:
        """Draw it as a column from `top` to `bottom`, counted from the lower edge."""
        size = self.view.type("label")
        self._count_steps(left, top - size)
        y = top - size - 1.3 * self._row
        if self.entries:
            self._head(left, y)
            self._entries(left, y - (self._row if any(self.view.notes) else 0.0), columns=1)
        if self.key is not None:
            self._colour_key(left, bottom, min(self.width, 11 * self._em))

    def place_row(self, left: float, width: float, top: float) -> None:
        """Draw it below the panels, entries in as many columns as fit."""
        size = self.view.type("label")
        self._count_steps(left, top - size)
        if self.key is not None:
            across, note = min(11 * self._em, 0.45 * width), self.view.type("note")
            self._colour_key(left + width - across, top - 3.0 * note - 0.75 * self._em, across)
        if self.entries:
            self._entries(left, top - size - 2.1 * self._row, self.columns(width))

    @property
    def depth(self) -> float:
        """How far below its top a column of entries reaches."""
        rows = 1.0 + any(self.view.notes) + self._count
        return self.view.type("label") + rows * self._row if self.entries else 0.0

    def columns(self, width: float) -> int:
        """How many entries fit side by side in `width`."""
        return max(1, int((width + 2 * self._em) // (self.entry_width + 2 * self._em)))

    def height(self, width: float) -> float:
        """How high `place_row` will be."""
        rows = -(-self._count // self.columns(width)) if self.entries else 0
        return self.view.type("label") + (2.1 + rows) * self._row

    def moving(self) -> list[Any]:
        """The artists that change with the step."""
        return [self._counter, *(text for _, text in self._lost)]

    def update(self, step: float) -> None:
        """Write the step, and who has been lost by now."""
        self._counter.set_text(self.words.number(int(step)))
        for end, text in self._lost:
            text.set_visible(step >= end)

    def _count_steps(self, left: float, y: float) -> None:
        """ "step 57 of 150": only the number is drawn anew, so it has a place of its own."""
        size = self.view.type("label")
        word, number, _ = self._counter_widths
        word += 0.35 * size
        self._text(left, y, (self.view.clock or self.words("step")), size, "muted")
        looks = {"horizontalalignment": "right", "animated": True}
        self._counter = self._text(left + word + number, y, "", size, "ink", **looks)
        rest = self.words("of total", total=self.view.timeline.steps)
        self._text(left + word + number + 0.35 * size, y, rest, size, "muted")

    def _lost_marks(self) -> dict[int, tuple[int, str]]:
        """The optimizers all of whose runs diverge: when the last one does, and how it is said."""
        paths = self.view.trajectories
        return {
            k: (int(ends.max()), self.words("lost", step=int(ends.max())))
            for k, ends in enumerate(paths.ends)
            if (ends < paths.last_step).all()
        }

    def _head(self, left: float, y: float) -> None:
        if any(self.view.notes):
            size = self.view.type("note")
            right = left + self.entry_width
            self._text(
                right, y, self.words("learning rate"), size, "muted", horizontalalignment="right"
            )

    def _entries(self, left: float, top: float, columns: int) -> None:
        rows = -(-self._count // columns)
        for index, mark in enumerate(self.marks, start=len(self.view.names)):
            x = left + (index // rows) * (self.entry_width + 2 * self._em)
            self._shape(mark, x, top - (index % rows) * self._row)
        lost = self._lost_marks()
        for k, (name, note) in enumerate(zip(self.view.names, self.view.notes, strict=True)):
            x = left + (k // rows) * (self.entry_width + 2 * self._em)
            y = top - (k % rows) * self._row
            self._mark(k, x, y + 0.36 * self._em)
            self._text(x + self._swatch, y, name, self._em, "ink")
            right = x + self.entry_width
            looks = {"horizontalalignment": "right"}
            self._text(right, y, note, self._em, "muted", **looks)
            if k in lost:
                end, text = lost[k]
                box = {"facecolor": self.view.theme.paper, "edgecolor": "none", "pad": 1.0}
                mark = self._text(right, y, text, self._em, "ink", animated=True, bbox=box, **looks)
                self._lost.append((end, mark))

    @property
    def _count(self) -> int:
        return len(self.view.names) + len(self.marks)

    def _shape(self, mark: Mark, x: float, y: float) -> None:
        """An arrow or ring of a panel's, and what it means."""
        middle = y + 0.36 * self._em
        tail, tip = np.array([x, middle]), np.array([x + 1.6 * self._em, middle])
        if mark.shape == "ring":
            tip[0] -= 0.8 * self._em
        artist = patch(mark.shape, mark.colour, self.view)
        artist.set_xy(outline(mark.shape, tail, tip, self.view.line("arrow")))
        self.figure.add_artist(artist)
        self._text(x + self._swatch, y, mark.text, self._em, "ink")
        right = x + self.entry_width
        self._text(right, y, mark.note, self._em, "muted", horizontalalignment="right")

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

    def _colour_key(self, left: float, bottom: float, width: float) -> None:
        """A strip of the terrain's colours with the heights at its ends and what they are."""
        assert self.key is not None
        size, height = self.view.type("note"), 0.75 * self._em
        base = bottom + 1.5 * size
        x, y = self._share(np.array([left, left + width]), np.array([base, base + height]))
        axes = self.figure.add_axes((x[0], y[0], x[1] - x[0], y[1] - y[0]))
        axes.imshow(self.key.colours[None], aspect="auto", interpolation="nearest")
        axes.set_axis_off()
        scale = self.key.scale
        self._text(left, bottom + 0.2 * size, self.words.number(scale.low, digits=3), size, "muted")
        right = left + width
        self._text(
            right,
            bottom + 0.2 * size,
            self.words.number(scale.high, digits=3),
            size,
            "muted",
            horizontalalignment="right",
        )
        loss = self.words("loss")
        said = self.words("log scale", what=loss) if scale.log else loss
        self._text(left, base + height + 0.45 * size, said, size, "muted")

    def _text(self, x: float, y: float, text: str, size: float, ink: str, **looks: Any) -> Any:
        share_x, share_y = self._share(x, y)
        colour = getattr(self.view.theme, ink)
        return self.figure.text(share_x, share_y, text, fontsize=size, color=colour, **looks)

    def _share(self, x: Any, y: Any) -> tuple[Any, Any]:
        return x / self.view.pixels[0], y / self.view.pixels[1]

    def _width(self, renderer: "RendererAgg", text: str, size: float) -> float:
        probe = self.figure.text(0, 0, text, fontsize=size)
        width = probe.get_window_extent(renderer).width
        probe.remove()
        return width
