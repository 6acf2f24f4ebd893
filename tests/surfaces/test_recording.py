"""Tables of paths that were made elsewhere."""

import numpy as np
import pytest

import animate
from animate.errors import UsageError
from animate.pipeline import stage
from animate.surfaces.recording import read_paths

HEADER = "optimizer,step,x,y,loss\n"


def test_rows_may_come_in_any_order_and_columns_too(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("loss,optimizer,y,x,step\n3,b,0,1,0\n1,a,4,2,5\n2,a,6,5,0\n")
    found = read_paths(path)
    assert found.labels == ("b", "a")
    np.testing.assert_array_equal(found.steps, [0, 5])
    np.testing.assert_array_equal(found.positions[1, 0], [[5, 6], [2, 4]])
    np.testing.assert_array_equal(found.losses[1, 0], [2, 1])
    np.testing.assert_array_equal(found.ends, [[0], [5]])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "a,0,0,0,1\na,1,0,0,1\na,0,0,0,1\n",
            "p.csv: the path of 'a' has more than one row for step 0",
        ),
        ("a,0,0,0,1\n ,0,0,0,1\n", "p.csv:3: the path has no name; write one under 'optimizer'"),
        (
            "a,0,0,0,1\nb,1,0,0,1\n",
            "p.csv: the path of 'b' begins at step 1, and others at step 0; let all begin at one "
            "step",
        ),
        (
            "a,0,0,0,1\na,1,0,0,1\na,2,0,0,1\nb,0,0,0,1\nb,2,0,0,1\n",
            "p.csv: the path of 'b' has no finite x, y and loss at step 1, though it goes on after "
            "it; give every step a row, or end the path there",
        ),
        (
            "a,0,0,0,nan\na,1,0,0,nan\n",
            "p.csv: the path of 'a' has no finite x, y and loss at step 0; give every step a row",
        ),
        ("a,0,0,0\n", "p.csv:2: the column 'loss' is missing"),
        ("a,0,0,0,x\n", "p.csv:2: step, x, y and loss must be numbers"),
        ("a,0,1_0,0,1\n", "p.csv:2: step, x, y and loss must be numbers"),
        ("a,0.5,0,0,1\n", "p.csv:2: step must be a whole number, got 0.5"),
        ("a,0,0,0,1\n", "p.csv: needs 2 to 1,000,000 rows, got 1"),
    ],
)
def test_what_is_no_table_of_paths_is_refused(tmp_path, monkeypatch, rows, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.csv").write_text(HEADER + rows)
    with pytest.raises(UsageError) as told:
        read_paths("p.csv")
    assert str(told.value) == sentence


def test_a_column_that_the_header_lacks_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.csv").write_text("optimizer,step,x,y\na,0,0,0\n")
    with pytest.raises(UsageError, match=r"^p.csv:1: the column 'loss' is missing$"):
        read_paths("p.csv")


def test_steps_may_be_written_as_tables_of_floats_have_them(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(HEADER + "a,0.0,0,0,1\na,1.0,1,0,1\n")
    assert read_paths(path).steps.tolist() == [0, 1]


def test_a_table_in_another_encoding_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.csv").write_bytes((HEADER + "a,0,0,0,1\na,1,0,0,1\n").encode("utf-16"))
    (tmp_path / "a.yaml").write_text("surface: sphere\npaths: p.csv\n")
    with pytest.raises(UsageError, match=r"p.csv is not a text file of rows optimizer,step,x,y,l"):
        animate.read("a.yaml")


def test_a_column_that_is_there_twice_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.csv").write_text("optimizer,step,x,x,y,loss\na,0,0,1,0,1\n")
    with pytest.raises(UsageError, match=r"^p.csv:1: the column 'x' is there twice$"):
        read_paths("p.csv")


def test_every_start_of_its_own_has_a_ring(tmp_path):
    rows = ["optimizer,step,x,y,loss", "a,0,2,0,4", "a,1,1,0,1", "b,0,1,1.5,2", "b,1,1,1,2"]
    (tmp_path / "paths.csv").write_text("\n".join(rows))
    (tmp_path / "a.yaml").write_text("surface: sphere\npaths: paths.csv\npanels: [contour]\n")
    ready = stage(animate.read(tmp_path / "a.yaml").model)
    rings = [
        np.asarray(each.get_offsets()).tolist()
        for axes in ready.figure.axes
        for each in axes.collections
    ]
    assert [[1.0, 1.5], [2.0, 0.0]] in rings
