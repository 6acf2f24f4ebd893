"""Networks of one's own: from nothing, and with another title.

`python -m benchmarks.own_networks > benchmarks/own_networks.md`: what `animate check` says of each
scene of `benchmarks/own`; then it is rendered by a cold process with an empty cache, and once more
with another title and what that one left. Whole processes: wall seconds, the processor's seconds
(user and system), and peak memory. Behind each row stands the load average when it was begun, which
stretches wall seconds, and the processor's too where cores share their units.
"""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.whole import spent

_SCENES = Path(__file__).parent / "own"


def row(scene: Path) -> str:
    """One scene's line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-m", "animate"]
        render = [*program, "render", str(scene), "--allow-code", "-q", "--force"]
        render += ["-o", str(Path(folder) / "film.gif")]
        cache = {"ANIMATE_CACHE": str(Path(folder) / "cache")}
        load = os.getloadavg()[0]
        said = subprocess.run(
            [*program, "check", str(scene), "--allow-code"],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"ANIMATE_CACHE": str(Path(folder) / "other")},
        ).stdout
        estimate = said.partition("about ")[2].partition(" of work")[0]
        first = spent(render, **cache)
        again = spent([*render, "--set", "title=Another"], **cache)
        kept = sum(file.stat().st_size for file in (Path(folder) / "cache").glob("*.rows"))
    took = (f"{wall:.0f} | {busy:.0f} | {most:.0f}" for wall, busy, most in (first, again))
    return f"| {scene.stem} | {estimate} | {' | '.join(took)} | {kept / 1e6:.0f} | {load:.1f} |"


def main() -> None:
    """Print the table."""
    print("# Networks of one's own: from nothing, and with another title\n")
    print("W" + (__doc__ or "").partition("own_networks.md`: w")[2].strip() + "\n")
    print(f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.\n")
    print(
        "| scene | check says | first, s | processor, s | peak MB | another title, s "
        "| processor, s | peak MB | kept, MB | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for scene in sorted(_SCENES.glob("*.yaml")):
        print(row(scene), flush=True)


if __name__ == "__main__":
    main()
