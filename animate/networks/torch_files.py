"""The tensors of a file that PyTorch has written, read without PyTorch and without running it."""

from __future__ import annotations

import io
import pickle
import pickletools
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from animate.errors import UsageError

ENDINGS = (".pt", ".pth", ".ckpt")
"""What the names of such files end in."""
_MOST_NAMES = 1 << 24
"""Bytes of the part of a file that names its tensors."""
_INSIDE = ("state_dict", "model_state_dict", "model")
"""What a training script calls the weights among other things that it saves."""
_STORAGES = {
    "DoubleStorage": "f8",
    "FloatStorage": "f4",
    "HalfStorage": "f2",
    "BFloat16Storage": "bf16",
    "LongStorage": "i8",
    "IntStorage": "i4",
    "ShortStorage": "i2",
    "CharStorage": "i1",
    "ByteStorage": "u1",
    "BoolStorage": "u1",
}
"""The types of numbers, as NumPy writes them, of PyTorch's storages."""
# fmt: off
_OPCODES = frozenset(
    {
        "APPEND", "APPENDS", "BINFLOAT", "BINGET", "BININT", "BININT1", "BININT2", "BINPERSID",
        "BINPUT", "BINUNICODE", "BUILD", "EMPTY_DICT", "EMPTY_LIST", "EMPTY_TUPLE", "GLOBAL",
        "LONG1", "LONG_BINGET", "LONG_BINPUT", "MARK", "NEWFALSE", "NEWTRUE", "NONE", "PROTO",
        "REDUCE", "SETITEM", "SETITEMS", "STOP", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3",
    }
)
"""What a pickle of tensors is made of; none of it takes more memory than it is long."""
# fmt: on


class _NotRead(Exception):
    """The file holds what is no tensor; the sentence goes on from its name."""


class _Names(dict[str, Any]):
    """A state_dict. Its metadata is not kept."""

    def __setstate__(self, state: object) -> None:
        pass


def read_torch(file: Path) -> dict[str, np.ndarray]:
    """The tensors of the state_dict in `file` by name, as `torch.save` has written them.

    Bfloat16 comes as float32. Among other things that were saved it is looked for under
    `state_dict`, `model_state_dict` and `model`. Only tensors, numbers, texts and what holds them
    are read: nothing in the file is ever called. Raises UsageError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            saved = _Reader(archive).load()
        return _state_dict(saved)
    except zipfile.BadZipFile:
        why = "is not a file that torch.save has written since PyTorch 1.6"
    except _NotRead as error:
        why = str(error)
    except Exception as error:  # a damaged pickle fails in any way
        why = f"is damaged ({type(error).__name__})"
    raise UsageError(f"{file} {why}; save with torch.save(model.state_dict(), file)")


def _state_dict(saved: object) -> dict[str, np.ndarray]:
    if isinstance(saved, dict) and not _tensors(saved):
        named = [key for key in _INSIDE if isinstance(saved.get(key), dict)]
        if named:
            saved = saved[named[0]]
    if not isinstance(saved, dict) or not _tensors(saved):
        there = ", ".join(map(str, list(saved)[:6])) if isinstance(saved, dict) else ""
        raise _NotRead(f"holds no state_dict{there and f', but {there}'}")
    return {str(name): array for name, array in saved.items()}


def _tensors(saved: Mapping[object, object]) -> bool:
    return bool(saved) and all(isinstance(each, np.ndarray) for each in saved.values())


class _Reader:
    """What is in one archive: a pickle of names and shapes, and a file for each storage."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        found = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        if len(found) != 1:
            raise zipfile.BadZipFile
        self._folder = found[0].removesuffix("data.pkl")
        order = f"{self._folder}byteorder"
        big = order in archive.namelist() and self._bytes(order) == b"big"
        self._order: Literal["<", ">"] = ">" if big else "<"
        self._storages: dict[str, np.ndarray] = {}

    def load(self) -> object:
        words = self._bytes(f"{self._folder}data.pkl", _MOST_NAMES)
        for opcode, argument, _ in pickletools.genops(words):
            if opcode.name not in _OPCODES:
                raise _NotRead("holds more than tensors")
            if opcode.name == "LONG_BINPUT" and not 0 <= (argument or 0) <= len(words):
                raise pickle.UnpicklingError
        return _Unpickler(io.BytesIO(words), self).load()

    def storage(self, kind: str, key: str, count: int) -> np.ndarray:
        """The `count` numbers of a storage, which several tensors may share."""
        if key not in self._storages:
            whole = np.dtype("u2" if kind == "bf16" else kind).newbyteorder(self._order)
            size = count * whole.itemsize
            numbers = np.frombuffer(self._bytes(f"{self._folder}data/{key}", size), whole)
            if len(numbers) != count:
                raise pickle.UnpicklingError
            if kind == "bf16":
                numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
            self._storages[key] = numbers
        return self._storages[key]

    def _bytes(self, name: str, most: int = 100) -> bytes:
        """The bytes of one entry, stored as PyTorch does it, so as long as the file says."""
        entry = self._archive.getinfo(name)
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > most:
            raise pickle.UnpicklingError
        return self._archive.read(entry)


class _Unpickler(pickle.Unpickler):
    def __init__(self, words: io.BytesIO, reader: _Reader) -> None:
        super().__init__(words)
        self._reader = reader

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        match module_name, global_name:
            case "collections", "OrderedDict":
                return _Names
            case "torch._utils", "_rebuild_tensor_v2":
                return _tensor
            case "torch._utils", "_rebuild_parameter":
                return _parameter
            case "torch", name if name in _STORAGES:
                return _STORAGES[name]
        raise _NotRead(f"holds more than tensors: {module_name}.{global_name}")

    def persistent_load(self, pid: Any) -> np.ndarray:
        _, kind, key, _, count = pid
        return self._reader.storage(kind, key, count)


def _tensor(
    storage: np.ndarray, offset: int, shape: Sequence[int], strides: Sequence[int], *_: object
) -> np.ndarray:
    """A view of `storage`, whose numbers are counted from `offset` with `strides`."""
    if min(offset, *shape, *strides, 0) < 0 or len(shape) != len(strides):
        raise pickle.UnpicklingError
    last = offset + sum((side - 1) * step for side, step in zip(shape, strides, strict=True))
    if 0 not in shape and last >= len(storage):
        raise pickle.UnpicklingError
    steps = [step * storage.itemsize for step in strides]
    view = storage[offset:] if 0 not in shape else storage[:0]
    return np.lib.stride_tricks.as_strided(view, tuple(shape), steps, writeable=False)


def _parameter(tensor: np.ndarray, *_: object) -> np.ndarray:
    return tensor
