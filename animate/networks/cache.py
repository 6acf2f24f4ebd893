"""Results on disk: what took a minute is read again until anything it depends on changes."""

from __future__ import annotations

import inspect
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np

import animate
from animate.files import cache_folder

Result = TypeVar("Result")

_PLAIN = "__words__"
"""The entry of a file with all values that are no arrays, as JSON."""
_PACKAGES = ("numpy", "jax", "jaxlib", "optax", "diffrax", "equinox", "scikit-learn")
"""Libraries whose versions may change what is computed."""
_SHARED = (Path(__file__).parent, Path(__file__).parents[1] / "optimizers")
"""Folders whose Python files may change what is computed."""


def key_of(name: str, options: Mapping[str, object], compute: Callable[..., object]) -> str:
    """The key of the result that `compute` gives with `options`: `name`, and a hash of these.

    The hash covers this program's version, its code for networks and optimizers, the file that
    defines `compute`, and the versions of the libraries.
    """
    versions = {"animate": animate.__version__} | {each: _version(each) for each in _PACKAGES}
    facts = {"options": options, "versions": versions}
    digest = sha256(json.dumps(facts, sort_keys=True, default=str).encode())
    files = {file for folder in _SHARED for file in folder.glob("*.py")}
    for file in sorted(files | {Path(inspect.getfile(compute))}):
        digest.update(file.read_bytes())
    return f"{name}-{digest.hexdigest()[:20]}"


def cached(
    key: str, kind: type[Result], compute: Callable[[], Result], *, fresh: bool = False
) -> Result:
    """The result that is stored under `key`, or that of `compute`, which is then stored.

    With `fresh` it is computed anew.

    `kind` is a dataclass whose fields are arrays or plain values (as JSON has them). A file that
    cannot be read is computed anew; in a folder that cannot be written nothing is stored.
    """
    folder = cache_folder()
    if folder is None:
        return compute()
    file = folder / f"{key}.npz"
    if not fresh:
        with suppress(OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return _load(file, kind)
    result = compute()
    with suppress(OSError):
        _store(file, result)
    return result


def _load(file: Path, kind: type[Result]) -> Result:
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        plain = json.loads(str(archive[_PLAIN]))
        arrays = {name: archive[name] for name in archive.files if name != _PLAIN}
    return kind(**plain, **arrays)


def _store(file: Path, result: Any) -> None:
    values = {field.name: getattr(result, field.name) for field in fields(result)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    plain = {name: value for name, value in values.items() if name not in arrays}
    file.parent.mkdir(parents=True, exist_ok=True)
    named = {_PLAIN: np.array(json.dumps(plain)), **arrays}
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **named)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
