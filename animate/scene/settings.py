"""`--set KEY=VALUE`: a change to a scene's data, checked like the file itself."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from animate.errors import DocumentError, UsageError
from animate.errors import Path as KeyPath
from animate.registry import clipped
from animate.scene.diagnostics import shown
from animate.scene.yaml import parse


@dataclass(frozen=True)
class Setting:
    """A key as it was `written`, its parts, and the value to put there."""

    written: str
    keys: tuple[str, ...]
    value: Any

    @classmethod
    def of(cls, argument: str) -> "Setting":
        """Read KEY=VALUE; VALUE is YAML. Raises UsageError."""
        key, equals, value = argument.partition("=")
        if not equals or not all(key.split(".")):
            raise UsageError(f"--set {clipped(argument)}: write KEY=VALUE, such as timing.fps=30")
        try:
            data = parse(f"value: {value}").data
        except DocumentError as error:
            why = error.problems[0].message
            raise UsageError(
                f"--set {clipped(key)}: {shown(value)} is not a YAML value: {why}"
            ) from error
        if len(data) != 1:
            raise UsageError(f"--set {clipped(key)}: {shown(value)} is more than one value")
        return cls(key, _keys(key), data["value"])


def _keys(written: str) -> tuple[str, ...]:
    """The keys between the dots; a name of optax has dots of its own."""
    keys = tuple(written.split("."))
    if keys[:2] != ("optimizers", "optax"):
        return keys
    end = 4 if keys[2:3] == ("contrib",) else 3
    return ("optimizers", ".".join(keys[1:end]), *keys[end:])


def apply(settings: Sequence[Setting], data: Any) -> tuple[Any, dict[KeyPath, Setting]]:
    """A copy of `data` with the settings, and the path in it that each one changed.

    Raises UsageError where there is no such place.
    """
    changed = deepcopy(data)
    return changed, {_put(setting, changed): setting for setting in settings}


def _put(setting: Setting, data: Any) -> KeyPath:
    """Put the value into `data`, and return its path."""
    path: list[str | int] = []
    place = data
    for key in setting.keys[:-1]:
        for index in _path_to_panel(place, key) if path == ["panels"] else ():
            path.append(index)
            place = place[index]
        place = _container_at(place, _index(place, key, setting), path)
    last = _index(place, setting.keys[-1], setting)
    place[last] = setting.value
    return (*path, last)


def _path_to_panel(place: Any, panel: str) -> list[str | int]:
    """The keys and indices from a grid of panels to the row in which one is called `panel`."""
    if isinstance(place, dict):
        steps = [("panels", place["panels"])] if "panels" in place else []
    else:
        listed = isinstance(place, list) and not any(panel in _names(each) for each in place)
        steps = list(enumerate(place)) if listed else []
    for index, inner in steps:
        if _holds(inner, panel):
            return [index, *_path_to_panel(inner, panel)]
    return []


def _holds(place: Any, panel: str) -> bool:
    """Whether there is a panel of that name at any depth."""
    if isinstance(place, dict) and "panels" in place:
        return _holds(place["panels"], panel)
    if isinstance(place, list):
        return any(_holds(each, panel) for each in place)
    return panel in _names(place)


def _index(place: Any, key: str, setting: Setting) -> str | int:
    """`key` as a key or index of `place`: list items go by name or label, or by number from 0."""
    if isinstance(place, dict):
        return key
    if not isinstance(place, list):
        raise UsageError(f"--set {setting.written}: there is nothing below {key!r} in the scene")
    for index, item in enumerate(place):
        if key in _names(item):
            return index
    if re.fullmatch("[0-9]{1,6}", key) and int(key) < len(place):
        return int(key)
    names = ", ".join(name for item in place for name in _names(item)[:1])
    known = f"there are {names}" if names else "count from 0"
    raise UsageError(f"--set {setting.written}: no item is called {key!r}; {known}")


def _names(item: Any) -> list[str]:
    """What an item of a list can be called in a setting."""
    if isinstance(item, str):
        return [item]
    if not isinstance(item, dict):
        return []
    named = [str(item[key]) for key in ("label", "name") if key in item]
    return named or [str(key) for key in item]


def _container_at(place: Any, index: Any, path: list[str | int]) -> Any:
    """The list or mapping at `index`, added to `path`; a bare name becomes a mapping first."""
    path.append(index)
    inner = place[index] if isinstance(place, list) else place.get(index, None)
    if inner is None:
        inner = {}
    elif isinstance(inner, str):
        inner = _mapping(inner, path)
    place[index] = inner
    if path[0] == "panels" and len(path) > 1 and isinstance(inner, dict) and len(inner) == 1:
        (name,) = inner
        path.append(name)
        inner[name] = inner[name] or {}
        return inner[name]
    return inner


def _mapping(name: str, path: list[str | int]) -> dict[str, Any]:
    return {name: {}} if path[0] == "panels" else {"name": name}
