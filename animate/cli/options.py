"""Arguments and options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Scenes = Annotated[
    list[Path],
    typer.Argument(metavar="SCENE...", help="Scene files, or -; a rendered file works too."),
]
OneScene = Annotated[
    Path, typer.Argument(metavar="SCENE", help="A scene file, or - for standard input.")
]
Settings = Annotated[
    list[str],
    typer.Option("--set", metavar="KEY=VALUE", help="Change a key, as in timing.fps=30."),
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")]
AllowCode = Annotated[
    bool,
    typer.Option("--allow-code", help="Let a scene's surface run Python of its own. Trust it?"),
]
AllowOutside = Annotated[
    bool,
    typer.Option("--allow-outside", help="Let scenes name files outside of their folder."),
]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh", help="Forget what was computed before: trainings, planes, experiments."
    ),
]
KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going", help="Render the other scenes too where some have mistakes; status 1."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on the way.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")]
NoSource = Annotated[bool, typer.Option("--no-source", help="Leave the scene out of the file.")]
