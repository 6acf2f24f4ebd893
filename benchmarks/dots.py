"""Milliseconds a frame of 10 000 dots at 640×480: `python -m benchmarks.dots`.

Every frame is drawn three times, in turn with all others, and its best time taken.
"""

import time
from pathlib import Path

import numpy as np

from animate import pipeline as movie
from animate.scene import load as reading

SCENE = Path(__file__).parents[1] / "scenes" / "swarm_himmelblau.yaml"
ROUNDS = 3


def milliseconds(color_by: str) -> np.ndarray:
    """The best time of each frame, [frame]."""
    panels = f"panels=[{{contour: {{color_by: {color_by}}}}}]"
    script = reading.read(SCENE, ["start.count=10000", panels])
    with script.placing():
        stage = movie.stage(script.scene)
    taken = np.empty((ROUNDS, stage.view.timeline.frames))
    stage.picture(0)
    for number, frame in np.ndindex(taken.shape):
        begin = time.perf_counter()
        stage.picture(frame)
        taken[number, frame] = time.perf_counter() - begin
    return 1000 * taken.min(axis=0)


def main() -> None:
    for color_by in ("basin", "optimizer"):
        each = milliseconds(color_by)
        print(f"{color_by}: mean {each.mean():.1f} ms, worst {each.max():.1f} ms")


if __name__ == "__main__":
    main()
