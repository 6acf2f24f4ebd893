"""The program's commands by name, with a sentence for a scene that stands in a command's place."""

from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from animate.files import SCENE_ENDINGS


class Commands(TyperGroup):
    """The commands; a scene in a command's place is told with the command that it lacks."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and (scene := _scene(name)):
            ctx.fail(f"No such command {name!r}. To render the scene: animate render {scene}")
        return super().resolve_command(ctx, args)


def _scene(name: str) -> str | None:
    """The scene file that `name` is, with its ending or without; None: it is none."""
    if name.lower().endswith(SCENE_ENDINGS):
        return name
    return next((name + each for each in SCENE_ENDINGS if Path(name + each).is_file()), None)
