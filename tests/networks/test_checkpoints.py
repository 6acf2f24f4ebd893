"""Weights from files."""

import io
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from animate.errors import UsageError
from animate.networks.checkpoints import numbered, read_checkpoint, shapes_of
from animate.networks.data import moons
from animate.networks.network import network

SHAPES = {"layers.0.weight": (2, 3), "layers.0.bias": (2,)}
WEIGHT, BIAS = np.arange(6.0, dtype=np.float32).reshape(2, 3), np.array([7, 8], np.float32)


class Storage:
    """Stands for a storage in a pickle as PyTorch writes it."""

    def __init__(self, key, count, kind="FloatStorage"):
        self.key, self.count, self.kind = key, count, kind


class Global:
    """A function or class of a module, called with `arguments` when the pickle is read."""

    def __init__(self, module, name, *arguments):
        self.module, self.name, self.arguments = module, name, arguments


class TorchPickler(pickle._Pickler):
    """Writes what PyTorch would, by its documented format, without PyTorch."""

    def persistent_id(self, obj):
        if not isinstance(obj, Storage):
            return None
        return ("storage", Global("torch", obj.kind), obj.key, "cpu", obj.count)

    def save(self, obj, save_persistent_id=True):
        if not isinstance(obj, Global):
            return super().save(obj, save_persistent_id)
        self.write(f"c{obj.module}\n{obj.name}\n".encode())
        if obj.arguments:
            self.save(obj.arguments)
            self.write(b"R")
        return None


def torch_file(path, saved, storages, more=()):
    words = io.BytesIO()
    TorchPickler(words, protocol=2).dump(saved)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", words.getvalue())
        archive.writestr("archive/byteorder", "little")
        for key, numbers in storages.items():
            archive.writestr(f"archive/data/{key}", numbers)
        for name, text in more:
            archive.writestr(name, text)


def tensor(storage, shape, strides, offset=0):
    arguments = (storage, offset, shape, strides, False, None)
    return Global("torch._utils", "_rebuild_tensor_v2", *arguments)


def as_torch(path, **named):
    """A file as torch.save writes a state_dict of the arrays `named`."""
    tensors, storages = {}, {}
    for key, array in named.items():
        strides = tuple(side // array.itemsize for side in array.strides)
        tensors[key.replace("__", ".")] = tensor(
            Storage(key, array.size), tuple(array.shape), strides
        )
        storages[key] = array.tobytes()
    torch_file(path, tensors, storages)


def test_every_kind_of_file_gives_the_same_vector(tmp_path):
    np.savez(tmp_path / "a.npz", **{"layers.0.bias": BIAS, "layers.0.weight": WEIGHT})
    save_file({"0.weight": WEIGHT, "0.bias": BIAS}, tmp_path / "a.safetensors")
    as_torch(tmp_path / "a.pt", layers__0__weight=WEIGHT, layers__0__bias=BIAS)
    for name in ("a.npz", "a.safetensors", "a.pt"):
        vector = read_checkpoint(tmp_path / name, SHAPES)
        np.testing.assert_array_equal(vector, [0, 1, 2, 3, 4, 5, 7, 8])


def test_tensors_that_share_a_storage_are_views_of_it(tmp_path):
    whole = Storage("0", 12)
    saved = {
        "epoch": 3,
        "state_dict": {"w": tensor(whole, (2, 3), (1, 2), 6), "b": tensor(whole, (2,), (3,), 1)},
    }
    torch_file(tmp_path / "a.ckpt", saved, {"0": np.arange(12, dtype="<f4").tobytes()})
    vector = read_checkpoint(tmp_path / "a.ckpt", {"w": (2, 3), "b": (2,)})
    np.testing.assert_array_equal(vector, [6, 8, 10, 7, 9, 11, 1, 4])


def test_bfloat16_is_widened(tmp_path):
    saved = {"w": tensor(Storage("0", 2, "BFloat16Storage"), (2,), (1,))}
    upper = [struct.pack("<f", number)[2:] for number in (1.5, -3.0)]
    torch_file(tmp_path / "a.pt", saved, {"0": b"".join(upper)})
    np.testing.assert_array_equal(read_checkpoint(tmp_path / "a.pt", {"w": (2,)}), [1.5, -3.0])


def test_twelve_equal_layers_stand_in_the_order_of_their_numbers(tmp_path):
    layers = {f"{2 * k}.weight": np.full((4, 4), k, np.float32) for k in range(12)}
    save_file(layers, tmp_path / "deep.safetensors")
    leaves = {f"blocks.{k}.w": (4, 4) for k in range(12)}
    read = read_checkpoint(tmp_path / "deep.safetensors", leaves)
    np.testing.assert_array_equal(read[::16], range(12))
    same = {f"layers.{k}.weight": np.full((4, 4), k, np.float32) for k in range(12)}
    save_file(same, tmp_path / "same.safetensors")
    by_text = dict.fromkeys(sorted(same), (4, 4))
    read = read_checkpoint(tmp_path / "same.safetensors", by_text)
    np.testing.assert_array_equal(read[::16], [int(name.split(".")[1]) for name in by_text])


def test_arrays_with_numbers_for_names_are_in_the_order_of_the_leaves(tmp_path):
    np.savez(tmp_path / "a.npz", *(np.full(3, k) for k in range(11)))
    vector = read_checkpoint(tmp_path / "a.npz", dict.fromkeys("abcdefghijk", (3,)))
    np.testing.assert_array_equal(vector[::3], range(11))


def test_names_are_matched_whatever_they_all_begin_with(tmp_path):
    np.savez(tmp_path / "a.npz", **{"module.net.k": BIAS, "module.net.q": 2 * BIAS})
    leaves = {"params['q'].value": (2,), "params['k'].value": (2,)}
    np.testing.assert_array_equal(read_checkpoint(tmp_path / "a.npz", leaves), [14, 16, 7, 8])


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"a": np.zeros((2, 3))}, "holds 1 array, the network has 2"),
        (
            {"layers.0.weight": WEIGHT, "layers.0.bias": BIAS, "step": np.zeros(())},
            "holds 3 arrays, the network has 2; it has none named 'step'",
        ),
        (
            {"a": np.zeros((4, 3)), "b": np.zeros(2)},
            "a has shape [4, 3], and layers.0.weight of the network has [2, 3]",
        ),
        (
            {"kernel": np.zeros((3, 2)), "b": np.zeros(2)},
            "kernel has shape [3, 2], and layers.0.weight of the network has [2, 3]; PyTorch and "
            "Equinox keep weights as [outputs, inputs, …], Flax and Keras as […, inputs, outputs]: "
            "transpose them before saving",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_told(tmp_path, arrays, sentence):
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(UsageError) as told:
        read_checkpoint(tmp_path / "a.npz", SHAPES)
    assert str(told.value) == f"{tmp_path / 'a.npz'}: {sentence}"


@pytest.mark.parametrize("names", [("query", "key"), ("a.0.b.1", "a.1.b.0"), ("bias1", "offset2")])
def test_arrays_that_could_be_swapped_are_refused(tmp_path, names):
    np.savez(tmp_path / "a.npz", **dict.fromkeys(names, BIAS))
    with pytest.raises(UsageError) as told:
        read_checkpoint(tmp_path / "a.npz", {"layers.0.bias": (2,), "layers.1.bias": (2,)})
    assert str(told.value) == (
        f"{tmp_path / 'a.npz'}: {names[0]} and {names[1]} have the same shape [2], and could be "
        "layers.0.bias or layers.1.bias; name the arrays like the network's parameters"
    )


def test_the_leaves_of_a_network_have_names():
    problem = network(moons(samples=60), hidden=(5,))
    shapes = {"weight": ((5, 2), (2, 5)), "bias": ((5,), (2,))}
    assert shapes_of(problem) == {
        f"layers.{k}.{name}": each[k] for k in (0, 1) for name, each in shapes.items()
    }


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.npz", r"a\.npz is not an \.npz file; write it with numpy\.savez"),
        ("a.safetensors", r"a\.safetensors: cannot be read: "),
        ("a.pt", r"a\.pt is not a file that torch\.save has written since PyTorch 1\.6; save with"),
        (
            "a.h5",
            r"a\.h5: a checkpoint is an \.npz, a \.safetensors or PyTorch's \.pt, \.pth, \.ckpt",
        ),
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


NUMBERS = {"0": np.zeros(4, "<f4").tobytes()}


@pytest.mark.parametrize(
    ("saved", "why"),
    [
        (Global("os", "system", "touch {folder}/run"), "holds more than tensors: os.system"),
        (Global("builtins", "eval", "1"), "holds more than tensors: builtins.eval"),
        (Global("torch", "load", "x"), "holds more than tensors: torch.load"),
        ({"epoch": 3, "lr": 0.1}, "holds no state_dict, but epoch, lr"),
        ([1, 2], "holds no state_dict"),
        ({"w": tensor(Storage("0", 4), (3, 3), (3, 1))}, "is damaged (UnpicklingError)"),
        ({"w": tensor(Storage("0", 4), (2,), (1,), -1)}, "is damaged (UnpicklingError)"),
        ({"w": tensor(Storage("0", 5), (5,), (1,))}, "is damaged (UnpicklingError)"),
        ({"w": tensor(Storage("1", 4), (2,), (1,))}, "is damaged (KeyError)"),
    ],
)
def test_a_file_of_pytorchs_never_runs(tmp_path, saved, why):
    if isinstance(saved, Global):
        saved.arguments = tuple(each.format(folder=tmp_path) for each in saved.arguments)
    torch_file(tmp_path / "a.pt", saved, NUMBERS)
    with pytest.raises(UsageError) as told:
        read_checkpoint(tmp_path / "a.pt", SHAPES)
    ending = "save with torch.save(model.state_dict(), file)"
    assert str(told.value) == f"{tmp_path / 'a.pt'} {why}; {ending}"
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("words", [b"\x80\x02r\xff\xff\xff\x7f.", b"\x80\x05\x96" + b"\x7f" * 8])
def test_a_pickle_that_asks_for_much_memory_is_not_read(tmp_path, words):
    with zipfile.ZipFile(tmp_path / "a.pt", "w") as archive:
        archive.writestr("archive/data.pkl", words)
    with pytest.raises(UsageError, match=r"is damaged|holds more than tensors"):
        read_checkpoint(tmp_path / "a.pt", SHAPES)


def test_files_are_numbered_by_the_last_number_in_their_names():
    files = [Path(f"run/SGD2_{k}.pt") for k in (100, 20, 3)]
    assert numbered(files) == {3: files[2], 20: files[1], 100: files[0]}
    assert numbered([Path("b.pt"), Path("a.pt")]) == {0: Path("a.pt"), 1: Path("b.pt")}


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (
            ["ckpt-0", "ckpt-40", "extra-40"],
            "'ckpt-40.pt' and 'extra-40.pt' are both of step 40, the last number in the name; "
            "name the files of one run, each with a step of its own",
        ),
        (
            ["b-4", "b-04"],
            "'b-04.pt' and 'b-4.pt' are both of step 4, the last number in the name; "
            "name the files of one run, each with a step of its own",
        ),
        (
            ["a10/last1", "a9/last1"],
            "'a9/last1.pt' and 'a10/last1.pt' are both of step 1, the last number in the name; "
            "name the files of one run, each with a step of its own",
        ),
        (
            ["ckpt-0", "ckpt-8", "final"],
            "'final.pt' has no number in its name, and 'ckpt-0.pt' has: the last one is a "
            "checkpoint's step; give all of a run one, or none",
        ),
    ],
)
def test_steps_that_repeat_or_lack_are_refused_with_both_files(names, sentence):
    with pytest.raises(UsageError) as told:
        numbered([Path(f"{name}.pt") for name in names])
    assert str(told.value) == sentence
