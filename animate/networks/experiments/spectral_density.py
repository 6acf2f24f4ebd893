"""The density of all eigenvalues of a network's Hessian, as it moves while the network trains."""

# pyright: reportUnknownMemberType=false

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Panel, Traits, View
from animate.networks.experiments.panels import open_axes, relative_size, result_of
from animate.networks.landscape import Landscape
from animate.networks.quantity import SPECTRA
from animate.networks.spectra import Spectra

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

_SMOOTHED = 250.0
"""The axis over the standard deviation of the Gaussian that stands for an eigenvalue."""
_PLACES = 1501
"""Of the axis, at which the density is computed: six to a standard deviation."""
_MARGIN = 0.04
"""Room beside the extreme eigenvalues, as a share of their range."""
_SEEN = 0.1
"""The lowest density that is shown, of the peak of a single eigenvalue."""
_ROOM = 2.0
"""The highest density that has room, of the highest there is."""
_BESIDE, _APART = 0.6, 1.3
"""Of the size of the type: from the corner to the words, and from one line to the next."""
_WHEN = "step of the density"
"""The gid of the line above the axes that tells it, by which `draw` finds it."""
_MOST = (0.75, 0.6)
"""Of the axes' width and height, beyond which words in them are left out."""


@dataclass(frozen=True, kw_only=True)
class SpectralDensity(Panel):
    """The density of the Hessian's eigenvalues, of the loss over all the data, at all the weights.

    An estimate by stochastic Lanczos quadrature (Ghorbani, Krishnan & Xiao 2019) at the start, at 8
    steps and at the end of each path; between two of them the earlier one is shown. It integrates
    to 1, each eigenvalue smoothed by a Gaussian; heads below are at the smallest and the largest.
    """

    @property
    def traits(self) -> Traits:
        needs, measures = frozenset({"network", "lines"}), frozenset({SPECTRA})
        return Traits(needs=needs, measures=measures)

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        spectra, words = _of(limits), view.words
        open_axes(axes, view)
        low, high = _reach(spectra)
        axes.set(xlim=(low, high), yscale="log", ylim=_heights(limits))
        axes.locator_params(axis="x", nbins=6)
        axes.set_xlabel(words("eigenvalue of the Hessian"))
        axes.set_ylabel(words("log scale", what=words("spectral density")))
        _, _, probes, nodes = spectra.nodes.shape
        told = words("estimated by probes", probes=probes, iterations=nodes)
        size = view.type("note")
        for line, text in enumerate((_when(view, spectra, int(view.timeline.steps)), told)):
            axes.annotate(
                text,
                (1, 1),
                (0, (0.5 + _APART * line) * size),
                xycoords="axes fraction",
                textcoords="offset pixels",
                horizontalalignment="right",
                fontsize=size,
                color=view.theme.muted,
                gid=_WHEN if line == 0 else None,
            )

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        whole, labels = _of(limits), limits.trajectories.labels
        spectra = whole.only([labels.index(label) for label in view.trajectories.labels])
        steps, places, width = result_of(view, Landscape).steps, _places(whole), _width(whole)
        bottom = axes.get_ylim()[0]
        curves = [*_curves(axes, view)]
        heads = [*_heads(axes, view)]
        (when,) = (text for text in axes.texts if text.get_gid() == _WHEN)
        texts = _texts(axes, view, steps, spectra)

        def show(moment: Moment) -> None:
            shown = [_last(steps, known, moment.step) for known in spectra.known]
            when.set_text(_when(view, whole, int(steps[max(shown)])))
            for k, kept in enumerate(shown):
                density = spectra.density(k, kept, places, width)
                curves[k].set_data(places, np.maximum(density, bottom / 2))
                heads[k].set_data(spectra.ends[k, kept], [bottom, bottom])
                texts[k].set_text(_ends(view, spectra, k, kept))

        return Drawing(artists=[*curves, *heads, when, *texts], show=show)


def _of(view: View) -> Spectra:
    """Those that were asked for."""
    spectra = result_of(view, Landscape).spectra
    assert spectra is not None
    return spectra


def _last(steps: np.ndarray, known: np.ndarray, step: float) -> int:
    """The number of the last point at which there is a density, at that step of the clock."""
    numbers = np.flatnonzero(known)
    return int(numbers[max(np.searchsorted(steps[numbers], step + 1e-9, side="right") - 1, 0)])


def _reach(spectra: Spectra) -> tuple[float, float]:
    """The limits of the axis of eigenvalues: it holds all, of every step."""
    low, high = float(np.nanmin(spectra.nodes)), float(np.nanmax(spectra.nodes))
    spread = (high - low) or abs(high) or 1.0
    return low - _MARGIN * spread, high + _MARGIN * spread


def _places(spectra: Spectra) -> np.ndarray:
    return np.linspace(*_reach(spectra), _PLACES)


def _width(spectra: Spectra) -> float:
    """The standard deviation of each eigenvalue's Gaussian."""
    low, high = _reach(spectra)
    return (high - low) / _SMOOTHED


def _heights(limits: View) -> tuple[float, float]:
    """The limits of the axis of densities: from below the peak of a single eigenvalue up."""
    spectra, count = _of(limits), result_of(limits, Landscape).facts["parameters"]
    places, width = _places(spectra), _width(spectra)
    highest = max(
        float(spectra.density(k, kept, places, width).max())
        for k, kept in np.argwhere(spectra.known).tolist()
    )
    return _SEEN / (count * width * sqrt(2 * pi)), _ROOM * highest


def _when(view: View, spectra: Spectra, step: int) -> str:
    width = view.words.number(_width(spectra), 2)
    return view.words("smoothed at step", step=view.words.number(step), width=width)


def _ends(view: View, spectra: Spectra, optimizer: int, kept: int) -> str:
    low, high = (view.words.number(float(end), 3) for end in spectra.ends[optimizer, kept])
    return view.words("ends of the spectrum", low=low, high=high)


def _curves(axes: "Axes", view: View) -> "Sequence[Line2D]":
    """One for each optimizer, in its colour and line style."""
    drawn: list[Line2D] = []
    for k, colour in enumerate(view.colours):
        dash = view.theme.dash(k)
        drawn += axes.plot(
            [],
            [],
            color=colour,
            linewidth=0.7 * view.line("trail"),
            linestyle=(0, dash) if dash else "-",
            zorder=3,
        )
    return drawn


def _heads(axes: "Axes", view: View) -> "Sequence[Line2D]":
    """Two for each optimizer, on the lower edge."""
    drawn: list[Line2D] = []
    for k, colour in enumerate(view.colours):
        drawn += axes.plot(
            [],
            [],
            linestyle="none",
            marker=view.theme.marker(k),
            markersize=1.6 * view.line("head"),
            markerfacecolor=colour,
            markeredgecolor=view.theme.casing,
            markeredgewidth=view.line("casing"),
            clip_on=False,
            zorder=6,
        )
    return drawn


def _texts(axes: "Axes", view: View, steps: np.ndarray, spectra: Spectra) -> "Sequence[Text]":
    """In the upper right corner: the ends of each spectrum in its optimizer's colour; invisible
    where they have no room."""
    size = view.type("note")
    shown = [_last(steps, known, float(steps[-1])) for known in spectra.known]
    ends = [_ends(view, spectra, k, kept) for k, kept in enumerate(shown)]
    texts = [
        axes.annotate(
            text,
            (1, 1),
            (-_BESIDE * size, -(_BESIDE + _APART * line) * size),
            xycoords="axes fraction",
            textcoords="offset pixels",
            horizontalalignment="right",
            verticalalignment="top",
            fontsize=size,
            color=colour,
            zorder=5,
            bbox={"facecolor": view.theme.paper, "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        )
        for line, (text, colour) in enumerate(zip(ends, view.colours, strict=False))
    ]
    wide = max(relative_size(axes, text)[0] for text in texts)
    high = (_BESIDE + _APART * len(texts)) * size / axes.get_window_extent().height
    for text in texts:
        text.set_visible(wide < _MOST[0] and high < _MOST[1])
    return texts
