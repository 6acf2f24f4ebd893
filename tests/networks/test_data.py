"""Data sets: what they hold, and how they are split."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from animate.errors import UnknownName, UsageError
from animate.networks.data import DATA, digits, read_digits


def test_digits_are_those_of_scikit_learn():
    pixels, labels = read_digits()
    expected = load_digits()
    np.testing.assert_array_equal(pixels * 16, expected.data)
    np.testing.assert_array_equal(labels, expected.target)


@pytest.mark.parametrize("name", ["digits", "spirals", "moons"])
def test_samples_are_split_centred_and_repeatable(name):
    one, same, other = (DATA[name].make(samples=100, test=0.3, seed=seed) for seed in (1, 1, 2))
    assert one.inputs.shape[0] == 70
    assert one.test_inputs.shape[0] == 30
    assert one.inputs.dtype == np.float32
    assert one.targets.dtype == np.int32
    assert set(one.targets) | set(one.test_targets) == set(range(one.classes))
    np.testing.assert_allclose(one.inputs.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_array_equal(one.inputs, same.inputs)
    assert (one.inputs[:5] != other.inputs[:5]).any()


def test_training_and_held_out_examples_are_different_ones():
    split = digits(samples=1797, test=0.5)
    rows = {tuple(np.round(row, 4)) for row in split.inputs}
    assert not rows & {tuple(np.round(row, 4)) for row in split.test_inputs}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"samples": 5000}, "samples: there are only 1797 examples, got 5000"),
        ({"samples": 10, "test": 1.0}, "test: 1.0 of 10 examples leaves none to train on"),
    ],
)
def test_impossible_splits_are_refused(options, sentence):
    with pytest.raises(UsageError, match=sentence):
        digits(**options)


def test_an_unknown_data_set_is_told_with_the_nearest():
    with pytest.raises(
        UnknownName, match=r"there is no data set named 'digit'\. Did you mean 'digits'"
    ):
        DATA["digit"]


def test_a_table_of_ones_own(tmp_path):
    file = tmp_path / "iris.csv"
    file.write_text("length,width,kind\n1,10,a\n2,20,b\n3,30,a\n4,45,b\n")
    table = DATA["csv"].make(file=str(file), test=0.0)
    assert table.classes == 2
    order = np.argsort(table.inputs[:, 0])
    np.testing.assert_array_equal(table.targets[order], [0, 1, 0, 1])
    np.testing.assert_allclose(table.inputs.std(axis=0), 1, rtol=1e-6)


@pytest.mark.parametrize(
    "text", ["a,b\n1,x\nhello,y\n", "a,b\n1,x\nnan,y\n", "a,b\n1,x\n2,x\n", ""]
)
def test_a_table_that_is_none_is_refused(tmp_path, text):
    file = tmp_path / "bad.csv"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"bad\.csv: (not a table|needs finite numbers)"):
        DATA["csv"].make(file=str(file))


def test_a_missing_library_gives_the_pip_line(monkeypatch):
    monkeypatch.setattr("animate.networks.dependencies.find_spec", lambda _: None)
    with pytest.raises(
        UsageError, match=r"needs scikit-learn.*pip install 'animate-optimization\[networks\]'"
    ):
        digits()


def test_a_table_without_a_header_is_told(tmp_path):
    (tmp_path / "bare.csv").write_text("1,2,a\n3,4,b\n")
    with pytest.raises(UsageError, match=r"bare\.csv: the first line must name the columns"):
        DATA["csv"].make(file=str(tmp_path / "bare.csv"))
