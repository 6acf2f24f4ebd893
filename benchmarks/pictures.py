"""What pictures are made of: maps, blank rows, and how far trails stand out from the ground.

    python -m benchmarks.pictures > benchmarks/pictures.md

For scenes with a map: the share of the picture's area that its maps and reliefs have, at 640 × 480
and 1280 × 720. For every scene of the articles: the share of rows without anything in the last
picture at 1080 × 1350, longest stretch and all. For every theme: the contrast (WCAG 2.2) of each
trail, and of the casing around it, with the terrain's lowest, middle and highest colour. How even
clocks are stands in pace.md, what cameras show of the trails in cameras.md.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
from matplotlib.colors import to_hex

from animate.errors import AnimateError
from animate.figure.player import Player
from animate.pipeline import stage
from animate.scene.load import read
from animate.theme import THEMES
from animate.theme.oklab import contrast

ROOT = Path(__file__).parents[1] / "scenes"
MAPS = ("beale", "ravine", "saddle", "momentum", "nesterov", "swarm_himmelblau")
SIZES = ((640, 480), (1280, 720))
PORTRAIT = (1080, 1350)


def at(scene: Path, size: tuple[int, int]) -> Player:
    """The scene's picture at another size."""
    return stage(read(scene, (f"style.size=[{size[0]}, {size[1]}]",)).scene)


def map_share(player: Player) -> float:
    """The share of the picture's area that panels with a surface have."""
    boxes = [axes.bbox for axes in player.figure.axes if axes.images or axes.name == "relief"]
    return sum(box.width * box.height for box in boxes) / float(np.prod(player.view.pixels))


def blank_rows(picture: np.ndarray) -> tuple[float, float]:
    """The shares of the rows that are all of one colour: together, and the longest stretch."""
    blank = (picture == picture[:1, :1]).all(axis=(1, 2))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], blank, [0]]))).reshape(-1, 2)
    return float(blank.mean()), float(np.diff(edges, axis=1).max(initial=0) / len(blank))


def maps() -> None:
    """Print the table of maps."""
    print("| scene | 640 × 480 | 1280 × 720 |\n|---|---|---|")
    for name in MAPS:
        shares = [map_share(at(ROOT / f"{name}.yaml", size)) for size in SIZES]
        print(f"| {name} | {' | '.join(f'{share:.2f}' for share in shares)} |")


def portraits() -> None:
    """Print the table of blank rows."""
    print("\n| scene at 1080 × 1350 | blank rows | longest stretch |\n|---|---|---|")
    for scene in sorted([*ROOT.glob("article/**/*.yaml"), *ROOT.glob("landscape/*.yaml")]):
        try:
            player = at(scene, PORTRAIT)
        except AnimateError as error:
            print(f"| {scene.stem} | {error} | |")
            continue
        rows, longest = blank_rows(player.picture(player.count - 1))
        print(f"| {scene.stem} | {rows:.2f} | {longest:.2f} |", flush=True)


def contrasts() -> None:
    """Print the table of contrasts."""
    print("\n| theme | what | lowest | middle | highest |\n|---|---|---|---|---|")
    for theme in THEMES.values():
        ground = [to_hex(each) for each in theme.terrain_colours(65)[[0, 32, 64]]]
        lines = {f"trail {k}, {each}": each for k, each in enumerate(theme.trails)}
        for what, colour in (lines | {"casing": theme.casing}).items():
            shown = " | ".join(f"{contrast(colour, each):.1f}" for each in ground)
            print(f"| {theme.name} | {what} | {shown} |")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print("# Pictures\n\nBy `python -m benchmarks.pictures`.\n")
    maps()
    portraits()
    contrasts()
    sys.exit(0)
