"""Two workers of this machine against one, and a worker that is killed in the middle.

    python -m benchmarks.cluster > benchmarks/cluster.md

Rendered by `--cluster local:1` and `local:2`, each from start to end of the command: 40 scenes, and
the 201 × 201 points of a network's plane. Then again by two, of which one is killed halfway; the
files must be those of one worker, byte by byte. Needs the extras `cluster` and `networks`.
"""

import os
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

ROOT = Path(__file__).parents[1]
COUNT = 40
RACE = """
surface: beale
optimizers: [{{name: sgd, learning_rate: {rate}}}, {{name: adam, learning_rate: 0.1}}]
steps: 100
"""
PLANE = """
surface: {network: {python: "mine:make"}, plane: pca, resolution: 201}
optimizers: [{name: sgd, learning_rate: 0.1}, {name: adam, learning_rate: 0.003}]
steps: 100
batch: 32
panels: [contour]
timing: {seconds: 0.2, hold: 0}
"""
MODULE = """
import jax, jax.numpy as jnp, numpy as np
from animate.networks import Problem
from animate.networks.data import digits

def make():
    draws, (x, y) = np.random.default_rng(0), digits().train
    start = {"v": draws.standard_normal((64, 512)).astype("f4") / 8,
             "w": draws.standard_normal((512, 10)).astype("f4") / 20}

    def loss(p, batch):
        logits = jnp.tanh(batch[0] @ p["v"]) @ p["w"]
        chosen = jnp.take_along_axis(logits, batch[1][:, None], 1)[:, 0]
        return (jax.nn.logsumexp(logits, axis=1) - chosen).mean()

    return Problem(loss, start, data=(x, y))
"""


def begun(folder: Path, count: int) -> subprocess.Popen[bytes]:
    """All scenes of the folder, rendered by so many workers, with nothing kept from before."""
    names = sorted(path.name for path in folder.glob("*.yaml"))
    kept = str(folder / f"cache-{time.monotonic_ns()}")
    arguments = ["render", *names, "-q", "--force", "--allow-code", "--cluster", f"local:{count}"]
    return subprocess.Popen(
        [sys.executable, "-m", "animate", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ANIMATE_CACHE": kept},
        stdout=subprocess.DEVNULL,
    )


def seconds(folder: Path, count: int) -> float:
    """How long that takes."""
    before = time.perf_counter()
    if begun(folder, count).wait():
        raise SystemExit("it failed")
    return time.perf_counter() - before


def killed(folder: Path, after: float) -> int:
    """Its exit status by two workers where one is killed `after` some seconds."""
    run = begun(folder, 2)
    time.sleep(after)
    busiest = max(
        psutil.Process(run.pid).children(recursive=True),
        key=lambda process: process.cpu_times().user,
    )
    busiest.kill()
    return run.wait()


def files(folder: Path) -> dict[str, str]:
    """The hashes of what was rendered."""
    made = sorted((folder / "output").iterdir())
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in made}


def table(folder: Path, what: str) -> None:
    """Print the row of a folder of scenes."""
    one = seconds(folder, 1)
    wanted = files(folder)
    two = seconds(folder, 2)
    same = files(folder) == wanted
    status = killed(folder, two / 2)
    kept = files(folder) == wanted
    print(
        f"| {what} | {one:.0f} s | {two:.0f} s | {one / two:.2f} | {'yes' if same else 'no'} | "
        f"exit {status}, {'the same bytes' if kept else 'other bytes'} |",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    print("# Two workers against one\n\nBy `python -m benchmarks.cluster`.\n")
    print("| what | one worker | two | ratio | same bytes | one of two killed halfway |")
    print("|---|---|---|---|---|---|")
    with TemporaryDirectory() as name:
        races, plane = Path(name, "races"), Path(name, "plane")
        races.mkdir()
        plane.mkdir()
        for k in range(COUNT):
            (races / f"r{k:02}.yaml").write_text(RACE.format(rate=0.005 + 0.0002 * k))
        (plane / "mine.py").write_text(MODULE)
        (plane / "plane.yaml").write_text(PLANE)
        table(races, f"{COUNT} scenes")
        table(plane, "a plane of 201 × 201")


if __name__ == "__main__":
    main()
