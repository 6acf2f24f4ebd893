"""A scene of Python's own values: the checks and sentences of a file, a place is a keyword."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import prod
from os import PathLike, fspath
from typing import Any, cast

from animate._lazy import lazy
from animate.errors import DocumentError, Mistake, SceneError
from animate.errors import Path as KeyPath
from animate.scene.code_surface import has_array, name_of
from animate.scene.context import Trust
from animate.scene.diagnostics import dotted, shown, worded
from animate.scene.load import Origin, Script, checked
from animate.scene.settings import Setting, apply
from animate.scene.yaml import MAX_DEPTH, MAX_VALUES, Data, parse
from animate.scene.yaml.edit import dumped
from animate.scene.yaml.scalars import fits

np: Any = lazy("numpy")

_NAME = "scene"
"""What a scene is called that was made in Python; the files it names are looked for from here."""
_CODE, _ARRAY = ("surface", "python"), ("surface", "grid")
"""The places of what no text can say."""
_KINDS = "must be text, numbers, lists or mappings"


@dataclass(frozen=True)
class Keywords(Origin):
    """The keywords that a scene was made of: a mistake's place is told as a path of them."""

    def lines(self, found: Sequence[Mistake]) -> list[str]:
        """A line for each mistake, in the order in which they were found."""
        return list(dict.fromkeys(map(_told, found)))


def _told(mistake: Mistake) -> str:
    place, message = dotted(mistake.path) or _NAME, worded(mistake)
    return message if message.startswith(f"{place}: ") else f"{place}: {message}"


def made(parts: Mapping[str, object], trust: Trust, settings: Sequence[str] = ()) -> Script:
    """The scene of `parts`, which are what a file's keys would be, changed by `settings`.

    They are text, numbers, lists and mappings of Python or of NumPy, paths of files, and at the
    surface a function or an array. Raises SceneError with every mistake, and UsageError.
    """
    reader = _Reader()
    data = reader.plain(_with_surface(parts), ())
    if settings and not reader.found:
        data, _ = apply([Setting.of(each) for each in settings], data)
    origin = Keywords(_NAME, parse("{}"), {}, data, partial(_again, parts, trust, settings))
    if reader.found:
        raise SceneError(origin.lines(reader.found))
    return checked(origin, partial(_written, data), trust)


def _again(
    parts: Mapping[str, object], trust: Trust, settings: Sequence[str], more: Sequence[str] = ()
) -> Script:
    return made(parts, trust, [*settings, *more])


def _with_surface(parts: Mapping[str, object]) -> Mapping[str, object]:
    """The parts; a surface that is a function or an array is a mapping that has it."""
    surface = parts.get("surface")
    key = "python" if callable(surface) else "grid" if has_array(surface) else None
    return parts if key is None else {**parts, "surface": {key: surface}}


@dataclass
class _Reader:
    """Values in the types that a text can have, as many as one; `found` is what is wrong."""

    found: list[Mistake] = field(default_factory=list[Mistake])
    _count: int = 0

    def plain(self, value: object, path: KeyPath) -> Data:
        """`value`, but for a function or an array at the surface, which stays as it is."""
        if (path == _CODE and callable(value)) or (path == _ARRAY and has_array(value)):
            return cast("Data", value)
        if len(path) > MAX_DEPTH:
            return self._refuse(path[:3], f"this is nested deeper than {MAX_DEPTH} levels")
        if not self._counted(value, path):
            return None
        match value:
            case _ if has_array(value):  # an array or a number of NumPy, JAX or pandas
                return self._of_numbers(value, path)
            case None | bool():
                return value
            case int():
                return self._whole(int(value), path)
            case float():
                return float(value)
            case str():
                return str.__str__(value)  # that of a member of an Enum would be its name
            case PathLike():
                return str(fspath(cast("PathLike[str]", value)))
            case list() | tuple() | range():
                items = cast("Sequence[object]", value)
                return [self.plain(each, (*path, k)) for k, each in enumerate(items)]
            case Mapping():
                return dict(self._items(cast("Mapping[object, object]", value), path))
            case _:
                return self._refuse(path, f"{_KINDS}, got {_kind(value)}")

    def _refuse(self, path: KeyPath, message: str) -> None:
        self.found.append(Mistake(path, message))

    def _counted(self, value: object, path: KeyPath) -> bool:
        """Whether the values may be so many; of those that are too many only the first are told."""
        if self._count > MAX_VALUES:
            return False
        inside = _values(value)
        if inside > MAX_VALUES:
            self._refuse(path, f"has {inside:,} values, and at most {MAX_VALUES:,} are read")
            return False
        self._count += 1
        if self._count > MAX_VALUES:
            self._refuse(path[:1], f"with this there are more than {MAX_VALUES:,} values, too many")
            return False
        return True

    def _whole(self, number: int, path: KeyPath) -> Data:
        if fits(number):
            return number
        return self._refuse(path, f"{shown(number)} does not fit in a number")

    def _of_numbers(self, value: object, path: KeyPath) -> Data:
        """An array or a number of its as lists and numbers."""
        try:
            plain = _listed(value)
        except Exception:  # that of any library
            plain = value
        if has_array(plain):
            return self._refuse(path, f"{_KINDS}, got {_kind(value)}")
        self._count -= 1
        return self.plain(plain, path)

    def _items(self, mapping: Mapping[object, object], path: KeyPath) -> Iterator[tuple[str, Data]]:
        for given, value in mapping.items():
            key = _listed(given) if isinstance(given, np.integer) else given
            if not isinstance(key, str | int) or isinstance(key, bool):
                self._refuse(path, f"must have keys that are text, got {_kind(given)}")
            elif isinstance(key, int) and not fits(key):
                self._refuse(path, f"the key {shown(int(key))} does not fit in a number")
            elif self._counted(None, path):
                name = str.__str__(key) if isinstance(key, str) else str(int(key))
                yield name, self.plain(value, (*path, name))


def _values(value: object) -> int:
    """The values that an array, a list or a mapping has, as far as it tells without a look."""
    if has_array(value):
        return prod(getattr(value, "shape", ()))
    return len(value) if isinstance(value, list | tuple | range | Mapping) else 0  # pyright: ignore[reportUnknownArgumentType]  # of any type


def _listed(value: Any) -> object:
    """What an array or a number of its is in Python; a longdouble says that it is itself."""
    return float(value) if isinstance(value, np.floating) else value.tolist()


def _kind(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def _written(data: Data) -> str:
    """The text that says `data`; where it has what no text can say, that is told instead."""
    match data:
        case {"surface": {**given}}:
            unsaid = {key: each for key, each in given.items() if _unsaid(key, each)}
            left = {key: each for key, each in given.items() if key not in unsaid}
            remarks = [_REMARKS[key](each) for key, each in unsaid.items()]
            return "".join(remarks) + _text({**data, "surface": left if unsaid else given})
        case _:
            return _text(data)


def _unsaid(key: str, value: object) -> bool:
    """Whether no text can say that option of a surface."""
    return key in _REMARKS and not isinstance(value, str)


def _of_function(function: Callable[..., object]) -> str:
    name = name_of(function)
    called = repr(name) if name and name.isidentifier() else "without a name"
    return (
        f"# The surface was a function of Python, {called}, which no text carries: without it\n"
        "# this is no scene. Put the function into a module beside this file, and name it below\n"
        '# in surface, as python: "module:function".\n'
    )


def _of_array(array: object) -> str:
    shape = " × ".join(map(str, getattr(array, "shape", ())))
    return (
        f"# The surface was an array of {shape} numbers, which no text carries: without it this\n"
        '# is no scene. Write it beside this file, numpy.savez("grid.npz", x=x, y=y, z=z), and\n'
        "# name that below in surface, as grid: grid.npz.\n"
    )


_REMARKS: Mapping[str, Callable[[Any], str]] = {"python": _of_function, "grid": _of_array}


def _text(data: Data) -> str:
    """The text that says `data`. Raises SceneError where it is too large to be read again."""
    text = dumped(data)
    try:
        parse(text)
    except DocumentError as error:
        raise SceneError([f"{_NAME}: {each.message}" for each in error.problems]) from error
    return text
