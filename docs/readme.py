"""Renders the pictures of the README, each from its scene.

    python docs/readme.py [NAME…]

Without names all of them are meant. They are written to `output/readme/`; at the end it is told
what they weigh together.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "output" / "readme"
PICTURES = {
    "mode_connectivity": (
        "landscape/06_mode_connectivity",
        ("style.theme=dark", "style.size=[1080, 640]", "timing.fps=12"),
    ),
    "beale": ("beale", ("style.size=[640, 480]",)),
    "relief_saddle": ("relief/saddle", ("style.size=[480, 400]", "timing.fps=8")),
    "swarm": ("swarm_himmelblau", ("style.size=[480, 400]", "timing.fps=6")),
    "nesterov": ("article/03_nesterov", ("timing.fps=15",)),
    "story": ("story/saddle_escape", ("timing.fps=9",)),
    "basins_film": ("basins_film", ("style.size=[480, 400]", "timing.fps=6")),
}
"""The pictures by their names: each one's scene and what is set in it."""


def main(names: list[str]) -> int:
    """Render the pictures; 1 if one failed, which stops no other."""
    failed = 0
    for name in names or PICTURES:
        scene, settings = PICTURES[name]
        command = [
            sys.executable,
            "-m",
            "animate",
            "render",
            str(ROOT / "scenes" / f"{scene}.yaml"),
        ]
        command += ["-o", str(FOLDER / f"{name}.gif"), "-q", "--force"]
        command += [part for each in settings for part in ("--set", each)]
        failed |= subprocess.run(command, check=False).returncode != 0
    weight = sum(each.stat().st_size for each in FOLDER.glob("*.gif"))
    sys.stdout.write(f"{weight / 1e6:.1f} MB together\n")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
