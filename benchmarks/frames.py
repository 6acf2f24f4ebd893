"""Every scene's frames, pixel by pixel, against those of another checkout.

    python -m benchmarks.frames render FOLDER        # in each of the two checkouts
    python -m benchmarks.frames compare BEFORE AFTER

`render` writes every scene under scenes/ as a lossless APNG by the command line, so that it runs
in any version of the program. `compare` prints a line for each scene that differs: how many frames
do, how many pixels at most, and by how much of 255; its status is 1 where any does.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

ROOT = Path(__file__).parents[1]
SCENES = sorted((ROOT / "scenes").rglob("*.yaml"))


def render(folder: Path) -> int:
    """Write every scene's frames into `folder`; returns how many scenes failed."""
    failed = 0
    for scene in SCENES:
        target = folder / f"{_name(scene)}.apng"
        target.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "animate", "render", str(scene), "-o", str(target)]
        done = subprocess.run([*command, "--quiet", "--force"], cwd=ROOT, check=False)
        failed += done.returncode != 0
    return failed


def compare(before: Path, after: Path) -> int:
    """Print what differs between two folders; returns how many scenes do."""
    different = 0
    for scene in SCENES:
        first, second = (folder / f"{_name(scene)}.apng" for folder in (before, after))
        if not (first.exists() and second.exists()):
            print(f"{_name(scene)}: is missing")
            different += 1
        elif first.read_bytes() != second.read_bytes() and (said := _difference(first, second)):
            print(f"{_name(scene)}: {said}")
            different += 1
    print(f"{len(SCENES) - different} of {len(SCENES)} scenes are the same")
    return different


def _difference(first: Path, second: Path) -> str:
    """What differs between the frames of two files; "" where nothing does."""
    with Image.open(first) as old, Image.open(second) as new:
        counts = [getattr(each, "n_frames", 1) for each in (old, new)]
        if counts[0] != counts[1] or old.size != new.size:
            return f"{counts[0]} frames of {old.size} became {counts[1]} of {new.size}"
        frames, pixels, most = 0, 0, 0
        pairs = zip(ImageSequence.Iterator(old), ImageSequence.Iterator(new), strict=True)
        for one, other in pairs:
            apart = np.abs(np.asarray(one.convert("RGB"), int) - np.asarray(other.convert("RGB")))
            frames += bool(apart.any())
            pixels = max(pixels, int(apart.any(axis=-1).sum()))
            most = max(most, int(apart.max()))
    said = f"{frames} of {counts[0]} frames, at most {pixels} pixels, by at most {most} of 255"
    return said if frames else ""


def _name(scene: Path) -> str:
    return str(scene.relative_to(ROOT / "scenes").with_suffix(""))


def main(arguments: list[str]) -> int:
    """The status of the command."""
    match arguments:
        case ["render", folder]:
            return min(render(Path(folder)), 1)
        case ["compare", before, after]:
            return min(compare(Path(before), Path(after)), 1)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
