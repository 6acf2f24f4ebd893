"""`%load_ext animate`: the cell magic `%%animate`, which takes a scene's YAML and shows it."""

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import Any, NoReturn

from animate.api.held import Scene
from animate.api.keywords import in_keywords
from animate.api.video import shown
from animate.errors import AnimateError, SceneError
from animate.scene.load import read_text

_CELL = "cell"
_PLACED = re.compile(rf"{_CELL}:(\d+):(\d+): (.*)", re.DOTALL)


def load_ipython_extension(shell: Any) -> None:
    """Give `shell`, IPython's, the magic `%%animate`."""

    def animate(line: str, cell: str) -> None:
        """Show the scene whose YAML the cell is; `%%animate NAME` keeps it as a variable too."""
        name = line.strip()
        if name and not name.isidentifier():
            _refuse(f"%%animate takes one name, that of a variable for the scene, got {name!r}")
        if iskeyword(name) or name.startswith("_"):
            _refuse(
                f"%%animate: {name!r} cannot be the name of a variable for the scene; choose one "
                "that begins with a letter and is no word of Python"
            )
        scene = _shown(cell)
        if name:
            shell.user_ns[name] = scene

    shell.register_magic_function(animate, "cell", "animate")


def _shown(cell: str) -> Scene:
    """The scene, which is on the screen now; what is wrong is told at the cell's own lines."""
    from IPython import display

    try:
        with in_keywords():
            script = read_text(cell, _CELL)
            bundle, beside = shown(script)
    except SceneError as error:
        _refuse("\n".join(["the scene cannot be shown", *_at_lines(error.lines, cell)]))
    except AnimateError as error:
        _refuse(str(error))
    display.display(bundle, metadata=beside, raw=True)  # pyright: ignore[reportUnknownMemberType]
    return Scene(script)


def _at_lines(lines: tuple[str, ...], cell: str) -> Iterator[str]:
    """Each mistake below the line that it is in; that of the magic is the first of the cell."""
    for each in lines:
        found = _PLACED.fullmatch(each)
        if found is None:
            yield each
            continue
        number, column = int(found[1]), int(found[2])
        head = f"line {number + 1}: "
        yield head + "".join(cell.splitlines()[number - 1 : number])
        yield " " * (len(head) + column - 1) + f"^ {found[3]}"


def _refuse(why: str) -> NoReturn:
    """Raises IPython's own UsageError, which it tells without a traceback."""
    from IPython.core.error import UsageError

    raise UsageError(why) from None
