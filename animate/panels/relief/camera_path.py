"""Where the camera is at every moment: a turn that starts and ends gently, or a path of shots."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
from annotated_types import Ge, Le
from typing_extensions import TypedDict

EASE = 0.2
"""The share of a turn's time in which it speeds up, and again that in which it slows down."""


class Shot(TypedDict, total=False):
    """A pose of the camera at a second of the movement; what is left out stays as it was before."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  # pyright: ignore[reportGeneralTypeIssues]  # pydantic's

    at: Annotated[float, Ge(0), Le(3600)]
    elevation: Annotated[float, Ge(-90), Le(90)]
    azimuth: Annotated[float, Ge(-36_000), Le(36_000)]
    zoom: Annotated[float, Ge(0.1), Le(20)]


def one_at_a_time(path: tuple[Shot, ...]) -> tuple[Shot, ...]:
    """The shots, if no two are at one second. Raises ValueError."""
    times = [shot.get("at", 0.0) for shot in path]
    for time in times:
        if times.count(time) > 1:
            raise ValueError(f"two shots are at {time:g} seconds; give each its own")
    return path


@dataclass(frozen=True)
class Pose:
    """The camera's direction, in degrees, and its magnification: at zoom 1 the whole box fits."""

    azimuth: float
    elevation: float
    zoom: float = 1.0


class CameraPath:
    """The camera's pose at every second of the movement."""

    def __init__(self, start: Pose, orbit: float, path: Sequence[Shot], seconds: float) -> None:
        self._start, self._orbit, self._seconds = start, orbit, seconds
        self._shots = _filled(start, path)

    @property
    def moves(self) -> bool:
        """Whether the camera moves at all."""
        if not self._shots:
            return self._orbit != 0.0
        return any(before[1:] != after[1:] for before, after in pairwise(self._shots))

    def at(self, seconds: float) -> Pose:
        """The pose at `seconds`; before the first shot and after the last the camera rests."""
        if not self._shots:
            share = eased(seconds / self._seconds if self._seconds > 0 else 1.0)
            start = self._start
            return Pose(start.azimuth + self._orbit * share, start.elevation, start.zoom)
        times, azimuth, elevation, zoom = np.array(self._shots).T
        at = np.clip(seconds, times[0], times[-1])
        a, e, z = (monotone(times, values, at) for values in (azimuth, elevation, np.log(zoom)))
        return Pose(a, e, float(np.exp(z)))


def _filled(start: Pose, path: Sequence[Shot]) -> list[tuple[float, float, float, float]]:
    """(at, azimuth, elevation, zoom) of each shot in order; azimuths turn the shorter way."""
    shots: list[tuple[float, float, float, float]] = []
    azimuth, elevation, zoom = start.azimuth, start.elevation, start.zoom
    for shot in sorted(path, key=lambda shot: shot.get("at", 0.0)):
        turn = shot.get("azimuth", azimuth) - azimuth
        azimuth += (turn + 180.0) % 360.0 - 180.0
        elevation, zoom = shot.get("elevation", elevation), shot.get("zoom", zoom)
        shots.append((shot.get("at", 0.0), azimuth, elevation, zoom))
    return shots


def eased(share: float) -> float:
    """The progress of a turn, 0 to 1, after a `share` of its time: even but for its ends."""
    share = min(max(share, 0.0), 1.0)
    if share > 0.5:
        return 1.0 - eased(1.0 - share)
    if share >= EASE:
        return (share - EASE / 2.0) / (1.0 - EASE)
    return share**2 / (2.0 * EASE * (1.0 - EASE))


def monotone(times: np.ndarray, values: np.ndarray, at: float) -> float:
    """The cubic through `values` at `times` that nowhere overshoots (Fritsch and Butland, 1984).

    Its value at the time `at`; its slope is 0 at both ends.
    """
    if len(times) == 1:
        return float(values[0])
    step = np.diff(times)
    rise = np.diff(values) / step
    slope = np.zeros(len(times))
    left, right = rise[:-1], rise[1:]
    same = left * right > 0.0
    near, far = 2.0 * step[1:] + step[:-1], step[1:] + 2.0 * step[:-1]
    weighed = near / np.where(same, left, 1.0) + far / np.where(same, right, 1.0)
    slope[1:-1] = np.where(same, (near + far) / weighed, 0.0)
    k = int(np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(step) - 1))
    s, h = (at - times[k]) / step[k], step[k]
    blend = s * s * (3.0 - 2.0 * s)
    bend = s * (1.0 - s) * h
    arc = bend * ((1.0 - s) * slope[k] - s * slope[k + 1])
    return float(values[k] + (values[k + 1] - values[k]) * blend + arc)
