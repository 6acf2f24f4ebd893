"""A storyboard: captions, and windows onto the terrain, with the seconds at which they appear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Window = tuple[tuple[float, float], ...]

FADE = 0.3
"""Seconds in which a caption appears or disappears."""
ZOOM = 0.9
"""Seconds from one window to another."""
_PARTS = 4
"""Intervals into which `windows` divides each zoom."""


@dataclass(frozen=True)
class Story:
    """Captions and windows, each from a second of the movement on, in their order.

    A caption is opaque at its second, when the one before it has disappeared; "" is none.
    A window is reached ZOOM seconds after its second; the first is that of the whole terrain, and
    all have its shape. `stretched`: the colours of a map follow the window, as its key does; not in
    a strip, where one key stands for all moments.
    """

    captions: Sequence[tuple[float, str]] = ()
    shots: Sequence[tuple[float, Window]] = ()
    stretched: bool = True

    def caption_at(self, second: float) -> tuple[str, float]:
        """The caption at `second`, and its opacity from 0 to 1."""
        inks = [self._ink(k, second) if text else 0.0 for k, (_, text) in enumerate(self.captions)]
        ink = max(inks, default=0.0)
        return (self.captions[inks.index(ink)][1], ink) if ink else ("", 0.0)

    def _ink(self, k: int, second: float) -> float:
        """The opacity of caption k, which disappears before the next one appears."""
        since = self.captions[k][0]
        ink = 1.0 if second >= since else eased(1.0 - (since - second) / self._fade(k))
        if k + 1 == len(self.captions):
            return ink
        until, following = self.captions[k + 1]
        fade = self._fade(k + 1)
        return min(ink, eased((until - (fade if following else 0.0) - second) / fade))

    def _fade(self, k: int) -> float:
        """Seconds in which caption k appears, and in which the one before it disappears."""
        since = self.captions[k][0]
        return min(FADE, (since - self.captions[k - 1][0]) / 4 if k else since)

    def window_at(self, second: float) -> Window:
        """The window at `second`."""
        (_, window), *rest = self.shots
        for k, (since, goal) in enumerate(rest, start=1):
            if second <= since:
                break
            until = self.shots[k + 1][0] if k + 1 < len(self.shots) else second
            share = (min(second, until) - since) / ZOOM
            window = between(window, goal, eased(share))
        return window

    def windows(self) -> Iterator[Window]:
        """All windows, and some from each zoom between two, each pair of windows once."""
        ways = {frozenset(pair): pair for pair in pairwise(window for _, window in self.shots)}
        for one, other in ways.values():
            for part in range(_PARTS + 1):
                yield between(one, other, part / _PARTS)


def between(one: Window, other: Window, share: float) -> Window:
    """The window `share` of the way between two: magnified evenly, towards one point.

    The sides change as a geometric sequence does, so that the zoom looks equally fast all along.
    """
    if share <= 0.0:
        return one
    if share >= 1.0:
        return other
    (x, y) = (_between(*sides, share) for sides in zip(one, other, strict=True))
    return (x, y)


def _between(
    one: tuple[float, float], other: tuple[float, float], share: float
) -> tuple[float, float]:
    """The interval `share` of the way: its ends move in step with its length."""
    ratio = (other[1] - other[0]) / (one[1] - one[0])
    moved = share if abs(ratio - 1.0) < 1e-9 else (ratio**share - 1.0) / (ratio - 1.0)
    low, high = (a + moved * (b - a) for a, b in zip(one, other, strict=True))
    return (low, high)


def eased(share: float) -> float:
    """The cubic smoothstep of `share`: from 0 to 1, with slope 0 at both ends."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
