"""The commands that tell and write what needs no computing: tables, a template, the schema, the
scene inside a file. As in `app`, what they need is imported when they run.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from animate.cli.handler import reports_errors
from animate.cli.options import Debug


@reports_errors
def list_(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHAT...]", help="surfaces, optimizers, panels, experiments, ..."),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw all surfaces into a .png, .pdf or .svg."),
    ] = None,
    debug: Debug = False,
) -> None:
    """Say what there is, one line each, with options; or draw it."""
    from animate.cli.report import list_tables, picture_surfaces

    if picture is None:
        list_tables(what or [])
    else:
        typer.echo(picture_surfaces(what or [], picture))


@reports_errors
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The scene's name; writes NAME.yaml.")
    ],
    debug: Debug = False,
) -> None:
    """Write a commented scene to start from."""
    from animate.cli.report import new_scene

    typer.echo(new_scene(name))


@reports_errors
def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of scenes, for an editor's completion."""
    from animate.cli.report import schema_text

    typer.echo(schema_text())


@reports_errors
def source(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file made by animate.")],
    debug: Debug = False,
) -> None:
    """Print the scene that a rendered file carries inside it.

    A terminal gets signs that do not print, such as its own commands, spelled out.
    """
    from animate.errors import visible
    from animate.writers.source import read_source

    text = read_source(file).text
    if sys.stdout.isatty():
        text = "".join(f"{visible(line)}\n" for line in text.splitlines())
    typer.echo(text, nl=False)
