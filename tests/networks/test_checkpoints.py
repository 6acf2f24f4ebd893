"""Weights from files."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from animate.errors import UsageError
from animate.networks.checkpoints import read_checkpoint

SHAPES = [(2, 3), (2,)]


def test_npz_and_safetensors_give_the_same_vector(tmp_path):
    first, second = np.arange(6.0, dtype=np.float32).reshape(2, 3), np.array([7, 8], np.float32)
    np.savez(tmp_path / "a.npz", weight=first, bias=second)
    save_file({"0.weight": first, "1.bias": second}, tmp_path / "a.safetensors")
    for name in ("a.npz", "a.safetensors"):
        vector = read_checkpoint(tmp_path / name, SHAPES)
        np.testing.assert_array_equal(vector, [0, 1, 2, 3, 4, 5, 7, 8])


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"a": np.zeros((2, 3))}, "holds 1 arrays, the network has 2"),
        ({"a": np.zeros((3, 2)), "b": np.zeros(2)}, r"a has shape \(3, 2\), expected \(2, 3\)"),
    ],
)
def test_arrays_that_do_not_fit_are_told(tmp_path, arrays, sentence):
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(UsageError, match=sentence):
        read_checkpoint(tmp_path / "a.npz", SHAPES)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.npz", r"a\.npz is not an \.npz file; write it with numpy\.savez"),
        ("a.safetensors", r"a\.safetensors: cannot be read: "),
        ("a.pt", r"a\.pt: a checkpoint is an \.npz or a \.safetensors file"),
    ],
)
def test_files_that_are_none_are_told(tmp_path, name, sentence):
    (tmp_path / name).write_bytes(b"no weights")
    with pytest.raises(UsageError, match=sentence):
        read_checkpoint(tmp_path / name, SHAPES)


def test_pickled_objects_are_never_loaded(tmp_path):
    np.savez(tmp_path / "a.npz", a=np.array([{}], dtype=object), b=np.zeros(2))
    with pytest.raises(UsageError, match="a holds Python objects, which are not read"):
        read_checkpoint(tmp_path / "a.npz", SHAPES)
