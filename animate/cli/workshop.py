"""`animate watch`: the address of the page, and its end."""

import webbrowser
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import typer

from animate.cli.scenes import once
from animate.errors import UsageError
from animate.files import SCENE_ENDINGS
from animate.scene.context import Trust
from animate.scene.settings import Setting

_NEEDED = ("starlette", "uvicorn", "watchfiles")


def watch_scenes(
    scenes: Sequence[Path],
    settings: tuple[str, ...],
    trust: Trust,
    *,
    port: int,
    opens: bool,
) -> None:
    """Serve the page of these scenes until the program is interrupted. Raises UsageError."""
    if any(find_spec(each) is None for each in _NEEDED):
        raise UsageError(
            'animate watch needs more packages: pip install "animate-optimization[watch]"'
        )
    scenes = once(scenes)
    _check(scenes)
    for each in settings:
        Setting.of(each)
    from animate.workshop.serve import serve

    def tell(address: str) -> None:
        typer.echo(address)
        if opens:
            webbrowser.open(address)

    serve(scenes, settings, trust, port, tell)


def _check(scenes: Sequence[Path]) -> None:
    """Whether they are scene files that are there, or one folder. Raises UsageError."""
    if len(scenes) == 1 and scenes[0].is_dir():
        return
    for each in scenes:
        if each.is_dir():
            raise UsageError(f"{each}: is a folder; name one folder alone, or scene files")
        if each.suffix.lower() not in SCENE_ENDINGS:
            raise UsageError(f"{each}: the name of a scene ends in .yaml or .yml")
        if not each.is_file():
            raise UsageError(f"{each}: there is no such file")
