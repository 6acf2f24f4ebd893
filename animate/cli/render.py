"""`animate render`: which file from which scene, what is up to date, what is told."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import typer

from animate.cli.handler import Failure
from animate.cli.outcomes import outcomes_of
from animate.cli.scenes import is_one_scene, is_piped, once, script
from animate.cli.streams import say
from animate.cli.work import RenderOptions, Work
from animate.errors import AnimateError, UsageError
from animate.scene.load import Script

T = TypeVar("T")
R = TypeVar("R")


def render_all(scenes: Sequence[Path], outputs: Sequence[Path], options: RenderOptions) -> None:
    """Render every scene; mistakes in any of them are reported before the first one begins, or to
    `keep_going` at the end, after the others.

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
    go_through = attempted if options.keep_going else _all
    scripts, wrong = go_through(
        scenes,
        lambda path: script(path, options.settings, trust=options.trust, source=options.source),
    )
    work = [
        Work(each, tuple(outputs) or (Path("output") / f"{each.name}.gif",), options)
        for each in scripts
    ]
    work = _apart(work)
    stale = [each for each in map(_without_current, work) if each.targets]
    stale, more = go_through(stale, _with_room)
    failures = list(_failures(stale, options))
    if wrong or more:
        raise AnimateError("\n".join([*wrong, *more, *(each.sentence for each in failures)]))
    if failures:
        kind = UsageError if all(each.status == UsageError.status for each in failures) else None
        raise (kind or AnimateError)("\n".join(each.sentence for each in failures))


def _all(items: Sequence[T], action: Callable[[T], R]) -> tuple[list[R], list[str]]:
    """As `attempted`, but nothing may be wrong. Raises UsageError."""
    return for_each(items, action), []


def _with_room(work: Work) -> Work:
    """The work, whose files can be written. Raises UsageError."""
    from animate.pipeline import check_targets

    check_targets(work.script, work.targets)
    return work


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
    with closing(outcomes_of(work, options)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                yield outcome
                continue
            for file in outcome:
                for note in file.notes:
                    say(note)
                typer.echo(file.path)


def attempted(items: Sequence[T], action: Callable[[T], R]) -> tuple[list[R], list[str]]:
    """The results of `action` for every item for which it does not raise UsageError, and these."""
    results, wrong = list[R](), list[str]()
    for item in items:
        try:
            results.append(action(item))
        except UsageError as error:
            wrong.append(str(error))
    return results, wrong


def for_each(items: Sequence[T], action: Callable[[T], R]) -> list[R]:
    """The results of `action` for every item. Raises UsageError with those of all items."""
    results, wrong = attempted(items, action)
    if wrong:
        raise UsageError("\n".join(wrong))
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
