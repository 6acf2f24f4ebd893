"""The scenes of a folder, first from nothing and then from the disk.

`python -m benchmarks.landscape [SCENE…] > benchmarks/landscape.md`: each scene is rendered to a GIF
by a cold process with an empty cache (also of compiled code), and then twice more with what that
one left; the second column is the faster of the two. Whole processes: wall seconds and peak memory.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.whole import measure

_SCENES = Path(__file__).parents[1] / "scenes" / "landscape"


def row(scene: Path) -> str:
    """One scene's line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "animate", "render", str(scene), "-q", "--force"]
        command += ["-o", str(Path(folder) / "film.gif")]
        cache = {"ANIMATE_CACHE": str(Path(folder) / "cache")}
        first, most = measure(command, **cache)
        again, memory = min(measure(command, **cache) for _ in range(2))
        kept = sum(file.stat().st_size for file in (Path(folder) / "cache").glob("*.npz"))
        size = (Path(folder) / "film.gif").stat().st_size
    return (
        f"| {scene.stem} | {first:.1f} | {most:.0f} | {again:.2f} | {memory:.0f} "
        f"| {kept / 1e3:.0f} | {size / 1e3:.0f} |"
    )


def main(scenes: Sequence[str]) -> None:
    """Print the table."""
    paths = [Path(scene) for scene in scenes] or sorted(_SCENES.glob("*.yaml"))
    print("# The landscape's scenes: first and from the disk\n")
    print("Each " + (__doc__ or "").partition(": each ")[2].strip() + "\n")
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load "
        f"average {os.getloadavg()[0]:.1f} when it began.\n"
    )
    print("| scene | first, s | peak MB | from disk, s | peak MB | kept, kB | GIF, kB |")
    print("|---|---|---|---|---|---|---|")
    for path in paths:
        print(row(path), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
