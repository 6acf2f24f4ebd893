"""`--set KEY=VALUE`: a change to a scene's data, checked like the file itself."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from animate.errors import DocumentError, Mistake, UsageError
from animate.errors import Path as KeyPath
from animate.registry import clipped
from animate.scene.diagnostics import dotted, shown
from animate.scene.yaml import MAX_DEPTH, Data, at, parse


@dataclass(frozen=True)
class Setting:
    """A key as it was `written`, its parts, and the value to put there."""

    written: str
    keys: tuple[str, ...]
    value: Data

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
        if not isinstance(data, dict) or len(data) != 1:
            raise UsageError(f"--set {clipped(key)}: {shown(value)} is more than one value")
        keys = _keys(key)
        if len(keys) + _depth(data["value"]) > MAX_DEPTH:
            raise UsageError(f"--set {clipped(key)}: this is nested deeper than {MAX_DEPTH} levels")
        return cls(key, keys, data["value"])

    def told(self, mistake: Mistake, path: KeyPath) -> str:
        """The line for a `mistake` about what was put at `path`, naming a place inside."""
        told = len(mistake.path) <= len(path) or mistake.message.startswith(f"{mistake.path[-1]}: ")
        inner = "" if told else f"{dotted(mistake.path)}: "
        return f"--set {self.written}: {inner}{mistake.message}"


def _keys(written: str) -> tuple[str, ...]:
    """The keys between the dots; a name of optax has dots of its own."""
    keys = tuple(written.split("."))
    if keys[:2] != ("optimizers", "optax"):
        return keys
    end = 4 if keys[2:3] == ("contrib",) else 3
    return ("optimizers", ".".join(keys[1:end]), *keys[end:])


def _depth(value: Data) -> int:
    """The levels of lists and mappings in `value`."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def apply(settings: Sequence[Setting], data: Data) -> tuple[Data, dict[KeyPath, Setting]]:
    """A copy of `data` with the settings, and the path in it that each one changed.

    A setting whose place a later one has put something else in is not among them. Raises UsageError
    where there is no such place.
    """
    changed = deepcopy(data)
    made = [(_put(setting, changed), setting) for setting in settings]
    later: set[KeyPath] = set()
    lasting: dict[KeyPath, Setting] = {}
    for path, setting in reversed(made):
        if not any(path[:length] in later for length in range(1, len(path) + 1)):
            lasting[path] = setting
        later.add(path)
    return changed, dict(reversed(lasting.items()))


def _put(setting: Setting, data: Data) -> KeyPath:
    """Put the value into `data`, and return its path."""
    path: KeyPath = ()
    for key in setting.keys[:-1]:
        if path == ("panels",):
            path += _path_to_panel(at(data, path), key)
        _check_panel(data, path, key, setting)
        path = _opened(data, (*path, _index(at(data, path), key, setting)))
    place = at(data, path)
    last = _index(place, setting.keys[-1], setting)
    place[last] = setting.value
    return (*path, last)


def _check_panel(data: Data, path: KeyPath, key: str, setting: Setting) -> None:
    """Whether a single panel at `path` is called `key`. Raises UsageError."""
    place: Data = at(data, path)
    if path[:1] != ("panels",) or path[-1] != "panels" or not isinstance(place, dict):
        return
    names = list(place)
    if len(names) == 1 and not {"panels", key} & {*names}:
        (name,) = names
        raise UsageError(
            f"--set {setting.written}: no panel is called {key!r}; there is {name}, whose options "
            f"are written {'.'.join(map(str, path))}.{name}.OPTION"
        )


def _path_to_panel(place: Data, panel: str) -> KeyPath:
    """The keys and indices from a grid of panels to the row in which one is called `panel`."""
    inner: dict[str | int, Data] = {}
    if isinstance(place, dict) and "panels" in place:
        inner = {"panels": place["panels"]}
    elif isinstance(place, list) and not any(panel in _names(each) for each in place):
        inner = dict(enumerate(place))
    for index, each in inner.items():
        if _holds(each, panel):
            return (index, *_path_to_panel(each, panel))
    return ()


def _holds(place: Data, panel: str) -> bool:
    """Whether there is a panel of that name at any depth."""
    if isinstance(place, dict) and "panels" in place:
        return _holds(place["panels"], panel)
    if isinstance(place, list):
        return any(_holds(each, panel) for each in place)
    return panel in _names(place)


def _index(place: Data, key: str, setting: Setting) -> str | int:
    """`key` as a key or index of `place`: list items go by name or label, or by number from 0."""
    if isinstance(place, dict):
        return key
    if not isinstance(place, list):
        above = ".".join(setting.keys[: setting.keys.index(key)]) or "the scene"
        raise UsageError(
            f"--set {setting.written}: {above} has no keys of its own, so there is no {key!r}; "
            f"write --set {above}=VALUE"
        )
    for index, item in enumerate(place):
        if key in _names(item):
            return index
    if re.fullmatch("[0-9]{1,6}", key) and int(key) < len(place):
        return int(key)
    names = ", ".join(name for item in place for name in _names(item)[:1])
    known = f"there are {names}" if names else "count from 0"
    raise UsageError(f"--set {setting.written}: no item is called {key!r}; {known}")


def _names(item: Data) -> list[str]:
    """What an item of a list can be called in a setting."""
    if isinstance(item, str):
        return [item]
    if not isinstance(item, dict):
        return []
    return [str(item[key]) for key in ("label", "name") if key in item] or list(item)


def _opened(data: Data, path: KeyPath) -> KeyPath:
    """The path of the list or mapping at `path`, of a panel that of its options.

    Where there is nothing yet it is made; a bare name becomes a mapping.
    """
    place, index = at(data, path[:-1]), path[-1]
    inner: Data = place.get(index) if isinstance(index, str) else place[index]
    if inner is None:
        inner = {}
    elif isinstance(inner, str):
        inner = {inner: {}} if path[0] == "panels" else {"name": inner}
    place[index] = inner
    if (
        path[0] == "panels"
        and isinstance(index, int)
        and isinstance(inner, dict)
        and len(inner) == 1
    ):
        (name,) = inner
        inner[name] = inner[name] or {}
        return (*path, name)
    return path
