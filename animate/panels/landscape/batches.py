"""Sharpness: after small and large batches, and under a rescaling that changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from animate.experiments.sharpness import Sharpness
from animate.figure import Panel, Trails, View
from animate.panels.landscape.evidence import evidence, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(kw_only=True)
class Batches(Panel):
    """The largest eigenvalue after small and large batches, each seed a line; held-out accuracy."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "batches", Sharpness)
        plain(axes, view)
        axes.set(xlim=(-0.45, 1.45), ylim=(0, 1.15 * result.eigenvalues.max()))
        words = view.words
        said = [
            words("said of a batch", size=int(size), accuracy=words.percents(shares, 1))
            for size, shares in zip(result.batches, result.accuracies, strict=True)
        ]
        axes.set_xticks([0, 1], said)
        axes.set(ylabel=words("eigenvalue at equal loss"))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "batches", Sharpness)
        theme, head = view.theme, view.line("head")
        for pair in result.eigenvalues.T:
            axes.plot([0, 1], pair, color=theme.faint, linewidth=view.line("trail") / 2, zorder=2)
        axes.scatter(
            np.repeat([0, 1], result.eigenvalues.shape[1]),
            result.eigenvalues.ravel(),
            s=(2 * head) ** 2,
            color=view.colours[0],
            edgecolors=theme.casing,
            linewidths=view.line("casing"),
            zorder=3,
        )
        return []


@dataclass(kw_only=True)
class Rescaling(Panel):
    """Two measures of sharpness of one network, while its layers are rescaled by α and 1/α."""

    def dress(self, axes: "Axes", view: View) -> None:
        result = evidence(view, "rescaling", Sharpness)
        plain(axes, view)
        both = np.concatenate([result.scaled_eigenvalues, result.filtered])
        axes.set(xscale="log", yscale="log", ylim=(both.min() / 1.6, both.max() * 1.6))
        axes.set(xlim=(result.alphas[0] / 1.1, result.alphas[-1] * 1.15))
        axes.set_xticks(
            result.alphas, [view.words.number(alpha) for alpha in result.alphas.tolist()]
        )
        axes.minorticks_off()
        axes.set_xlabel(view.words("same outputs"))
        axes.set_ylabel(view.words("log scale", what=view.words("sharpness")))

    def draw(self, axes: "Axes", view: View) -> Sequence[Any]:
        result = evidence(view, "rescaling", Sharpness)
        both = np.stack([result.scaled_eigenvalues, result.filtered])
        points = np.stack([np.broadcast_to(result.alphas, both.shape), both], axis=-1)
        steps = np.arange(len(result.alphas))
        return [Trails(axes, points, steps, np.full(2, steps[-1]), np.arange(2), view)]
