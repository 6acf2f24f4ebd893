"""The arrows at the heads: what the next step is made of."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Literal

import numpy as np

from animate.figure import Drawing, Mark, Moment, View
from animate.figure.paths.arrows import outline, patch
from animate.figure.view import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Polygon

Kind = Literal["gradient", "momentum", "update", "lookahead"]
"""−η g, drawn where g is evaluated; the step from memory alone; the step; where g is evaluated."""
ORDER: tuple[Kind, ...] = ("gradient", "momentum", "update", "lookahead")

_SHORTEST = 0.1
"""The least share of the window's diagonal that the longest arrow has without a factor."""
_LONGEST = 0.6
"""The greatest share of the window's diagonal that the longest arrow has without a factor."""
_AIM = 0.3
"""The share that the longest arrow has at most with a factor, which the legend names."""


def draw_vectors(axes: "Axes", view: View, limits: View, kinds: Sequence[Kind]) -> Drawing:
    """Arrows from where each step begins, in the colours of the theme.

    They are stretched as in all panels beside each other, which `limits` is the view of.
    """
    stretch, to_pixels = factors(limits, kinds), axes.transData.transform
    runs = range(view.trajectories.ends.size)
    patches: dict[Kind, list[Polygon]] = {
        kind: [patch(_shape(kind), view.theme.arrows[kind], view, zorder=7) for _ in runs]
        for kind in ORDER
        if kind in kinds
    }
    artists = [*chain.from_iterable(patches.values())]
    for artist in artists:
        axes.add_patch(artist)
        artist.set_clip_box(axes.bbox)

    def show(moment: Moment) -> None:
        """Put the arrows of the step that is under way where it begins."""
        record = int(np.searchsorted(view.trajectories.steps, moment.step, side="right")) - 1
        for kind, drawn in patches.items():
            tails, spans = (each[:, :, record].reshape(-1, 2) for each in _arrows(view, kind))
            ends = to_pixels(tails), to_pixels(tails + stretch[kind] * spans)
            for artist, tail, tip in zip(drawn, *ends, strict=True):
                artist.set_xy(outline(_shape(kind), tail, tip, view.line("arrow")))

    return Drawing(artists=artists, show=show)


def factors(view: View, kinds: Sequence[Kind]) -> Mapping[Kind, float]:
    """The factor by which the arrows of each kind are stretched: 1, 2 or 5 times a power of ten.

    Where steps are sums of the others they share one factor. Where they are not, as for Adam, the
    gradient has its own.
    """
    arrows: list[Kind] = [kind for kind in ORDER if kind in kinds and kind != "lookahead"]
    inside = view.inside
    parts = inside.coasts + _arrows(view, "gradient")[1]
    known = np.isfinite(parts) & np.isfinite(inside.updates)
    scale = np.abs(inside.updates[known]).max(initial=0.0)
    sums = np.allclose(parts[known], inside.updates[known], rtol=1e-6, atol=1e-9 * scale)
    groups = [arrows] if sums or "gradient" not in arrows else [arrows[:1], arrows[1:]]
    found: dict[Kind, float] = {"lookahead": 1.0}
    for group in groups:
        factor = _factor(max((_longest(view, kind) for kind in group), default=0.0))
        for kind in group:
            found[kind] = factor
    return found


def marks(view: View, kinds: Sequence[Kind]) -> list[Mark]:
    """What the arrows mean, for the legend."""
    factor = factors(view, kinds)
    meanings: dict[Kind, str] = {
        "gradient": view.words("arrow gradient"),
        "momentum": view.words("arrow momentum"),
        "update": view.words("arrow update"),
        "lookahead": view.words("arrow lookahead"),
    }
    return [
        Mark(
            _shape(kind),
            view.theme.arrows[kind],
            meanings[kind],
            "" if factor[kind] == 1 else f"× {view.words.number(factor[kind])}",
        )
        for kind in ORDER
        if kind in kinds
    ]


def _shape(kind: Kind) -> Shape:
    return "ring" if kind == "lookahead" else "arrow"


def _arrows(view: View, kind: Kind) -> tuple[np.ndarray, np.ndarray]:
    """Where the arrows of this kind begin, and how far they reach: [optimizer, run, record, 2]."""
    paths, inside = view.trajectories, view.inside
    there = np.where(inside.looks_ahead[:, None, None, None], inside.coasts, np.nan)
    match kind:
        case "gradient":
            rates = inside.rates[:, None, :, None]
            with np.errstate(over="ignore"):  # a diverging run's steps overflow
                return paths.positions + np.nan_to_num(there), -rates * inside.gradients
        case "momentum":
            return paths.positions, inside.coasts
        case "update":
            return paths.positions, inside.updates
        case "lookahead":
            return paths.positions, there


def _longest(view: View, kind: Kind) -> float:
    """The longest finite arrow of this kind, as a share of the window's diagonal."""
    spans = _arrows(view, kind)[1]
    sides = np.ptp(np.array(view.terrain.window), axis=1)
    inside = np.isfinite(view.trajectories.losses)
    with np.errstate(over="ignore"):
        lengths = np.hypot(*(spans[inside] / sides).T) / np.sqrt(2)
    return float(lengths[np.isfinite(lengths)].max(initial=0.0))


def _factor(longest: float) -> float:
    if longest == 0 or _SHORTEST <= longest <= _LONGEST:
        return 1.0
    power = 10.0 ** np.floor(np.log10(_AIM / longest))
    return float(max(m * power for m in (1, 2, 5) if m * power * longest <= _AIM))
