"""The data sets: digits, spirals, moons, or a table of the user's own."""

import csv as csv_format
import gzip
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
from annotated_types import Interval

from animate.errors import UsageError
from animate.files import Unreadable, check_table
from animate.networks.dependencies import require
from animate.networks.random_streams import stream
from animate.registry import Registry

DATA = Registry("data set")

_ROWS, _LONGEST = 100_000, 20_000
Samples = Annotated[int, Interval(ge=8, le=100_000)]
Share = Annotated[float, Interval(ge=0, le=0.9)]
Noise = Annotated[float, Interval(ge=0, le=100)]
Turns = Annotated[float, Interval(gt=0, le=100)]
Seed = Annotated[int, Interval(ge=0, lt=2**31)]


@dataclass(frozen=True)
class Data:
    """Examples for a classifier: inputs float32 [n, features], targets int32 [n] in 0…classes − 1.

    The held-out examples are `test_inputs` and `test_targets`.
    """

    inputs: np.ndarray
    targets: np.ndarray
    test_inputs: np.ndarray
    test_targets: np.ndarray
    classes: int

    @property
    def train(self) -> tuple[np.ndarray, np.ndarray]:
        """Inputs and targets to learn from."""
        return self.inputs, self.targets

    @property
    def held_out(self) -> tuple[np.ndarray, np.ndarray]:
        """Inputs and targets that are held out."""
        return self.test_inputs, self.test_targets


def split(inputs: np.ndarray, targets: np.ndarray, samples: int, test: float, seed: int) -> Data:
    """Draw `samples` examples without replacement and hold out the share `test` of them.

    All inputs are centred on the mean of the training examples. Raises UsageError when there are
    not enough examples, or none would be left to train on.
    """
    if samples > len(inputs):
        raise UsageError(f"samples: there are only {len(inputs)} examples, got {samples}")
    held_out = round(samples * test)
    if samples - held_out < 1:
        raise UsageError(f"test: {test} of {samples} examples leaves none to train on")
    order = stream(seed, "split").permutation(len(inputs))[:samples]
    chosen, labels = inputs[order], targets[order].astype(np.int32)
    mean = chosen[held_out:].mean(axis=0)
    centred = (chosen - mean).astype(np.float32)
    return Data(
        inputs=centred[held_out:],
        targets=labels[held_out:],
        test_inputs=centred[:held_out],
        test_targets=labels[:held_out],
        classes=int(targets.max()) + 1,
    )


def read_digits() -> tuple[np.ndarray, np.ndarray]:
    """scikit-learn's 1797 handwritten digits (Alpaydin & Kaynak 1998): [1797, 64] in 0…1, and 0…9.

    The file is read from the installed package: importing scikit-learn takes a second and a half.
    """
    home = Path(require("sklearn", "the data set 'digits'")).parent
    with gzip.open(home / "datasets" / "data" / "digits.csv.gz", "rt") as file:
        table = np.array([line.split(",") for line in file.read().split()], dtype=np.float64)
    return table[:, :-1] / 16.0, table[:, -1].astype(np.int32)


def digits(*, samples: Samples = 512, test: Share = 0.2, seed: Seed = 0) -> Data:
    """Handwritten digits, 8 × 8 pixels, ten classes (Alpaydin & Kaynak 1998)."""
    return split(*read_digits(), samples, test, seed)


def pooled(pixels: np.ndarray) -> np.ndarray:
    """Pictures of digits [n, 64] with every 2 × 2 pixels averaged, [n, 16]."""
    return pixels.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16)


def pooled_digits(samples: int) -> Data:
    """Handwritten digits, 4 × 4 pixels, none held out."""
    data = digits(samples=samples, test=0.0)
    return replace(data, inputs=pooled(data.inputs), test_inputs=pooled(data.test_inputs))


def spirals(
    *,
    samples: Samples = 512,
    test: Share = 0.2,
    noise: Noise = 0.05,
    turns: Turns = 1.0,
    seed: Seed = 0,
) -> Data:
    """Two interleaved spirals in the plane (Lang & Witbrock 1988), radius 0 to 1, with Gaussian
    noise."""
    generator = stream(seed, "data")
    arm = np.arange(samples) % 2
    radius = np.sqrt(generator.uniform(0.02, 1.0, samples))
    angle = 2.0 * np.pi * turns * radius + np.pi * arm
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return split(points + noise * generator.normal(size=points.shape), arm, samples, test, seed)


def moons(*, samples: Samples = 512, test: Share = 0.2, noise: Noise = 0.1, seed: Seed = 0) -> Data:
    """Two interleaved half circles in the plane, with Gaussian noise."""
    generator = stream(seed, "data")
    moon = np.arange(samples) % 2
    angle = generator.uniform(0.0, np.pi, samples)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    points = np.where(moon[:, None] == 0, upper, np.array([1.0, 0.5]) - upper)
    return split(points + noise * generator.normal(size=points.shape), moon, samples, test, seed)


def csv(*, file: str, test: Share = 0.2, seed: Seed = 0) -> Data:
    """A table of the user's own: a header line, numbers, the class in the last column.

    Columns are scaled to standard deviation 1. Raises UsageError when the file is not such a table.
    """
    try:
        check_table(Path(file), _ROWS, longest=_LONGEST)
    except Unreadable as error:
        raise UsageError(f"{file} {error}") from None
    try:
        with Path(file).open(newline="", encoding="utf-8") as stream:
            lines = list(csv_format.reader(stream))
        header, rows = lines[:1], lines[1:]
        table = np.array([row[:-1] for row in rows], dtype=np.float64)
        names, targets = np.unique([row[-1] for row in rows], return_inverse=True)
    except (OSError, ValueError, IndexError) as error:
        raise UsageError(f"{file}: not a table of numbers with the class last: {error}") from None
    if any(all(map(_is_number, line[:-1])) for line in header):
        raise UsageError(f"{file}: the first line must name the columns; it holds numbers")
    if table.ndim != 2 or not np.isfinite(table).all() or len(names) < 2:
        raise UsageError(
            f"{file}: needs finite numbers and at least two classes in the last column"
        )
    scale = table.std(axis=0)
    return split(table / np.where(scale > 0, scale, 1.0), targets, len(table), test, seed)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


for _make in (digits, spirals, moons, csv):
    DATA.add(_make)
