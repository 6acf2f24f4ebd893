"""The timeline: seconds to frames, frames to steps, and a GIF's whole hundredths of a second."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal

import numpy as np
from jaxtyping import Float

from animate.figure.tempo import Tempo

Pace = Literal["even", "steps", "slowing"]

EASE = 0.4
"""Seconds over which the clock takes up another speed, or comes to rest."""
_SNAP = 1e-9
"""A step so near to a whole one is that one: what stands still must not lie between two."""


@dataclass(frozen=True)
class Beat:
    """What the clock does at step `at`: rest for `pause` seconds, then run at `speed` times the
    usual; None: at the speed it has."""

    at: int
    pause: float = 0.0
    speed: float | None = None


@dataclass(frozen=True)
class Timeline:
    """How optimizer updates become `seconds` of movement and `hold` seconds of rest.

    Frame i is shown from i/fps; the first frame shows step `first` and the last one step `steps`.
    `seconds` are counted at the usual speed: the `beats`, in the order of their steps, add to them
    by pauses and slow motion, and all of it is the `length`. The last frame stays until
    `length + hold`, which is exactly how long the clip lasts. With a `tempo` the usual speed is
    that; without one an even `pace`, and None, are one by steps.
    """

    steps: int
    seconds: float = 6.0
    fps: float = 25.0
    hold: float = 1.5
    loop: bool = True
    pace: Pace | None = None
    beats: Sequence[Beat] = ()
    first: int = 0
    tempo: Tempo | None = None

    @property
    def uniform(self) -> bool:
        """Whether every update lasts as long as any other, at the usual speed."""
        return self.tempo is None and self._power == 1

    @property
    def _power(self) -> int:
        """The power of the share of the time that is the share of the updates."""
        return 2 if self.pace == "slowing" else 1

    @property
    def updates(self) -> int:
        """The number of updates from the first step to the last."""
        return self.steps - self.first

    @property
    def length(self) -> float:
        """Seconds of movement, pauses and slow motion included."""
        return self._course.length if self.beats else self.seconds

    @property
    def frames(self) -> int:
        """The number of frames of movement; at least 1."""
        return max(1, round(self.length * self.fps))

    @property
    def duration(self) -> float:
        """Seconds that the whole clip lasts."""
        return self.length + self.hold

    @property
    def holds(self) -> bool:
        """Whether the clip stays at its end for a frame or longer."""
        return self.duration * self.fps - self.frames >= 1.0 - _SNAP

    def step_at(self, frame: float) -> float:
        """The step, with its fraction, that `frame` shows; between two frames if `frame` is.

        >>> clip = Timeline(steps=100, seconds=2.0, fps=10.0)
        >>> [round(clip.step_at(frame), 1) for frame in (0, 1, 19)]
        [0.0, 5.3, 100.0]
        """
        if self.frames == 1:
            return float(self.steps)
        share = frame / (self.frames - 1)
        if self.beats and 0 < share < 1:
            share = self._course.share_at(self.second_at(frame))
        if self.tempo is not None:
            step = self.tempo.step_at(share)
        else:
            step = self.first + self.updates * share**self._power
        whole = round(step)
        return float(whole) if self.beats and abs(step - whole) < _SNAP * self.updates else step

    def second_at(self, frame: float) -> float:
        """The second of the movement at `frame`: 0 at the first one, `length` at the last."""
        return self.length * (frame / (self.frames - 1) if self.frames > 1 else 1.0)

    def second_of(self, step: float) -> float:
        """The second of the movement at which the clock reaches `step`."""
        share = self.share_of(step)
        return self._course.second_of(share) if self.beats else share * self.seconds

    def share_of(self, step: float) -> float:
        """The share of the movement that is over at `step`, at the usual speed all along."""
        return float(self.shares_of(np.array([step], float))[0])

    def shares_of(self, steps: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        """As `share_of`, at each of `steps`."""
        if self.tempo is not None:
            return self.tempo.shares_of(steps)
        if not self.updates:
            return np.ones_like(steps)
        shares = np.maximum(steps - self.first, 0.0) / self.updates
        return shares ** (1 / self._power)

    def frame_at(self, seconds: float, count: int | None = None) -> int:
        """The frame that is on the screen at `seconds`, of `count`; None: of the movement's."""
        return int(min(max(seconds * self.fps + 1e-9, 0.0), (count or self.frames) - 1))

    @cached_property
    def _course(self) -> "_Course":
        seconds, shares, speed = [0.0], [0.0], 1.0
        for beat in self.beats:
            share = self.share_of(beat.at)
            reached = seconds[-1] + (share - shares[-1]) * self.seconds / speed
            seconds += [reached, reached + beat.pause]
            shares += [share, share]
            speed = beat.speed or speed
        seconds.append(seconds[-1] + (1.0 - shares[-1]) * self.seconds / speed)
        return _Course(seconds, [*shares, 1.0])


class _Course:
    """The share of the movement that is over, against the seconds: straight between the knots,
    averaged over EASE seconds, so that no speed is taken up at once.

    Beyond either end it goes on as its own mirror image, so that the ends stay where they are.
    """

    def __init__(self, seconds: Sequence[float], shares: Sequence[float]) -> None:
        self._seconds, self._shares = seconds, shares
        self.length = seconds[-1]
        self._ease = min(EASE, self.length)
        spans = pairwise(zip(seconds, shares, strict=True))
        areas = [(t1 - t0) * (s0 + s1) / 2 for (t0, s0), (t1, s1) in spans]
        self._areas = [0.0, *accumulate(areas)]

    def share_at(self, second: float) -> float:
        """The share at `second`; exact where the speed does not change."""
        before, after = second - self._ease / 2, second + self._ease / 2
        if before >= 0 and after <= self.length and self._piece(before) == self._piece(after):
            return self._straight(second)
        return (self._area(after) - self._area(before)) / self._ease

    def second_of(self, share: float) -> float:
        """The first second at which the knots reach `share`."""
        for (t0, s0), (t1, s1) in pairwise(zip(self._seconds, self._shares, strict=True)):
            if share <= s1:
                return t0 + (t1 - t0) * (share - s0) / (s1 - s0) if s1 > s0 else t0
        return self.length

    def _piece(self, second: float) -> int:
        return min(max(bisect_right(self._seconds, second) - 1, 0), len(self._seconds) - 2)

    def _straight(self, second: float) -> float:
        k = self._piece(second)
        (t0, t1), (s0, s1) = self._seconds[k : k + 2], self._shares[k : k + 2]
        return s0 + (s1 - s0) * (second - t0) / (t1 - t0) if s1 > s0 else s0

    def _area(self, second: float) -> float:
        """The integral of the share from 0 to `second`."""
        if second < 0:
            return self._area(-second)
        if second > self.length:
            beyond = second - self.length
            return self._area(self.length - beyond) + 2 * beyond
        k = self._piece(second)
        reached = self._shares[k] + self._straight(second)
        return self._areas[k] + (second - self._seconds[k]) * reached / 2
