"""Experiments whose picture is made of slices and images."""

import numpy as np

from animate.exhibits.exhibit import Exhibit, between, no_terrain, paths_of
from animate.experiments.skip_connections import SkipConnections
from animate.experiments.trainability import Trainability
from animate.experiments.width import Width

_STEPS = np.arange(2)


def skip_connections(result: SkipConnections) -> Exhibit:
    """Three slices side by side, the points that bend down coloured."""
    parts = [
        f"{name}: {between(shares)} (rim {between(walls, 3)})"
        for name, shares, walls in zip(result.variants, result.shares, result.walls, strict=True)
    ]
    finding = (
        f"The share of a slice that bends down, at equal loss, over {result.shares.shape[1]} "
        f"seeds: {'; '.join(parts)}. What the skips do to convexity survives equal "
        "initial weights; the lower rim is the small start's. One colour scale for all three."
    )
    count = len(result.variants)
    return Exhibit(
        title="Skip connections straighten the slice",
        evidence=result,
        trajectories=paths_of(
            ["seed"], np.arange(result.z.shape[1]), np.ones((1, result.z.shape[1]))
        ),
        names=(),
        panels=(tuple({"cut": {"number": k}} for k in range(count)), ("finding",)),
        finding=finding,
        terrain=no_terrain(_STEPS),
        clock="seed",
    )


def width(result: Width) -> Exhibit:
    """Slices for four widths, and the share that bends down against width and depth."""
    finding = (
        f"At equal loss the share of a slice that bends down falls from "
        f"{between(result.shares[0])} with {result.widths[0]} units a layer to "
        f"{between(result.shares[-1])} with {result.widths[-1]} ({result.shares.shape[1]} seeds). "
        f"Depth beside it, at {result.depth_width} units: {between(result.depth_shares[0])} with "
        f"{result.depths[0]} layers, {between(result.depth_shares[-1])} with {result.depths[-1]}."
    )
    maps = tuple({"cut": {"number": k}} for k in range(len(result.widths)))
    return Exhibit(
        title="Wider is more convex",
        evidence=result,
        trajectories=paths_of(["seed"], _STEPS, np.ones((1, 2))),
        names=(),
        panels=(maps, ({"shares": {"of": "width"}}, {"shares": {"of": "depth"}}), ("finding",)),
        finding=finding,
        terrain=no_terrain(_STEPS),
        clock="picture",
    )


def trainability(result: Trainability) -> Exhibit:
    """The boundary of training, level by level into it."""
    facts = result.facts
    finding = (
        f"Each pixel is one training, {facts['trainings']:,} in all: blue where it converged, red "
        f"where it diverged, darker the slower. The boundary's box-counting dimension is "
        f"{between(facts['dimension'][1:], 3)} on the enlarged levels, 1 for a plain curve. "
        "Between levels the picture is enlarged, not computed."
    )
    steps = np.arange(len(result.measure))
    return Exhibit(
        title="Where training begins to fail",
        evidence=result,
        trajectories=paths_of(["level"], steps, np.ones((1, len(steps)))),
        names=(),
        panels=(("zoom",), ("finding",)),
        finding=finding,
        terrain=no_terrain(steps),
        clock="level",
    )
