"""How much of the trails a relief shows, from where its camera stood and from where it stands now.

    python -m benchmarks.cameras > benchmarks/cameras.md

For every scene of scenes/relief: the share of the trails' length that the surface does not hide, by
the depth picture that trails are drawn with, over the clip (13 moments, each with the trails that
it shows) and at its end; the same with the options that the scene had by hand before cameras found
their own place; and the seconds that finding it takes.
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from animate.figure import Grid, PanelEntry
from animate.panels import Relief
from animate.panels.relief import bearing
from animate.panels.relief.model import ReliefArtist
from animate.pipeline import play, solve
from animate.scene.load import read
from animate.sources import view_of

ROOT = Path(__file__).parents[1]
SCENES = sorted((ROOT / "scenes" / "relief").glob("*.yaml"))
BY_HAND: dict[str, dict[str, Any]] = {
    "contour_and_relief": {"azimuth": -55, "elevation": 40, "orbit": 40},
    "himmelblau": {"azimuth": -50, "elevation": 38, "orbit": 60, "floor": True},
    "monkey_saddle": {"azimuth": -115, "elevation": 30, "orbit": 80},
    "saddle": {"azimuth": -55, "elevation": 32, "drop": True},
    "saddle_orbit": {"azimuth": -60, "elevation": 28, "orbit": 360},
}
"""The reliefs of these scenes as they were before `azimuth: auto`."""
MOMENTS = 13


@dataclass(frozen=True)
class Shown:
    """The mean share over the clip, that at its end, and the last azimuth and elevation."""

    clip: float
    end: float
    azimuth: float
    elevation: float


def shown(artist: ReliefArtist, timeline: Any, moments: int = MOMENTS) -> Shown:
    """What a relief shows of its trails."""
    frames = np.unique(np.linspace(0, timeline.frames - 1, moments).round().astype(int))
    shares = [share(artist, int(k), timeline.step_at(int(k))) for k in frames]
    last = artist.camera(float(frames[-1]) / timeline.fps)
    return Shown(float(np.nanmean(shares)), shares[-1], last.azimuth, last.elevation)


def share(artist: ReliefArtist, frame: int, step: float) -> float:
    """The share of the length drawn by `step` that is seen in `frame`; NaN where there is none."""
    sight, laid = artist.sight(frame), artist.paths.draped
    pieces = np.diff(laid.points * [1.0, 1.0, sight.camera.vertical], axis=0)
    length = np.nan_to_num(np.linalg.norm(pieces, axis=-1))
    length[laid.starts[1:-1] - 1] = 0.0
    length[laid.steps[1:] > step] = 0.0
    clear = sight.clear(np.nan_to_num(laid.points))
    total = length.sum()
    return float((length * (clear[1:] & clear[:-1])).sum() / total) if total > 0 else np.nan


def artist_of(path: Path, options: dict[str, Any] | None = None) -> tuple[ReliefArtist, Any, float]:
    """The relief of a scene, with other options if any are given; its timeline; the seconds that
    its camera took to find its place."""
    scene = read(path).scene
    assert scene.panels is not None
    entries = list(scene.panels.cells())
    if options is not None:
        entries = [_with(entry, options) for entry in entries]
        scene = scene.model_copy(update={"panels": Grid([entries])})
    solution = solve(scene)
    view = view_of(scene, solution)
    panel = next(entry.panel for entry in entries if isinstance(entry.panel, Relief))
    panel.start(view)
    bearing.forget()
    begun = time.perf_counter()
    panel.start(view)
    took = time.perf_counter() - begun
    player = play(scene, solution)
    found = [each for axes in player.figure.axes for each in axes.findobj(ReliefArtist)]
    return found[0], view.timeline, took


def _with(entry: PanelEntry, options: dict[str, Any]) -> PanelEntry:
    """The entry, if it is a relief, with other options."""
    return replace(entry, panel=Relief(**options)) if isinstance(entry.panel, Relief) else entry


def main() -> int:
    """Print the table; returns the status of the command."""
    print("# Cameras\n\nBy `python -m benchmarks.cameras`: the share of the trails' length that is")
    print("seen, over the clip and at its end; `by hand`: what the scene had before.\n")
    print(
        "| relief | by hand: clip | end | now: clip | end | ends at azimuth, elevation | found in |"
    )
    print("|---|---|---|---|---|---|---|")
    for path in SCENES:
        artist, timeline, took = artist_of(path)
        now, before = shown(artist, timeline), None
        if path.stem in BY_HAND:
            old, timeline, _ = artist_of(path, BY_HAND[path.stem])
            before = shown(old, timeline)
        hand = f"{before.clip:.2f} | {before.end:.2f}" if before else "as now | as now"
        pose = f"{(now.azimuth + 180) % 360 - 180:.0f}, {now.elevation:.0f}"
        found = f"{took:.2f} s" if path.stem in BY_HAND else "given"
        print(f"| {path.stem} | {hand} | {now.clip:.2f} | {now.end:.2f} | {pose} | {found} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
