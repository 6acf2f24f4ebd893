"""Experiments whose picture is a plane through the weights."""

import numpy as np

from animate.networks.experiments.exhibits.exhibit import Exhibit, no_terrain, paths_of, terrain_of
from animate.networks.experiments.mode_connectivity import ModeConnectivity
from animate.networks.experiments.same_loss import SameLoss
from animate.networks.experiments.swa import Swa
from animate.text import Words


def mode_connectivity(result: ModeConnectivity, words: Words) -> Exhibit:
    """The curve bends out of the line on the plane, its profile beside it."""
    facts = result.facts
    walls = result.losses[0].max(axis=-1)
    return Exhibit(
        title=words("connection title"),
        evidence=result,
        trajectories=paths_of(
            [words("highest loss on the way")], result.steps, walls[None], result.controls[None]
        ),
        names=(),
        panels=(("connection", "profile"), ("finding",)),
        finding=words(
            "connection finding",
            wall=words.between(facts["line_wall"]),
            accuracy=words.between(facts["line_accuracy"]),
            pairs=len(result.losses),
            curve=words.between(facts["curve_wall"]),
            kept=words.between(facts["curve_accuracy"], 3),
            distance=words.number(float(result.control_distance.max()), 2),
        ),
        terrain=terrain_of(result.x, result.y, result.z),
        axes=(words("along the line"), words("across the line")),
    )


def swa(result: Swa, words: Words) -> Exhibit:
    """SGD's wandering and the mean of it, on the plane of largest variance."""
    facts = result.facts
    pairs = list(zip(facts["mean_error"], facts["error"], strict=True))
    losses = np.stack([result.losses[0], result.mean_losses[0]])
    names = (words("sgd"), words("mean so far"))
    return Exhibit(
        title=words("swa title"),
        evidence=result,
        trajectories=paths_of(
            names, result.steps - result.steps[0], losses, np.stack([result.path, result.means])
        ),
        names=names,
        panels=(("contour", "loss"), ("finding",)),
        finding=words(
            "swa finding",
            seeds=len(pairs),
            mean=words.between(facts["mean_error"]),
            last=words.between(facts["error"]),
            lower=sum(mean < last for mean, last in pairs),
            equal=sum(mean == last for mean, last in pairs),
            mean_loss=words.between(facts["mean_loss"]),
            loss=words.between(facts["loss"]),
            share=words.percent(result.share.sum()),
        ),
        terrain=terrain_of(result.x, result.y, result.z),
        axes=tuple(  # pyright: ignore[reportArgumentType]  # two of them
            words(
                "axis of variance",
                axis=words("principal component", number=k + 1),
                share=words.percent(share),
            )
            for k, share in enumerate(result.share)
        ),
    )


def same_loss(result: SameLoss, words: Words) -> Exhibit:
    """Losses that end alike, and how far apart the networks are that have them."""
    facts = result.facts
    runs = len(result.losses)
    names = tuple(words("run number", number=k + 1) for k in range(runs))
    return Exhibit(
        title=words("same_loss title"),
        evidence=result,
        trajectories=paths_of(names, result.steps, result.losses, result.paths),
        names=(),
        panels=(("loss", "distances"), ("finding",)),
        finding=words(
            "same_loss finding",
            runs=runs,
            accuracy=words.between(facts["accuracy"], 3),
            apart=words.between(facts["apart"], 3),
            lengths=words.between(result.lengths, 3),
            share=words.between(facts["path_share"], 3),
            walk=words.number(result.walk_share, 2),
        ),
        terrain=no_terrain(result.steps),
    )
