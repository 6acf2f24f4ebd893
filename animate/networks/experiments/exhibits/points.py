"""Experiments whose picture is made of curves and points."""

import numpy as np

from animate.networks.experiments.bad_minima import BadMinima
from animate.networks.experiments.escape_directions import EscapeDirections
from animate.networks.experiments.exhibits.exhibit import Exhibit, no_terrain, paths_of
from animate.networks.experiments.saddles import Saddles
from animate.networks.experiments.sharpness import Sharpness
from animate.text import Words


def saddles(result: Saddles, words: Words) -> Exhibit:
    """The loss as a staircase over the exact saddles, and the way down the ladder."""
    names = tuple(words("start number", number=k + 1) for k in range(len(result.losses)))
    return Exhibit(
        title=words("saddles title"),
        evidence=result,
        trajectories=paths_of(names, result.steps, result.losses),
        names=names,
        panels=(("staircase", "ladder"), ("finding",)),
        finding=words(
            "saddles finding",
            starts=len(names),
            ladder=", ".join(words.between(index) for index in result.rest_index.T[:-1]),
            farthest=words.percent(result.rest_distance[:, :-1].max(), 1),
            points=len(result.ladder_losses),
        ),
        terrain=no_terrain(result.steps),
    )


def escape_directions(result: EscapeDirections, words: Words) -> Exhibit:
    """Critical points of the first draw, one after the other from the highest."""
    facts, steps = result.facts, np.arange((result.draws == 0).sum() + 1)
    return Exhibit(
        title=words("escape title"),
        evidence=result,
        trajectories=paths_of([words("points found")], steps, np.ones((1, len(steps)))),
        names=(),
        panels=(("critical_points",), ("finding",)),
        finding=words(
            "escape finding",
            distinct=facts["distinct"][0],
            parameters=result.parameters,
            draws=len(result.seeds),
            correlation=words.between(result.rank_correlation),
            solved=facts["solved"],
            starts=facts["starts"],
        ),
        terrain=no_terrain(steps),
        clock=words("critical point"),
    )


def bad_minima(result: BadMinima, words: Words) -> Exhibit:
    """Where 64 starts end, for each width."""
    medians = np.median(result.losses, axis=1)
    names = tuple(words("units", number=int(width)) for width in result.widths)
    return Exhibit(
        title=words("bad_minima title"),
        evidence=result,
        trajectories=paths_of(names, result.steps, medians),
        names=(),
        panels=(("end_points",), ("finding",)),
        finding=words(
            "bad_minima finding",
            starts=result.losses.shape[1],
            draws=len(result.ends),
            small=words.between(result.spread[:, 0]),
            fewest=int(result.widths[0]),
            large=words.between(result.spread[:, -1], 1),
            most=int(result.widths[-1]),
            steps=int(result.steps[-1]),
            gradient=words.between(np.median(result.gradient_norms, axis=(0, 2)), 1),
        ),
        terrain=no_terrain(result.steps),
    )


def sharpness(result: Sharpness, words: Words) -> Exhibit:
    """Largest eigenvalues after small and large batches, and what a rescaling does to them."""
    facts = result.facts
    few, many = (int(size) for size in result.batches)
    steps = np.arange(len(result.alphas))
    names = (words("eigenvalue"), words("filter normalised"))
    return Exhibit(
        title=words("sharpness title"),
        evidence=result,
        trajectories=paths_of(names, steps, np.stack([result.scaled_eigenvalues, result.filtered])),
        names=names,
        panels=(("batches", "rescaling"), ("finding",)),
        finding=words(
            "sharpness finding",
            few=few,
            many=many,
            small=words.between(result.eigenvalues[0]),
            large=words.between(result.eigenvalues[1]),
            flatter=facts["flatter"],
            better=facts["better"],
            seeds=facts["seeds"],
            rate=result.rate,
            other=result.other_rate,
            other_small=words.between(result.other_eigenvalues[0]),
            other_large=words.between(result.other_eigenvalues[1]),
            before=words.number(float(result.scaled_eigenvalues[0]), 2),
            after=words.number(float(result.scaled_eigenvalues[-1]), 2),
            change=words.number(float(facts["output_change"]), 1),
        ),
        terrain=no_terrain(steps),
        clock=words("rescaling"),
    )
