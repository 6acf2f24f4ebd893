"""The eigenvalues of a Hessian as a histogram that moves, and what becomes of them step by step."""

# pyright: reportUnknownMemberType=false

from dataclasses import dataclass
from math import ceil, log10
from typing import TYPE_CHECKING

import numpy as np

from animate.figure import Drawing, Moment, Trails, View
from animate.networks.experiments.hessian_spectrum.compute import HessianSpectrum
from animate.networks.experiments.panels import (
    ResultPanel,
    open_axes,
    relative_size,
    result_of,
    signed_powers,
)
from animate.panels.curve_axes import dress_curves

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PER_DECADE = 5
"""Bars of the histogram for each power of ten."""
_CLEAR = 10.0
"""Ticks stand from this many times the threshold on, so that their labels keep away from zero."""
_FLOOR = 0.6
"""Where the bars begin on the log scale of counts, below a single eigenvalue."""


@dataclass(frozen=True, kw_only=True)
class Spectrum(ResultPanel):
    """All eigenvalues of the first seed's Hessian, counted in bars, at the step of the clock.

    The scale is symmetric log; the bar in the middle holds those with |λ| below a thousandth of the
    largest at the start, which the legend calls near zero. Between two steps that were kept the
    earlier one is shown.
    """

    experiment = "hessian_spectrum"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        result, words = result_of(view, HessianSpectrum), view.words
        open_axes(axes, view)
        edges, near = bar_edges(result), result.threshold[0]
        axes.set_xscale("symlog", linthresh=near, linscale=1 / _PER_DECADE)
        axes.set(yscale="log", ylim=(_FLOOR, 1.8 * _counts(result, edges).max()))
        axes.set_xlim(1.15 * edges[0], 1.15 * edges[-1])
        ticks = signed_powers(_CLEAR * near, edges[0], edges[-1])
        axes.set_xticks(ticks, [words.number(tick) for tick in ticks])
        axes.minorticks_off()
        counts = 10 ** np.arange(ceil(log10(axes.get_ylim()[1])))
        axes.set_yticks(counts, [words.number(int(count)) for count in counts])
        axes.set_xlabel(words("symlog scale", what=words("eigenvalue of the Hessian")))
        axes.set_ylabel(words("log scale", what=words("eigenvalues in a bar")))

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, words = result_of(view, HessianSpectrum), view.words
        edges, theme = bar_edges(result), view.theme
        counts, ends = _counts(result, edges), result.eigenvalues[0][:, [0, -1]]
        middle = int(np.searchsorted(edges, 0.0)) - 1
        colours = [view.colours[1]] * middle + [view.colours[0]]
        colours += [theme.muted] * (len(edges) - 1 - len(colours))
        bars = axes.bar(
            edges[:-1],
            np.ones(len(edges) - 1),
            np.diff(edges),
            bottom=_FLOOR,
            align="edge",
            color=colours,
            edgecolor=theme.paper,
            linewidth=view.line("hairline"),
            zorder=2,
        )
        text = axes.text(
            0.01,
            0.98,
            "",
            transform=axes.transAxes,
            fontsize=view.type("note"),
            color=theme.ink,
            verticalalignment="top",
        )

        def advance(step: float) -> None:
            now = int(np.searchsorted(result.steps, step + 1e-9, side="right")) - 1
            for bar, count in zip(bars, counts[now], strict=True):
                bar.set_height(max(count - _FLOOR, 0.0))
            low, high = (words.number(float(end), 2) for end in ends[now])
            text.set_text(words("ends of the spectrum", low=low, high=high))

        advance(0.0)
        text.set_visible(relative_size(axes, text)[0] < 0.5)
        return Drawing([], [*bars, text], lambda moment: advance(moment.step))


@dataclass(frozen=True, kw_only=True)
class EigenvalueShares(ResultPanel):
    """The shares of eigenvalues near zero, and of those clearly below it, against the step.

    Both as the histogram's bars have them; the faint curves are the other seeds'.
    """

    experiment = "hessian_spectrum"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        shares = _shares(result_of(view, HessianSpectrum))
        dress_curves(axes, view, shares, view.words("share of eigenvalues"), "linear")
        axes.set_ylim(0.0, 1.06 * shares.max())

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result = result_of(view, HessianSpectrum)
        shares = _shares(result)
        for colour, each in zip(view.colours, shares, strict=False):
            _faint(axes, view, result.steps, each[1:], colour)
        first = shares[:, 0]
        points = np.stack([np.broadcast_to(result.steps, first.shape), first], axis=-1)
        ends = np.full(2, result.steps[-1])
        trails = Trails(axes, points, result.steps, ends, np.arange(2), view)
        return _with_cursor(axes, view, [trails])


@dataclass(frozen=True, kw_only=True)
class SpectrumLoss(ResultPanel):
    """The training loss against the step, log scale; faint: the other seeds."""

    experiment = "hessian_spectrum"

    def dress(self, axes: "Axes", view: View, limits: View) -> None:
        losses = result_of(view, HessianSpectrum).losses[:, None]
        dress_curves(axes, view, losses, view.words("training loss"), "log")

    def draw(self, axes: "Axes", view: View, limits: View) -> Drawing:
        result, ink = result_of(view, HessianSpectrum), view.theme.ink
        _faint(axes, view, result.steps, result.losses[1:], ink)
        axes.plot(result.steps, result.losses[0], color=ink, linewidth=view.line("trail") / 1.5)
        return _with_cursor(axes, view, [])


def bar_edges(result: HessianSpectrum) -> np.ndarray:
    """The edges [n + 1] of the histogram's bars: one around zero, the others equal on a log
    scale."""
    near, values = result.threshold[0], result.eigenvalues[0]
    sides = [
        near * 10 ** (np.arange(ceil(_PER_DECADE * log10(max(end / near, 1.01))) + 1) / _PER_DECADE)
        for end in (-values.min() * 1.0001, values.max() * 1.0001)
    ]
    return np.concatenate([-sides[0][::-1], sides[1]])


def _counts(result: HessianSpectrum, edges: np.ndarray) -> np.ndarray:
    """How many of the first seed's eigenvalues each bar holds, [kept, bar]."""
    return np.stack([np.histogram(each, edges)[0] for each in result.eigenvalues[0]])


def _shares(result: HessianSpectrum) -> np.ndarray:
    """The shares near zero and clearly below it, [2, seed, kept]."""
    return np.stack([result.near, result.clearly_negative])


def _faint(axes: "Axes", view: View, steps: np.ndarray, curves: np.ndarray, colour: object) -> None:
    """Thin lines of the other seeds behind the first one's, `curves` [seed, kept]."""
    if len(curves):
        axes.plot(steps, curves.T, color=colour, alpha=0.35, linewidth=view.line("trail") / 3)


def _with_cursor(axes: "Axes", view: View, trails: list[Trails]) -> Drawing:
    """What moves: `trails`, and a vertical line at the step of the clock."""
    cursor = axes.axvline(0, color=view.theme.muted, linewidth=view.line("hairline"), alpha=0.7)

    def show(moment: Moment) -> None:
        cursor.set_xdata([moment.step, moment.step])

    return Drawing(trails, [cursor], show)
