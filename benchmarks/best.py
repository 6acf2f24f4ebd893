"""What `learning_rate: best` adds to a cold process of eight optimizers.

`python -m benchmarks.best`: `animate trace` of Beale's function with the best rates and with a
fixed one, in five pairs that alternate in order, after one for warming up.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PAIRS = 5
SCENE = """surface: beale
optimizers: [sgd, momentum, nesterov, adagrad, rmsprop, adadelta, adam, adamax]
learning_rate: {rate}
"""
Cost = tuple[float, float]
"""Seconds on the clock, and seconds of all cores."""


def traced(folder: Path, rate: str) -> Cost:
    """What one cold process takes."""
    scene = folder / "scene.yaml"
    scene.write_text(SCENE.format(rate=rate))
    command = [sys.executable, "-m", "animate", "trace", scene, "-o", folder / "paths.npz"]
    begin, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    busy = after.children_user + after.children_system
    return time.perf_counter() - begin, busy - before.children_user - before.children_system


def main() -> None:
    costs: dict[str, list[Cost]] = {"best": [], "0.01": []}
    with tempfile.TemporaryDirectory() as folder:
        for pair in range(PAIRS + 1):
            for rate in sorted(costs, reverse=bool(pair % 2)):
                costs[rate].append(traced(Path(folder), rate))
    for k, what in enumerate(("on the clock", "of all cores")):
        best, fixed = ([cost[k] for cost in each[1:]] for each in costs.values())
        more = [a - b for a, b in zip(best, fixed, strict=True)]
        print(
            f"seconds {what}: best {median(best):.2f}, fixed {median(fixed):.2f}, "
            f"more by {median(more):.2f} ({min(more):.2f} to {max(more):.2f})"
        )


if __name__ == "__main__":
    main()
