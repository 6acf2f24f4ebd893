"""The commands. What they need is imported when they run, so that help answers at once."""

from pathlib import Path
from typing import Annotated

import typer

from animate.cli.about import list_, new, schema, source
from animate.cli.commands import Commands
from animate.cli.handler import reports_errors
from animate.cli.options import (
    AllowCode,
    AllowOutside,
    Debug,
    Fresh,
    KeepGoing,
    NoSource,
    OneScene,
    Output,
    Quiet,
    Scenes,
    Settings,
)

app = typer.Typer(
    cls=Commands,
    help="A few lines of YAML in, an animation of optimization out.",
    epilog="Begin with: animate new race && animate render race.yaml",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(epilog="Example: animate render scenes/beale.yaml -o beale.mp4 --set timing.fps=30")
@reports_errors
def render(
    scenes: Scenes,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, as often as wanted; its ending picks the format: "
            ".gif .mp4 .webm .webp .apng .html, or .png .svg .pdf for the last frame. "
            "Default: output/NAME.gif",
        ),
    ] = None,
    settings: Settings = [],  # noqa: B006  # typer copies it
    draft: Annotated[
        bool, typer.Option("--draft", help="Half the size, 12 frames a second.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Render even what is up to date.")] = False,
    fresh: Fresh = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Scenes at once.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="WORKERS",
            help="Render by workers of dask.distributed: local:N, tcp://HOST:PORT or "
            "tls://HOST:PORT.",
        ),
    ] = None,
    keep_going: KeepGoing = False,
    no_source: NoSource = False,
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Render scenes to animations."""
    from animate.cli.address import address_of
    from animate.cli.render import render_all
    from animate.cli.work import RenderOptions
    from animate.errors import UsageError
    from animate.scene.context import Trust

    if cluster is not None and jobs != 1:
        raise UsageError("--jobs and --cluster both say who renders; leave one out")
    trust = Trust(allow_code, allow_outside)
    options = RenderOptions(
        tuple(settings),
        draft,
        force or fresh,
        not no_source,
        quiet,
        debug,
        jobs,
        trust,
        fresh,
        None if cluster is None else address_of(cluster, code=allow_code),
        keep_going,
    )
    render_all(list(dict.fromkeys(scenes)), output or [], options)


@app.command(
    epilog="Examples: animate still scenes/beale.yaml -o beale.pdf --at 2.5; "
    "animate still scenes/beale.yaml -o strip.png --strip 4. "
    "In a strip each panel is about 0.4 times as wide as the scene's picture, and the file is as "
    "large as that takes."
)
@reports_errors
def still(
    scene: OneScene,
    output: Output,
    at: Annotated[
        list[float],
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="When; default: the end. Given several times: a strip of these moments.",
        ),
    ] = [],  # noqa: B006  # typer copies it
    strip: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="A strip of 2 to 12 moments, evenly over the movement or those given by --at.",
        ),
    ] = None,
    settings: Settings = [],  # noqa: B006  # typer copies it
    no_source: NoSource = False,
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    fresh: Fresh = False,
    debug: Debug = False,
) -> None:
    """Write one frame, or a strip of several moments, as .png, .svg or .pdf."""
    from animate.cli.progress import Stages
    from animate.cli.scenes import script
    from animate.cli.streams import say
    from animate.figure.strip import Moments
    from animate.pipeline import still, still_strip
    from animate.scene.context import Trust
    from animate.watch import Effort

    trust = Trust(allow_code, allow_outside)
    each = script(scene, settings, trust=trust, source=not no_source)
    effort = Effort(fresh, Stages(each.name))
    if strip is None and len(at) < 2:
        seconds = at[0] if at else None
        written = still(each, output, seconds, source=not no_source, effort=effort)
    else:
        moments = Moments(strip, tuple(at))
        written = still_strip(each, output, moments, source=not no_source, effort=effort)
    for note in written.notes:
        say(note)
    typer.echo(written.path)


@app.command(
    epilog="Example: animate watch scenes/beale.yaml. The page is for this machine alone; what "
    "it needs comes with pip install 'animate-optimization[watch]'."
)
@reports_errors
def watch(
    scenes: Annotated[
        list[Path], typer.Argument(metavar="SCENE...", help="Scene files, or one folder of them.")
    ],
    settings: Settings = [],  # noqa: B006  # typer copies it
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port of the page; 0: one that is free.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Open no browser; the address is printed anyway.")
    ] = False,
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    debug: Debug = False,
) -> None:
    """Show scenes on a page of this machine, drawn anew whenever they are saved."""
    from animate.cli.workshop import watch_scenes
    from animate.scene.context import Trust

    trust = Trust(allow_code, allow_outside)
    watch_scenes(scenes, tuple(settings), trust, port=port, opens=not no_open)


@app.command(epilog="Example: animate check scenes/*.yaml")
@reports_errors
def check(
    scenes: Scenes,
    settings: Settings = [],  # noqa: B006  # typer copies it
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    debug: Debug = False,
) -> None:
    """Read scenes and say what rendering them would do; render nothing."""
    from animate.cli.check import check_all
    from animate.scene.context import Trust

    check_all(scenes, settings, trust=Trust(allow_code, allow_outside))


@app.command(
    epilog="Example: animate describe scenes/beale.yaml --set style.language=ru. "
    "A run reaches a minimum at the first step from which it stays within 3% of the window's "
    "diagonal of it and lower than all of the circle there; it stalls or lingers beside a saddle "
    "if it is within 5% of it for a tenth of the steps; on a plateau the slope is at most 5% of "
    "the steepest that any run meets, though there is loss to lose."
)
@reports_errors
def describe(
    scene: OneScene,
    settings: Settings = [],  # noqa: B006  # typer copies it
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    fresh: Fresh = False,
    debug: Debug = False,
) -> None:
    """Say in two or three sentences what happens: alt text, which every file carries inside too."""
    from animate.cli.progress import Stages
    from animate.cli.scenes import script
    from animate.pipeline import describe
    from animate.scene.context import Trust
    from animate.watch import Effort

    each = script(scene, settings, trust=Trust(allow_code, allow_outside))
    with each.placing():
        typer.echo(describe(each.scene, Effort(fresh, Stages(each.name))))


@app.command(epilog="Example: animate trace scenes/beale.yaml -o paths.csv")
@reports_errors
def trace(
    scene: OneScene,
    output: Annotated[
        list[Path],
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write, as often as wanted."
        ),
    ],
    settings: Settings = [],  # noqa: B006  # typer copies it
    allow_code: AllowCode = False,
    allow_outside: AllowOutside = False,
    fresh: Fresh = False,
    debug: Debug = False,
) -> None:
    """Write the trajectories as .csv, .json or .npz."""
    from animate.cli.progress import Stages
    from animate.cli.scenes import script
    from animate.pipeline import write_trace
    from animate.scene.context import Trust
    from animate.watch import Effort

    each = script(scene, settings, trust=Trust(allow_code, allow_outside))
    for written in write_trace(each, *output, effort=Effort(fresh, Stages(each.name))):
        typer.echo(written.path)


app.command("list", epilog="Example: animate list surfaces --picture surfaces.png")(list_)
app.command(epilog="Example: animate new race")(new)
app.command(epilog="Example: animate schema > animate.schema.json")(schema)
app.command(epilog="Example: animate source beale.gif > beale.yaml")(source)


def _version(wanted: bool) -> None:
    if wanted:
        from animate import __version__

        typer.echo(f"animate {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass
