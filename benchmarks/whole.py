"""Whole processes side by side: `python -m benchmarks.whole [REPEATS] > benchmarks/whole.md`.

Each way draws the same picture to a file in a cold process of its own, at 120 frames and at 480,
in turn; the table has the medians. The marginal frame is the difference of the two over 360. Where
manim is installed, the variable MANIM names its program.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent
_PEERS = _HERE / "peers"
_SHORT, _LONG = 120, 480

Command = Callable[[int, Path], Sequence[str]]


def ours(scene: str, *settings: str) -> Command:
    """Rendering a scene, with as many frames as are wanted."""

    def command(frames: int, target: Path) -> Sequence[str]:
        changes = [f"--set={each}" for each in (f"timing.seconds={frames / 20}", *settings)]
        run = [sys.executable, "-m", "animate", "render", str(_HERE / scene)]
        return [*run, "-q", "--force", "-o", str(target), *changes]

    return command


def peer(script: str) -> Command:
    """A script of the peers."""
    return lambda _, target: [sys.executable, str(_PEERS / script), str(target)]


def manim(_: int, target: Path) -> Sequence[str]:
    """manim's own command; it decides itself where below its folder the file goes."""
    where = ["--media_dir", str(target.parent), "-o", target.name]
    looks = ["-r", "640,480", "--fps", "20", "--format", "gif", "--disable_caching"]
    return [
        os.environ["MANIM"],
        "render",
        *looks,
        *where,
        str(_PEERS / "manim_contour.py"),
        "Simulation",
    ]


CONTOUR: dict[str, Command] = {
    "ours, GIF": ours("race.yaml"),
    "ours, MP4": ours("race.yaml"),
    "FuncAnimation + PillowWriter, GIF": peer("funcanimation_pillow.py"),
}
if "MANIM" in os.environ:
    CONTOUR["manim, GIF"] = manim
RELIEF: dict[str, Command] = {
    "ours, relief, GIF": ours("orbit.yaml"),
    "mplot3d, FuncAnimation + PillowWriter, GIF": peer("funcanimation_surface.py"),
}


def measure(command: Sequence[str], **settings: str) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one process, with variables of its own."""
    seconds, _, memory = spent(command, **settings)
    return seconds, memory


def spent(command: Sequence[str], **settings: str) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in MB of one process, with variables of its
    own. It may write bytecode: an installed package has its own."""
    environment = {**os.environ, "MPLBACKEND": "Agg", **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{command}: {process.stderr.read().decode() if process.stderr else ''}")
    return seconds, usage.ru_utime + usage.ru_stime, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def compare(ways: dict[str, Command], repeats: int) -> list[str]:
    """The rows of a table, every way in turn so that they share the machine's moods."""
    taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
    sizes: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeats):
            for name, command in ways.items():
                for frames in (_SHORT, _LONG):
                    target = Path(folder) / f"{frames}.{'mp4' if 'MP4' in name else 'gif'}"
                    taken.setdefault((name, frames), []).append(
                        measure(command(frames, target), FRAMES=str(frames))
                    )
                    if frames == _SHORT:
                        (made,) = Path(folder).rglob(target.name)
                        sizes[name] = made.stat().st_size / 1e3
                    for made in Path(folder).rglob(target.name):
                        made.unlink()
    middle = {
        key: [statistics.median(column) for column in zip(*runs, strict=True)]
        for key, runs in taken.items()
    }
    return [_row(name, middle[name, _SHORT], middle[name, _LONG], sizes[name]) for name in ways]


def _row(name: str, short: Sequence[float], long: Sequence[float], size: float) -> str:
    frame = 1000 * (long[0] - short[0]) / (_LONG - _SHORT)
    return (
        f"| {name} | {short[0]:.2f} | {frame:.1f} | {short[1]:.0f} | {long[1]:.0f} | {size:.0f} |"
    )


def main() -> None:
    """Print the tables."""
    load = os.getloadavg()[0]
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    names = ("matplotlib", "jax", "pillow", "av", "numpy")
    print("# Whole processes side by side\n")
    print((__doc__ or "").partition("\n\n")[2].strip() + "\n")
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; "
        f"{', '.join(f'{name} {version(name)}' for name in names)}; "
        f"load average {load:.1f} when it began; each way run {repeats} times.\n"
    )
    for title, ways in (("From above", CONTOUR), ("In relief, orbiting", RELIEF)):
        print(f"## {title}, 640×480\n")
        print(
            "| way | seconds, 120 frames | ms a further frame | peak MB, 120 | peak MB, 480 | kB |"
        )
        print("|---|---|---|---|---|---|")
        print("\n".join(compare(ways, repeats)) + "\n", flush=True)


if __name__ == "__main__":
    main()
