"""The player: draws what stands still once, then frame after frame only what moves."""

# pyright: reportUnknownMemberType=false

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from animate.figure.clip import Colour, Frame, changed
from animate.figure.clock import Clock, Moment
from animate.figure.layer import Layer
from animate.figure.panel import MARKS, TRAILS, Drawing
from animate.figure.paths.swarm import Swarm
from animate.figure.paths.trails import Trails
from animate.figure.reading import Reading
from animate.figure.seat import Seat
from animate.figure.settings import composing, drawing
from animate.figure.view import View

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

PRINT_DPI = 300
"""Of what is made of dots in a file of vectors. A pixel of the picture is a point there, 1/72 inch,
so that a picture of 640 pixels is 8.9 inches wide unless it is scaled."""


@dataclass(frozen=True, eq=False)
class Part:
    """What moves of one cell, of the legend or of the captions, and the clock that it follows."""

    drawing: Drawing
    clock: Clock
    focuses: bool = False


@dataclass(frozen=True, eq=False)
class Stage:
    """A figure with what stands still on it, what moves there, and what draws it; `card`: it has
    an end card, which stands still too. `seats` are the cells at their places."""

    figure: "Figure"
    renderer: "RendererAgg"
    parts: Sequence[Part]
    seats: Sequence[Seat]
    card: bool = False


class Player:
    """Figures ready to play. Frame k depends on k alone, whichever was drawn before.

    `stage_at` gives the one that shows a frame, the same one for as many as it shows: all of them,
    but in a film whose values have a surface each. `moves`: most of the picture changes from frame
    to frame. `count` is the number of frames: those of the movement, and the end card.
    """

    def __init__(
        self,
        stage_at: Callable[[int], Stage],
        view: View,
        tell: Callable[[int], Reading],
        *,
        moves: bool = False,
    ) -> None:
        self.view, self.moves, self._stage_at, self._tell = view, moves, stage_at, tell
        self._trails, self._marked = Layer(*view.pixels), Layer(*view.pixels)
        first = stage_at(0)
        self.count = view.timeline.frames + first.card
        self._set(first)
        self._show(0)

    def _set(self, stage: Stage) -> None:
        """Show that stage from now on."""
        self._stage, self.figure, self._parts = stage, stage.figure, stage.parts
        self._windows = [self.view.terrain.window] * len(stage.parts)
        self._paths = [(path, part.clock) for part in stage.parts for path in part.drawing.paths]
        artists = [artist for part in stage.parts for artist in part.drawing.artists]
        self._behind = [each for each in artists if each.get_zorder() < TRAILS]
        self._marks = [each for each in artists if each.get_zorder() == MARKS]
        self._before = [each for each in artists if TRAILS <= each.get_zorder() != MARKS]
        drawings = [part.drawing for part in stage.parts]
        self._passing = [
            artist for each in drawings for artist in (*each.later, *each.during, *each.ended)
        ]
        self._animate(True)
        self._renderer = stage.renderer
        self._pixels = np.asarray(stage.renderer.buffer_rgba())
        self._standing: list[Artist] | None = None

    @property
    def still(self) -> np.ndarray:
        """The picture of all that stands still, [height, width, 4] uint8."""
        return self._still.copy()

    @property
    def paths(self) -> list[Trails | Swarm]:
        """The trails and swarms of all cells."""
        return [path for path, _ in self._paths]

    def picture(self, frame: int) -> np.ndarray:
        """Frame number `frame`, [height, width, 4] uint8."""
        self._show(frame)
        moments = [clock.at(frame) for _, clock in self._paths]
        with drawing(self.view):
            self._bake(moments)
            self._draw(moments)
        return self._pixels.copy()

    def frame_at(self, seconds: float) -> int:
        """The frame that is on the screen at `seconds`."""
        return self.view.timeline.frame_at(seconds, self.count)

    def frames(self) -> Iterator[Frame]:
        """Every frame from the first to the last, each with the rectangle that changed."""
        before: np.ndarray | None = None
        for k in range(self.count):
            rgba = self.picture(k)
            yield Frame(
                rgba, (0, 0, *self.view.pixels) if before is None else changed(before, rgba)
            )
            before = rgba

    def reading(self) -> Reading:
        """What a reader who plays the frames is told beside them."""
        return self._tell(self.count)

    def pinned_colors(self) -> list[Colour]:
        """The colours that a file must keep exactly: paper, inks and trails, as 0 to 255."""
        from matplotlib.colors import to_rgb

        theme = self.view.theme
        of_theme = [theme.paper, theme.ink, theme.muted, theme.casing, theme.minimum]
        colours = [to_rgb(each) for each in (*of_theme, *self.view.colours)]
        return list(
            dict.fromkeys((round(255 * r), round(255 * g), round(255 * b)) for r, g, b in colours)
        )

    def save_svg(self, frame: int, target: Path | BinaryIO) -> None:
        """Write `frame` as SVG: text as text, the terrain as an image in print's resolution."""
        with self._as_artists(frame):
            self.figure.savefig(target, format="svg", dpi=PRINT_DPI, metadata={"Date": None})

    def save_pdf(self, frame: int, target: Path, facts: Mapping[str, bytes]) -> None:
        """As `save_svg`; `facts` go into the document information dictionary."""
        from matplotlib.backends.backend_pdf import PdfPages

        with (
            self._as_artists(frame),
            target.open("wb") as file,  # which PdfPages leaves open where the disk is full
            PdfPages(file, metadata={"CreationDate": None}) as pages,
        ):
            pages.infodict().update(facts)
            pages.savefig(self.figure, dpi=PRINT_DPI)

    @contextmanager
    def _as_artists(self, frame: int) -> Generator[None]:
        """Context: everything that `frame` shows is an artist of the figure."""
        self._show(frame)
        with composing(self.view):
            added = [
                artist
                for path, clock in self._paths
                for artist in path.add_artists(clock.at(frame))
            ]
            self._animate(False)
            try:
                yield
            finally:
                for artist in added:
                    artist.remove()
                self._animate(True)

    def _animate(self, animated: bool) -> None:
        """Whether a figure that draws itself leaves what moves to the player."""
        for artist in (*self._behind, *self._marks, *self._before, *self._passing):
            artist.set_animated(animated)

    def _show(self, frame: int) -> None:
        """Move everything to `frame`; draw the still anew where a panel turns to another window, or
        other things stand still than before."""
        stage = self._stage_at(frame)
        if stage is not self._stage:
            self._set(stage)
        moments, turned = [part.clock.at(frame) for part in self._parts], False
        for k, (part, moment) in enumerate(zip(self._parts, moments, strict=True)):
            if part.focuses and moment.window and moment.window != self._windows[k]:
                turned, self._windows[k] = True, moment.window
                with composing(self.view):
                    part.drawing.focus(moment.window)
                    for path in part.drawing.paths:
                        path.place()
        for part, moment in zip(self._parts, moments, strict=True):
            part.drawing.show(moment)
        stand = [
            artist
            for part, moment in zip(self._parts, moments, strict=True)
            for artist in part.drawing.still(moment)
        ]
        if turned or stand != self._standing:
            with composing(self.view):
                self._draw_still(stand, anew=turned or self._standing is None)

    def _draw_still(self, standing: "list[Artist]", *, anew: bool) -> None:
        """Draw what stands still: `anew` what always does, and over it what is `standing` now."""
        if anew:
            self._renderer.clear()
            self.figure.draw(self._renderer)
            self._ground = self._pixels.copy()
        else:
            np.copyto(self._pixels, self._ground)
        for artist in standing:
            artist.draw(self._renderer)
        self._standing = standing
        self._still = self._pixels.copy()
        self._seen_marks: list[bool] | None = None
        self._forget()

    def _forget(self) -> None:
        """Begin again from the picture without any trail."""
        self._base = self._still.copy()
        self._trails.clear()
        self._baked = [0] * len(self._paths)

    def _bake(self, moments: Sequence[Moment]) -> None:
        """Add the segments that are complete by now to the background."""
        goals = [
            path.finished(moment) for (path, _), moment in zip(self._paths, moments, strict=True)
        ]
        if any(goal < done for goal, done in zip(goals, self._baked, strict=True)):
            self._forget()
        if goals == self._baked:
            return
        np.copyto(self._pixels, self._base)
        for (path, _), done, goal in zip(self._paths, self._baked, goals, strict=True):
            if goal > done:
                path.bake(self._renderer, self._trails.renderer, done, goal)
        np.copyto(self._base, self._pixels)
        self._baked = goals
        self._trails.take()

    def _draw(self, moments: Sequence[Moment]) -> None:
        np.copyto(self._pixels, self._base)
        for artist in self._behind:
            artist.draw(self._renderer)
        for (path, _), moment in zip(self._paths, moments, strict=True):
            path.draw_casings(self._renderer, moment)
        self._trails.lay_over(self._pixels)
        self._draw_marks()
        self._marked.lay_over(self._pixels)
        for (path, _), moment in zip(self._paths, moments, strict=True):
            path.draw_heads(self._renderer, moment)
        for artist in self._before:
            artist.draw(self._renderer)

    def _draw_marks(self) -> None:
        """Draw the marks anew if others are seen than before."""
        seen = [each.get_visible() for each in self._marks]
        if seen == self._seen_marks:
            return
        self._seen_marks = seen
        self._marked.clear()
        for artist in self._marks:
            artist.draw(self._marked.renderer)
        self._marked.take()
