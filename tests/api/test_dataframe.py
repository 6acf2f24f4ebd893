"""The paths as a data frame of either library."""

import csv
import re
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

import animate
from animate.pipeline import write_trace

SWEEP = """
surface: {formula: a*x**2 + y**2, constants: {a: 1}, window: [[-2, 2], [-2, 2]]}
optimizers: [{name: sgd, learning_rate: 0.1}, {name: momentum, learning_rate: 0.9}]
start: [[1, 1], [0.5, -1]]
sweep: {surface.constants.a: [1, 40]}
steps: 600
"""


@pytest.fixture(scope="module")
def paths():
    return animate.trace(SWEEP)


def without(monkeypatch, *libraries):
    """Let none of the libraries be there."""
    for name in libraries:
        monkeypatch.setitem(sys.modules, name, None)


def test_it_has_the_rows_of_a_file(paths, tmp_path):
    frame = paths.to_dataframe()
    assert isinstance(frame, pd.DataFrame)
    write_trace(animate.read(SWEEP).script, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert list(frame.columns) == header
    assert header == [
        "optimizer",
        "surface.constants.a",
        "run",
        "step",
        "x",
        "y",
        "loss",
        "grad_norm",
    ]
    assert frame.to_numpy().astype(str).tolist() == rows
    one = frame[
        (frame.optimizer == paths.labels[0])
        & (frame["surface.constants.a"] == 1)
        & (frame.run == 1)
    ]
    np.testing.assert_array_equal(one[["x", "y"]], paths.positions[0, 1])
    np.testing.assert_array_equal(one.loss, paths.losses[0, 1])


def test_the_rows_of_a_diverged_run_end_with_it(paths):
    assert paths.diverged(2)
    frame = paths.to_dataframe()
    lost = frame[
        (frame["surface.constants.a"] == 40)
        & (frame.optimizer == paths.labels[0])
        & (frame.run == 0)
    ]
    assert lost.step.iloc[-1] == paths.ends[2, 0]
    assert np.isfinite(lost.loss).all()


def test_polars_takes_the_place_of_pandas(paths, monkeypatch):
    expected = paths.to_dataframe()
    without(monkeypatch, "pandas")
    frame = paths.to_dataframe()
    assert isinstance(frame, pl.DataFrame)
    assert frame.columns == list(expected.columns)
    assert frame.rows() == [tuple(row) for row in expected.itertuples(index=False)]


def test_without_either_the_extra_is_named(paths, monkeypatch):
    without(monkeypatch, "pandas", "polars")
    told = "a data frame takes pandas or polars: pip install 'animate-optimization[notebook]'"
    with pytest.raises(animate.UsageError, match=f"^{re.escape(told)}$"):
        paths.to_dataframe()


def test_one_variable_has_no_y():
    line = animate.scene(surface="parabola", optimizers=["sgd"], steps=3)
    assert list(line.trace().to_dataframe().columns) == [
        "optimizer",
        "run",
        "step",
        "x",
        "loss",
        "grad_norm",
    ]
