"""Draws docs/rooms.svg: the rooms of the package on their floors, measured from the code itself.

    python docs/rooms.py

The floors are those that import-linter holds (pyproject.toml). A room is as wide as its share of
the lines on its floor; an arrow is an import between rooms, as wide as there are many.
"""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "animate"
INK, PAPER, ROOM, LINE = "#22303c", "#fbfbf8", "#dfe8ee", "#7c93a3"
_WIDTH, _HEIGHT, _GAP = 9.0, 0.52, 0.34


def floors() -> list[list[str]]:
    """The names on each floor, from the highest."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    names = [[name.split(".")[1] for name in re.split(r" [|:] ", layer)] for layer in layers]
    return [[name for name in floor if name != "__main__"] for floor in names]


def room_of(module: str) -> str:
    """The room in which a module of the package stands."""
    return module.split(".")[1] if module.startswith("animate.") else ""


def measure() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The lines of every room, and the imports from one to another."""
    lines, imports = Counter[str](), Counter[tuple[str, str]]()
    for file in PACKAGE.rglob("*.py"):
        here = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        text = file.read_text(encoding="utf-8")
        lines[here] += text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.module:
                there = room_of(node.module)
                if there and there != here and here != "__init__":
                    imports[here, there] += 1
    return lines, imports


def draw(target: Path) -> None:
    """Write the figure to `target`."""
    lines, imports = measure()
    stack = floors()
    high = len(stack) * (_HEIGHT + _GAP)
    figure = Figure((_WIDTH, high), facecolor=PAPER)
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set(xlim=(0, _WIDTH), ylim=(0, high))
    axes.set_axis_off()
    middles = {}
    for number, floor in enumerate(stack):
        y = high - (number + 1) * (_HEIGHT + _GAP) + _GAP / 2
        weights = [lines[name] ** 0.5 for name in floor]
        room, x = _WIDTH - 0.2 - 0.15 * (len(floor) - 1), 0.1
        whole = max(sum(weights), 75.0)
        x += room * (1 - sum(weights) / whole) / 2
        for name, weight in zip(floor, weights, strict=True):
            wide = room * weight / whole
            middles[name] = (x + wide / 2, y)
            looks = {"facecolor": ROOM, "edgecolor": LINE, "linewidth": 0.8, "zorder": 3}
            shape = "round,pad=0,rounding_size=0.06"
            axes.add_patch(FancyBboxPatch((x, y), wide, _HEIGHT, boxstyle=shape, **looks))
            words = {"ha": "center", "va": "center", "color": INK, "zorder": 4}
            axes.text(x + wide / 2, y + 0.33, name, fontsize=10, **words)
            axes.text(x + wide / 2, y + 0.12, f"{lines[name]:,} lines", fontsize=6.5, **words)
            x += wide + 0.15
    for (here, there), count in imports.items():
        if here in middles and there in middles:
            (x0, y0), (x1, y1) = middles[here], middles[there]
            bent = f"arc3,rad={0.12 if x0 <= x1 else -0.12}"
            arrow = FancyArrowPatch(
                (x0, y0), (x1, y1 + _HEIGHT), connectionstyle=bent, arrowstyle="-|>",
                mutation_scale=7, linewidth=0.3 + 0.05 * count**0.75, color=LINE, alpha=0.5,
            )  # fmt: skip
            axes.add_patch(arrow)
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    draw(ROOT / "docs" / "rooms.svg")
