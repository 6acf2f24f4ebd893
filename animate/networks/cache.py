"""Results on disk: what took a minute once is read in no time, until anything it depends on
changes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np

Result = TypeVar("Result")

_WORDS = "__words__"


def cache_folder() -> Path:
    """Where results lie: $ANIMATE_CACHE, else the folder that this system has for such files."""
    if chosen := os.environ.get("ANIMATE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
        return (Path(home) if home else Path.home() / "AppData" / "Local") / "animate" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "animate"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "animate"


def key_of(
    name: str, options: Mapping[str, Any], sources: Sequence[Path], packages: Sequence[str]
) -> str:
    """A name for a result: `name` and a hash of its `options`, the bytes of `sources`, and
    versions."""
    facts = {"options": options, "packages": {package: _version(package) for package in packages}}
    digest = sha256(json.dumps(facts, sort_keys=True, default=str).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return f"{name}-{digest.hexdigest()[:20]}"


def cached(key: str, kind: type[Result], compute: Callable[[], Result]) -> Result:
    """The result that is kept under `key`, or that of `compute`, which is then kept.

    `kind` is a dataclass whose fields are arrays or plain values (as JSON has them). A file that
    cannot be read is computed anew; a folder that cannot be written keeps nothing.
    """
    file = cache_folder() / f"{key}.npz"
    try:
        return _load(file, kind)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
        result = compute()
    with suppress(OSError):
        _store(file, result)
    return result


def _load(file: Path, kind: type[Result]) -> Result:
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        words = json.loads(str(archive[_WORDS]))
        arrays = {name: archive[name] for name in archive.files if name != _WORDS}
    return kind(**words, **arrays)


def _store(file: Path, result: Any) -> None:
    values = {field.name: getattr(result, field.name) for field in fields(result)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    words = {name: value for name, value in values.items() if name not in arrays}
    file.parent.mkdir(parents=True, exist_ok=True)
    named = {_WORDS: np.array(json.dumps(words)), **arrays}
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
        return version(package)
    except PackageNotFoundError:
        return None
