"""`animate render`: which file from which scene, what is up to date, several scenes at once."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from animate.cli.handler import Failure, explained
from animate.cli.progress import Progress, Stages
from animate.cli.scenes import is_one_scene, is_piped, once, script
from animate.cli.streams import say
from animate.errors import AnimateError, NoRoom, UsageError
from animate.scene.context import NO_TRUST, Trust
from animate.scene.load import Script
from animate.watch import Effort, unwatched

if TYPE_CHECKING:
    from animate.writers import Written

T = TypeVar("T")
R = TypeVar("R")

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
    jobs: int = 1
    trust: Trust = NO_TRUST
    fresh: bool = False

    @property
    def facts(self) -> dict[str, bool]:
        """What the picture depends on beside the scene's text."""
        return {"draft": True} if self.draft else {}


@dataclass(frozen=True)
class Work:
    """A scene, the files to make of it, and how."""

    script: Script
    targets: tuple[Path, ...]
    options: RenderOptions


def render_all(scenes: Sequence[Path], outputs: Sequence[Path], options: RenderOptions) -> None:
    """Render every scene; mistakes in any of them are reported before the first one begins.

    What fails later stops no other scene, and is reported at the end. Raises AnimateError.
    """
    scenes = once(scenes)
    if not outputs and any(map(is_piped, scenes)):
        raise UsageError("a scene on standard input gives the file no name; add -o FILE")
    if outputs and len(scenes) > 1:
        raise UsageError(
            f"-o names files for one scene, and there are {len(scenes)}; "
            "leave it out to write output/NAME.gif for each"
        )
    scripts = for_each(
        scenes,
        lambda path: script(path, options.settings, trust=options.trust, source=options.source),
    )
    work = [
        Work(each, tuple(outputs) or (Path("output") / f"{each.name}.gif",), options)
        for each in scripts
    ]
    work = _apart(work)
    stale = [each for each in map(_without_current, work) if each.targets]
    if stale:
        from animate.pipeline import check_targets

        for_each(stale, lambda each: check_targets(each.script, each.targets))
    failures = list(_failures(stale, options))
    if failures:
        kind = UsageError if all(each.status == UsageError.status for each in failures) else None
        raise (kind or AnimateError)("\n".join(each.sentence for each in failures))


def _apart(work: Sequence[Work]) -> list[Work]:
    """The work, that on one scene once. Raises UsageError where two scenes write one file."""
    owners = dict[Path, Script]()
    apart: list[Work] = []
    for each in work:
        others = [owners[path] for path in each.targets if path in owners]
        if not others:
            owners |= dict.fromkeys(each.targets, each.script)
            apart.append(each)
        elif not is_one_scene(others[0], each.script):
            raise UsageError(
                f"{others[0].origin.name} and {each.script.origin.name} would both write "
                f"{each.targets[0]}; render them one by one, with -o"
            )
    return apart


def _without_current(work: Work) -> Work:
    """What is left to render; the files that are up to date are reported."""
    from animate.writers.numbered import Numbered

    if work.options.force or any(map(Numbered.of, work.targets)):  # nobody looks into every frame
        return work
    stale = tuple(path for path in work.targets if not _is_current(path, work))
    for path in work.targets:
        if path not in stale:
            if not work.options.quiet:
                say(f"{path}: up to date; --force renders it anyway")
            typer.echo(path)
    return replace(work, targets=stale)


def _failures(work: Sequence[Work], options: RenderOptions) -> Iterator[Failure]:
    """Render all, reporting each file as it is finished."""
    with closing(_outcomes(work, options)) as outcomes:
        for each, outcome in outcomes:
            if isinstance(outcome, list):
                for file in outcome:
                    for note in file.notes:
                        say(note)
                    typer.echo(file.path)
            else:
                name = each.script.origin.name
                yield (
                    outcome
                    if isinstance(outcome, Failure)
                    else Failure(
                        f"{name}: its process was killed (status {outcome}), perhaps for lack of "
                        "memory; use fewer --jobs",
                        AnimateError.status,
                    )
                )


def _outcomes(
    work: Sequence[Work], options: RenderOptions
) -> Generator[tuple[Work, list["Written"] | Failure | int]]:
    count = min(options.jobs, len(work))
    if count < 2:
        return ((each, _attempt(each)) for each in work)
    from animate.cli.jobs import Jobs

    return _swept(Jobs(_attempt, count).outcomes(work), [p for each in work for p in each.targets])


def _swept(outcomes: Generator[T], targets: Sequence[Path]) -> Generator[T]:
    """The outcomes; where they end early, what killed processes have left is removed."""
    from animate.writers.staging import swept

    with swept(targets):
        yield from outcomes


def _attempt(work: Work) -> list["Written"] | Failure:
    """Render one scene to its targets."""
    from animate.pipeline import render

    options, each = work.options, work.script
    bar = options.jobs == 1
    progress = Progress(each.name, quiet=options.quiet, bar=bar)
    watch = unwatched if options.quiet else Stages(each.name, bar=bar)
    drawn = _drafted(each) if options.draft else each
    try:
        return render(
            drawn,
            work.targets,
            progress=progress,
            settings=options.facts,
            source=options.source,
            effort=Effort(options.fresh, watch),
        )
    except Exception as error:
        failure = explained(error)
        if failure is None or options.debug:
            raise
        if options.draft and isinstance(error.__cause__, NoRoom):
            width, height = each.scene.style.size
            halved = f"{failure.sentence} (--draft has halved its {width} × {height})"
            return replace(failure, sentence=halved)
        return failure


def for_each(items: Sequence[T], action: Callable[[T], R]) -> list[R]:
    """The results of `action` for every item. Raises UsageError with those of all items."""
    results, errors = list[R](), list[str]()
    for item in items:
        try:
            results.append(action(item))
        except UsageError as error:
            errors.append(str(error))
    if errors:
        raise UsageError("\n".join(errors))
    return results


def _is_current(path: Path, work: Work) -> bool:
    """Whether the file carries this very scene, options and version."""
    each, options = work.script, work.options
    if not options.source:
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
    scene = each.scene
    width, height = scene.style.size
    style = scene.style.model_copy(update={"size": (width // 2, height // 2)})
    timing = scene.timing.model_copy(update={"fps": min(scene.timing.fps, DRAFT_FPS)})
    return replace(each, scene=scene.model_copy(update={"style": style, "timing": timing}))
