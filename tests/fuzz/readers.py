"""What reads files of strangers: functions of a path that end well or with a UsageError."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from animate.networks.torch_files import read_torch
from animate.scene.load import read_text
from animate.surfaces.formula import compile_formula
from animate.surfaces.grid import read_grid
from animate.surfaces.recording import read_paths
from animate.writers.source import read_source

CORPUS = Path(__file__).parent / "corpus"
"""A folder for each reader, with small files that are right and files that were not read well."""


def _scene(path: Path) -> None:
    read_text(path.read_bytes(), "scene.yaml")


def _formula(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    compile_formula(text)(np.float64(0.5), np.float64(-0.25))


PICTURES = ("png", "gif", "webp", "apng", "svg", "pdf", "mp4", "webm", "html")
"""What is read for its comments."""

READERS: dict[str, Callable[[Path], object]] = {
    "yaml": _scene,
    "formula": _formula,
    "npz": read_grid,
    "csv": read_grid,
    "paths": read_paths,
    "picture": read_grid,
    "pt": read_torch,
    **dict.fromkeys(
        ("png", "gif", "webp", "apng", "svg", "pdf", "mp4", "webm", "html"), read_source
    ),
}
"""By the folder in the corpus."""
ENDINGS = {"paths": ".csv", "picture": ".png", "formula": ".txt"}


def ending(reader: str) -> str:
    """The ending of a file that `reader` takes."""
    return ENDINGS.get(reader, f".{reader}")
