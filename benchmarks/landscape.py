"""The scenes of a folder, first from nothing and then from the disk.

`python -m benchmarks.landscape [SCENE…] > benchmarks/landscape.md`: each scene is rendered to a GIF
by a cold process with an empty cache (also of compiled code), and then twice more with what that
one left, of which the faster is told. Whole processes: wall seconds, the processor's seconds (user
and system, which other programs disturb less), and peak memory. Behind each row stands the load
average when it was begun.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.whole import spent

_CACHES = ("ANIMATE_CACHE", "JAX_COMPILATION_CACHE_DIR")
_SCENES = Path(__file__).parents[1] / "scenes" / "landscape"


def row(scene: Path) -> str:
    """One scene's line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "animate", "render", str(scene), "-q", "--force"]
        command += ["-o", str(Path(folder) / "film.gif")]
        cache = {name: str(Path(folder) / "cache") for name in _CACHES}
        load = os.getloadavg()[0]
        first = spent(command, **cache)
        again = min(spent(command, **cache) for _ in range(2))
        kept = sum(file.stat().st_size for file in (Path(folder) / "cache").glob("*.npz"))
        size = (Path(folder) / "film.gif").stat().st_size
    took = (f"{wall:.2f} | {busy:.2f} | {most:.0f}" for wall, busy, most in (first, again))
    sizes = f"{kept / 1e3:.0f} | {size / 1e3:.0f} | {load:.1f}"
    return f"| {scene.stem} | {' | '.join(took)} | {sizes} |"


def main(scenes: Sequence[str]) -> None:
    """Print the table."""
    paths = [Path(scene) for scene in scenes] or sorted(_SCENES.glob("*.yaml"))
    print("# The landscape's scenes: first and from the disk\n")
    print("Each " + (__doc__ or "").partition(": each ")[2].strip() + "\n")
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load "
        f"average {os.getloadavg()[0]:.1f} when it began.\n"
    )
    print(
        "| scene | first, s | processor, s | peak MB | from disk, s | processor, s | peak MB "
        "| kept, kB | GIF, kB | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for path in paths:
        print(row(path), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
