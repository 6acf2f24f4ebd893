"""Experiments whose picture is a plane through the weights."""

import numpy as np

from animate.exhibits.exhibit import Exhibit, between, no_terrain, paths_of, terrain_of
from animate.experiments.mode_connectivity import ModeConnectivity
from animate.experiments.same_loss import SameLoss
from animate.experiments.swa import Swa


def mode_connectivity(result: ModeConnectivity) -> Exhibit:
    """The curve bends out of the line on the plane, its profile beside it."""
    facts = result.facts
    walls = result.losses[0].max(axis=-1)
    finding = (
        f"Between two trained networks the straight line meets a wall: loss "
        f"{between(facts['line_wall'])}, held-out accuracy {between(facts['line_accuracy'])} over "
        f"{len(result.losses)} pairs. A curve trained between the same two stays at loss "
        f"{between(facts['curve_wall'])} or less, accuracy {between(facts['curve_accuracy'], 3)}. "
        f"The plane is that of the last curve; on the way its middle lay up to "
        f"{result.control_distance.max():.1f} off it."
    )
    return Exhibit(
        title="Two minima, a wall, and a way around it",
        evidence=result,
        trajectories=paths_of(
            ["highest loss on the way"], result.steps, walls[None], result.controls[None]
        ),
        names=(),
        panels=(("connection", "profile"), ("finding",)),
        finding=finding,
        terrain=terrain_of(result.x, result.y, result.z),
        axes=("distance in weights, along the line", "across it"),
    )


def swa(result: Swa) -> Exhibit:
    """SGD's wandering and the mean of it, on the plane of largest variance."""
    facts = result.facts
    lower = sum(m < e for m, e in zip(facts["mean_error"], facts["error"], strict=True))
    equal = sum(m == e for m, e in zip(facts["mean_error"], facts["error"], strict=True))
    finding = (
        f"Over {len(facts['error'])} seeds the mean of the weights has a held-out error of "
        f"{between(facts['mean_error'])}, SGD's last point {between(facts['error'])}: lower in "
        f"{lower}, equal in {equal}. The mean's training loss is {between(facts['mean_loss'])} "
        f"against {between(facts['loss'])}. The plane holds {result.share.sum():.0%} of the path's "
        "variance; the curves beside it are the true losses."
    )
    losses = np.stack([result.losses[0], result.mean_losses[0]])
    names = ("SGD", "mean so far")
    first, second = result.share
    return Exhibit(
        title="Stochastic weight averaging",
        evidence=result,
        trajectories=paths_of(
            names, result.steps - result.steps[0], losses, np.stack([result.path, result.means])
        ),
        names=names,
        panels=(("contour", "loss"), ("finding",)),
        finding=finding,
        terrain=terrain_of(result.x, result.y, result.z),
        axes=(f"PC 1 ({first:.0%} of variance)", f"PC 2 ({second:.0%} of variance)"),
    )


def same_loss(result: SameLoss) -> Exhibit:
    """Losses that end alike, and how far apart the networks are that have them."""
    facts = result.facts
    runs = len(result.losses)
    names = tuple(f"run {k + 1}" for k in range(runs))
    finding = (
        f"{runs} independent runs end at held-out accuracies of {between(facts['accuracy'], 3)}, "
        f"and yet {between(facts['apart'], 3)} apart from each other, farther than any of them "
        f"went ({between(result.lengths, 3)}). The best plane of a path holds "
        f"{between(facts['path_share'], 3)} of its variance; that of a random walk of as many "
        f"points holds {result.walk_share:.2f} already."
    )
    return Exhibit(
        title="As good, and far apart",
        evidence=result,
        trajectories=paths_of(names, result.steps, result.losses, result.paths),
        names=(),
        panels=(("loss", "distances"), ("finding",)),
        finding=finding,
        terrain=no_terrain(result.steps),
    )
