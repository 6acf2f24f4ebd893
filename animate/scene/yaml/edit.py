"""Changes to a YAML text that leave all around them, comments too, as the author wrote it."""

import math
from collections.abc import Iterable
from functools import reduce

from animate.errors import DocumentError, Path
from animate.scene.yaml import Data, at, parse
from animate.scene.yaml.scalars import meaning


def edited(text: str, data: Data, paths: Iterable[Path]) -> str:
    """`text` with changes at `paths`, so that it says `data`.

    Where a change cannot be made in its place, as to a value that an alias repeats, the whole of
    `data` is written anew, and comments are lost.

    >>> edited("steps: 20  # few", {"steps": 30, "seed": 1}, [("steps",), ("seed",)])
    'seed: 1\\nsteps: 30  # few'
    """
    changed = edited_in_place(text, data, paths)
    return _dumped(data, flow=False) if changed is None else changed


def edited_in_place(text: str, data: Data, paths: Iterable[Path]) -> str | None:
    """As `edited`; None where a change cannot be made in its place."""
    try:
        changed = reduce(lambda now, path: _changed(now, data, path), paths, text)
        return changed if parse(changed).data == data else None
    except DocumentError:
        return None


def _changed(text: str, data: Data, path: Path) -> str:
    """`text` with the value that `data` has at `path`, or at the part of it that `text` has."""
    document = parse(text)
    for length in range(1, len(path) + 1):
        place = path[:length]
        if place not in document.spans:
            return _inserted(text, document.spans[place[:-1]], place[-1], at(data, place))
        if length == len(path) or not isinstance(at(document.data, place), dict | list):
            inside = [span for each, span in document.spans.items() if each[:length] == place]
            start, end = inside[0][0], max(end or 0 for _, end in inside)
            end = max(start, len(text[:end].rstrip()))
            space = " " if text[start - 1 : start] == ":" else ""
            return f"{text[:start]}{space}{_flow(at(data, place))}{text[end:]}"
    return text


def _inserted(text: str, span: tuple[int, int | None], key: str | int, value: Data) -> str:
    """`text` with another key at the beginning of the mapping at `span`."""
    start, end = span
    item = f"{_flow(key)}: {_flow(value)}"
    if end is None:
        indent = start - (text.rfind("\n", 0, start) + 1)
        return f"{text[:start]}{item}\n{' ' * indent}{text[start:]}"
    comma = "" if text[start + 1 : end - 1].strip() == "" else ", "
    return f"{text[: start + 1]}{item}{comma}{text[start + 1 :]}"


def _flow(value: Data) -> str:
    """A value in one line, as it can stand inside of brackets."""
    return _dumped([value], flow=True).strip()[1:-1]


def dumped(data: Data) -> str:
    """A text that says `data`, lists and mappings of plain values in one line each.

    >>> print(dumped({"title": "1e3", "optimizers": [{"name": "sgd", "learning_rate": 0.1}]}))
    title: '1e3'
    optimizers:
    - {name: sgd, learning_rate: 0.1}
    <BLANKLINE>
    """
    return _dumped(data, flow=None)


def _dumped(data: Data, *, flow: bool | None) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Quotes the texts that are no text to what reads scenes, as 1e3 is."""

        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # every value is written out
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = None if _is_text(value) else "'"
        return dumper.represent_scalar(  # pyright: ignore[reportUnknownMemberType]
            "tag:yaml.org,2002:str", value, style=style
        )

    Dumper.add_representer(str, text)
    width = math.inf if flow else None
    return yaml.dump(
        data,
        Dumper=Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=width,
    )


def _is_text(word: str) -> bool:
    try:
        return isinstance(meaning(word), str)
    except OverflowError:
        return False
