"""What the experiment saddles costs."""

from collections.abc import Sequence

from animate.networks.cost import Cost, calculation, hessians


def cost(*, hidden: int, steps: int, kept: int, seeds: Sequence[int], **_: object) -> Cost:
    """The descent of every seed, and two Hessians for each point that is kept of it."""
    size, points = 32 * hidden, len(seeds) * (kept + 1)
    descent = calculation(6.0 * 16 * size * steps * len(seeds), iterations=steps)
    return descent + hessians(size, 2 * points, held=points, examples=16)
