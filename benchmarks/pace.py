"""How fast heads move in every scene: with a clock by steps, and with the scene's own.

    python -m benchmarks.pace > benchmarks/pace.md     # all scenes, some minutes
    python -m benchmarks.pace scenes/beale.yaml        # some of them

A head's move is what it goes between two frames at 25 fps, in % of the window's diagonal; what
lies outside of the window counts for nothing. The shares are those of the movement after which 50
and 80 % of the length is drawn of all paths together, as far as they are in the window.
"""

import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from animate.errors import Remark
from animate.figure import View
from animate.pipeline import solve
from animate.scene import Scene
from animate.scene.load import read
from animate.sources import panels_of, view_of
from animate.sources.pace import visible_moves

ROOT = Path(__file__).parents[1]
FPS = 25.0
HEAD = """# The pace of heads

By `python -m benchmarks.pace`: the largest move of a head from frame to frame at 25 fps, in % of
the window's diagonal, and the shares of the movement after which 50 and 80 % of the length of all
paths are drawn: with `pace: steps`, then as the scene is.

| scene | by steps: move | 50 % | 80 % | as it is | move | 50 % | 80 % |
|---|---|---|---|---|---|---|---|"""


def measured(view: View) -> tuple[float, float, float]:
    """The largest move in %, and the two shares of the movement."""
    clock, paths = replace(view.timeline, fps=FPS), view.trajectories
    steps = [clock.step_at(frame) for frame in range(clock.frames)]
    shown = np.stack([paths.at(paths.positions, step) for step in steps], axis=2)
    framed = replace(view, trajectories=replace(paths, positions=shown))
    drawn = np.concatenate([[0.0], visible_moves(view).sum((0, 1)).cumsum()])
    if not drawn[-1]:
        return 0.0, np.nan, np.nan
    reached = [np.interp(share * drawn[-1], drawn, paths.steps) for share in (0.5, 0.8)]
    half, most = (clock.second_of(step) / clock.length for step in reached)
    return 100 * visible_moves(framed).max(), half, most


def own_pace(scene: Scene, view: View) -> str:
    """How the scene's clock goes."""
    return "even" if view.timeline.tempo is not None else scene.timing.pace or "steps"


def rows(scene: Scene) -> Iterator[str]:
    """The cells of the scene's row: none where no heads are seen on a surface, or in a film."""
    solution = solve(scene)
    panels = [entry.panel for entry in panels_of(scene, solution).cells()]
    if scene.film or not any(panel.traits.heads for panel in panels):
        return
    own = view_of(scene, solution)
    timing = scene.timing.model_copy(update={"pace": "steps"})
    by_steps = view_of(scene.model_copy(update={"timing": timing}), solution)
    for view in (by_steps, own):
        move, half, most = measured(view)
        yield f"{move:.1f} | {half:.2f} | {most:.2f}"
        yield own_pace(scene, own)


def main(arguments: list[str]) -> None:
    """Print the table of some scenes, or of all."""
    warnings.simplefilter("ignore", Remark)
    print(HEAD)
    for path in map(Path, arguments or sorted((ROOT / "scenes").rglob("*.yaml"))):
        if cells := list(rows(read(path).scene)):
            name = path.resolve().relative_to(ROOT / "scenes").with_suffix("")
            print(f"| {name} | {' | '.join(cells[:-1])} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
