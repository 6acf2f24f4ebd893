"""Experiments whose picture is made of curves and points."""

import numpy as np

from animate.exhibits.exhibit import Exhibit, between, no_terrain, paths_of
from animate.experiments.bad_minima import BadMinima
from animate.experiments.escape_directions import EscapeDirections
from animate.experiments.saddles import Saddles
from animate.experiments.sharpness import Sharpness
from animate.words import Words


def saddles(result: Saddles) -> Exhibit:
    """The loss as a staircase over the exact saddles, and the way down the ladder."""
    names = tuple(f"start {k + 1}" for k in range(len(result.losses)))
    ladder = ", ".join(str(index) for index in result.rung_index[:-1])
    same = (result.rest_index == result.rung_index).all()
    farthest = result.rest_distance[:, :-1].max()
    finding = (
        f"From weights of about 10⁻⁶ each of {len(names)} starts comes down past saddles with "
        f"{ladder} directions of escape{'' if same else ' or others'}, within "
        f"{farthest:.0%} of their losses. The rungs are exact: {len(result.ladder_losses):,} "
        "critical points, one for each choice of principal components (Baldi & Hornik 1989). On "
        "its way past a saddle a path counts a few directions more than there are at it."
    )
    return Exhibit(
        title="From saddle to saddle",
        evidence=result,
        trajectories=paths_of(names, result.steps, result.losses),
        names=names,
        panels=(("staircase", "ladder"), ("finding",)),
        finding=finding,
        terrain=no_terrain(result.steps),
    )


def escape_directions(result: EscapeDirections) -> Exhibit:
    """Critical points, one after the other from the highest."""
    facts, steps = result.facts, np.arange(len(result.losses) + 1)
    finding = (
        f"{facts['distinct']} distinct critical points of a network of {result.parameters} weights "
        f"(|gradient| < 10⁻⁸, {facts['solved']} of {facts['starts']} searches ended at one). The "
        "higher the loss, the more directions lead down: Spearman's rank correlation is "
        f"{result.rank_correlation:.2f}, the plateau where the network ignores its input left out."
    )
    return Exhibit(
        title="The higher, the more ways down",
        evidence=result,
        trajectories=paths_of(["points found"], steps, np.ones((1, len(steps)))),
        names=(),
        panels=(("critical_points",), ("finding",)),
        finding=finding,
        terrain=no_terrain(steps),
        clock="point",
    )


def bad_minima(result: BadMinima) -> Exhibit:
    """Where 64 starts end, for each width."""
    medians = np.median(result.losses, axis=1)
    names = tuple(f"{width} units" for width in result.widths)
    small, large = result.widths[0], result.widths[-1]
    finding = (
        f"{result.losses.shape[1]} starts of a network with one hidden layer on two spirals: their "
        f"end points differ by {result.spread[0]:.2g} with {small} units and by "
        f"{result.spread[-1]:.1g} with {large}. End points of "
        f"{result.steps[-1]} steps, not proven minima: the median gradient there is "
        f"{between(np.median(result.gradient_norms, axis=1), 1)}."
    )
    return Exhibit(
        title="Bad end points belong to small networks",
        evidence=result,
        trajectories=paths_of(names, result.steps, medians),
        names=names,
        panels=(("end_points",), ("finding",)),
        finding=finding,
        terrain=no_terrain(result.steps),
    )


def sharpness(result: Sharpness) -> Exhibit:
    """Largest eigenvalues after small and large batches, and what a rescaling does to them."""
    facts = result.facts
    small, large = result.batches
    finding = (
        f"At equal loss the largest Hessian eigenvalue is {between(result.eigenvalues[0])} after "
        f"batches of {small} and {between(result.eigenvalues[1])} after {large}: lower in "
        f"{facts['flatter']} of {facts['seeds']} seeds. Better generalisation did not reproduce "
        f"({facts['better']} of {facts['seeds']}). Rescaling two layers moves one network's "
        f"eigenvalue from {result.scaled_eigenvalues[0]:.2g} to "
        f"{result.scaled_eigenvalues[-1]:.2g}, and no example's loss by more than "
        f"{Words().number(facts['output_change'], digits=1)}; along filter-normalised directions "
        "the curvature stays."
    )
    steps = np.arange(len(result.alphas))
    return Exhibit(
        title="Flat, sharp, and what it is worth",
        evidence=result,
        trajectories=paths_of(
            ["largest eigenvalue", "filter-normalised curvature"],
            steps,
            np.stack([result.scaled_eigenvalues, result.filtered]),
        ),
        names=("largest eigenvalue", "filter-normalised"),
        panels=(("batches", "rescaling"), ("finding",)),
        finding=finding,
        terrain=no_terrain(steps),
        clock="rescaling",
    )
