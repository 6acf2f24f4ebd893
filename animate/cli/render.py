"""`animate render`: which file from which scene, what is up to date, several scenes at once."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import typer

from animate.errors import AnimateError, UsageError
from animate.figure.clip import Frame
from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script, read, read_text

SCENE_ENDINGS = (".yaml", ".yml")
DRAFT_FPS = 12


@dataclass(frozen=True)
class RenderOptions:
    """How scenes are rendered: what the command line says beside the scenes and files."""

    settings: tuple[str, ...]
    draft: bool
    force: bool
    source: bool
    quiet: bool
    debug: bool
    trust: Trust = NO_TRUST

    @property
    def facts(self) -> dict[str, bool]:
        """What the picture depends on beside the scene's text."""
        return {"draft": True} if self.draft else {}


def script(path: Path, settings: Sequence[str] = (), *, trust: Trust = NO_TRUST) -> Script:
    """The scene in a scene file, or the one inside a rendered file."""
    if path.suffix.lower() in SCENE_ENDINGS or not path.is_file():
        return read(path, settings, trust=trust)
    from animate.writers.source import read_source

    return read_text(read_source(path).text, str(path), settings, trust=trust)


def render_all(
    scenes: Sequence[Path], outputs: Sequence[Path], options: RenderOptions, jobs: int
) -> None:
    """Render every scene; mistakes in any of them are reported before the first one begins."""
    if outputs and len(scenes) > 1:
        raise UsageError(
            f"-o names files for one scene, and there are {len(scenes)}; "
            "leave it out to write output/NAME.gif for each"
        )
    scripts = _all_read(scenes, options)
    work = [(each, list(outputs) or [Path("output") / f"{each.name}.gif"]) for each in scripts]
    if jobs == 1 or len(work) == 1:
        for each, targets in work:
            for path in render_one(each, targets, options):
                typer.echo(path)
        return
    with ProcessPoolExecutor(min(jobs, len(work)), mp_context=get_context("spawn")) as pool:
        for paths in pool.map(render_one, *zip(*work, strict=True), [options] * len(work)):
            for path in paths:
                typer.echo(path)


def render_one(each: Script, targets: Sequence[Path], options: RenderOptions) -> list[Path]:
    """Render one scene to its targets, those that are up to date left out; return all targets."""
    stale = [path for path in targets if options.force or not _is_current(path, each, options)]
    for path in targets:
        if path not in stale and not options.quiet:
            _say(f"{path}: up to date; --force renders it anyway")
    if stale:
        from animate.pipeline import render

        progress = _Progress(each.name, quiet=options.quiet)
        drawn = _drafted(each) if options.draft else each
        written = render(
            drawn, stale, progress=progress, settings=options.facts, source=options.source
        )
        for each_file in written:
            for note in each_file.notes:
                _say(f"{each_file.path}: {note}")
    return list(targets)


def _all_read(scenes: Sequence[Path], options: RenderOptions) -> list[Script]:
    scripts, errors = list[Script](), list[str]()
    for path in scenes:
        try:
            scripts.append(script(path, options.settings, trust=options.trust))
        except UsageError as error:
            errors.append(str(error))
    if errors:
        raise UsageError("\n".join(errors))
    return scripts


def _is_current(path: Path, each: Script, options: RenderOptions) -> bool:
    """Whether the file carries this very scene, options and version."""
    if not path.is_file() or not options.source:
        return False
    from animate import __version__
    from animate.writers.source import read_source

    try:
        inside = read_source(path)
    except AnimateError:
        return False
    made_from = (_plain(inside.text), inside.version, dict(inside.settings))
    return made_from == (_plain(each.text), __version__, {**options.facts, **each.facts})


def _plain(text: str) -> str:
    """The text whatever the ends of its lines, which a checkout may change."""
    return text.replace("\r\n", "\n")


def _drafted(each: Script) -> Script:
    """The scene at half its size and at most 12 frames a second."""
    from dataclasses import replace

    scene = each.scene
    width, height = scene.style.size
    style = scene.style.model_copy(update={"size": (width // 2, height // 2)})
    timing = scene.timing.model_copy(update={"fps": min(scene.timing.fps, DRAFT_FPS)})
    return replace(each, scene=scene.model_copy(update={"style": style, "timing": timing}))


class _Progress:
    """Frames as they go by: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

    def __init__(self, name: str, *, quiet: bool) -> None:
        self._name, self._quiet = name, quiet

    def __call__(self, frames: Iterable[Frame], count: int) -> Iterable[Frame]:
        if self._quiet:
            return frames
        return self._bar(frames, count) if sys.stderr.isatty() else self._lines(frames, count)

    def _bar(self, frames: Iterable[Frame], count: int) -> Iterator[Frame]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        speed = TextColumn("{task.completed:.0f} of {task.total:.0f} frames, {task.speed:.0f} fps")
        columns = (TextColumn("{task.description}"), BarColumn(), speed, TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(self._name, total=count)
            for frame in frames:
                yield frame
                progress.advance(task)

    def _lines(self, frames: Iterable[Frame], count: int) -> Iterator[Frame]:
        _say(f"{self._name}: {count} frames")
        yield from frames


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  # this is where the program speaks
