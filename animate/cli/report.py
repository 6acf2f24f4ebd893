"""What the program says of itself and of scenes: check, list, new, schema."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import typer

from animate.cli.render import for_each
from animate.cli.scenes import script
from animate.errors import UsageError
from animate.registry import Entry, hint
from animate.scene import (
    ExperimentScene,
    NetworkScene,
    RaceScene,
    RecordedScene,
    Scene,
    SignalScene,
)
from animate.scene.context import Trust
from animate.scene.limits import estimate
from animate.scene.load import Script
from animate.scene.optimizer import OptimizerPart
from animate.scene.schema import json_schema
from animate.scene.sweep import Sweep
from animate.simulate import RateTable
from animate.simulate.step import Schedule

TEMPLATE = Path(__file__).with_name("template.yaml")


def check_all(scenes: Sequence[Path], settings: Sequence[str], *, trust: Trust) -> None:
    """Read every scene and say what rendering it would do. Raises UsageError with all mistakes."""

    def check(path: Path) -> None:
        for line in _described(path, script(path, settings, trust=trust)):
            typer.echo(line)

    for_each(scenes, check)


def _described(path: Path, each: Script) -> Iterator[str]:
    from animate.pipeline import dry_run, tell_fonts

    scene = each.scene
    if not isinstance(scene, RaceScene):
        tell_fonts(scene)
        yield f"{path}: {_displayed(scene)}"
        if isinstance(scene, NetworkScene):
            yield from _switches(scene)
        return
    sweep, swept = scene.sweep, scene.swept_surface
    filmed = sweep.copies if sweep and sweep.layout == "film" else range(0)
    timeline = scene.timeline(scene.steps)
    width, height = scene.style.size
    with each.placing():
        problems = dry_run(scene)
    problem = problems[0]
    values = f", {len(problems)} values of {swept.key}" if swept else ""
    yield (
        f"{path}: {problem.surface.title}, "
        f"{_count(len(scene.optimizers) - len(filmed[1:]), 'optimizer')}, "
        f"{_count(len(problem.starts), 'start')}, {_count(scene.steps, 'step')}{values}"
    )
    yield (
        f"  {timeline.frames} frames of {width} × {height} at {timeline.fps:g} fps, "
        f"{timeline.duration:g} s, {_work(scene)}"
    )
    if filmed and sweep:
        values = _values(sweep, sweep.optimizer, [problem.runs[k].rate for k in filmed])
        yield values + _switch(scene.optimizers[filmed[0]])
    if swept and swept.layout == "film":
        for k, name in enumerate(scene.labels()):
            values = _values(swept, name, [each.runs[k].rate for each in problems])
            yield values + _switch(scene.optimizers[k])
        return
    labels = {run.label for k, run in enumerate(problem.runs) if k not in filmed}
    tables = [
        table
        for each in problems
        for table in each.tables
        if each is not problem or table.label in labels
    ]
    searched = {table.label for table in tables}
    switches = [_switch(part) for part in scene.optimizers]
    for name, run, later in zip(scene.labels(), problem.runs, switches, strict=True):
        if run.label in labels - searched:
            yield f"  {name}: learning rate {_rate(run.rate)}{later}"
    if tables:
        yield from _found(tables)
        for run, later in zip(problem.runs, switches, strict=True):
            if later and run.label in searched:
                yield f"  {run.label}: the learning rate found{later}"


def _switch(part: OptimizerPart) -> str:
    """The method that follows it, with its learning rate and its first step; "" if none does."""
    if part.then is None:
        return ""
    later = part.then.optimizer
    rate = later.fixed_rate()
    assert rate is not None
    return f"; after {part.then.at} steps {later.label or later.name}, learning rate {_rate(rate)}"


def _switches(scene: NetworkScene) -> Iterator[str]:
    """A line for every optimizer that another follows: a network's rates are given, not found."""
    for k, (label, part) in enumerate(zip(scene.labels(), scene.optimizers, strict=True)):
        rate = scene.rate_rule(k)
        if part.then is not None and rate is not None:
            yield f"  {label}: learning rate {_rate(rate)}{_switch(part)}"


def _values(sweep: Sweep, name: str, rates: Sequence[float | Schedule]) -> str:
    """One line for all the values of a film, and the learning rates that belong to them."""
    low, high = min(sweep.values), max(sweep.values)
    values = f"  {name}: {len(rates)} values of {sweep.option}, {low:g} to {high:g}"
    if sweep.option == "learning_rate":
        return values
    texts = {_rate(rate): None for rate in rates}
    if len(texts) == 1:
        return f"{values}; learning rate {next(iter(texts))}"
    found = [rate for rate in rates if not callable(rate)]
    return f"{values}; learning rates found, {min(found):g} to {max(found):g}"


def _found(tables: Sequence[RateTable]) -> Iterator[str]:
    """A table of the rates that were found, and of those that could be followed."""
    rows = [("learning rate found", "best", "mean loss", "allowed", "tried")]
    for table in tables:
        allowed = table.rates[np.isfinite(table.scores)]
        rows.append(
            (
                table.label,
                f"{table.best:g}",
                f"{table.scores.min():.4g}",
                f"{allowed.min():g} to {allowed.max():g}",
                f"{len(table.rates)}",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for label, *cells in rows:
        rest = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield f"  {label.ljust(widths[0])}  {'  '.join(rest)}"
    yield from (f"  {table.remark}" for table in tables if table.remark)


def _displayed(scene: Scene) -> str:
    """What a scene without a race shows, and its estimated cost unless that is small."""
    match scene:
        case ExperimentScene():
            text = f"the experiment {scene.experiment.name}"
        case RecordedScene():
            text = f"{_count(len(scene.trajectories.labels), 'path')} from {scene.paths}"
        case SignalScene():
            titles = " and ".join(part.title for part in scene.parts.values())
            text = (
                f"the signal {titles}, {_count(len(scene.optimizers), 'optimizer')}, "
                f"{_count(scene.steps, 'step')}"
            )
        case RaceScene():
            raise AssertionError("a race is described by what it has found")
        case NetworkScene():
            size = len(scene.surface.problem().start)
            text = (
                f"a network of {size:,} weights, {_count(len(scene.optimizers), 'optimizer')}, "
                f"{_count(scene.steps, 'step')}"
            )
    if not isinstance(scene, RecordedScene | SignalScene):
        text += f", {_work(scene)}"
    width, height = scene.style.size
    if clock := scene.clock():
        lasts = f"{clock.duration:g} s"
    else:
        lasts = f"{scene.timing.seconds + scene.timing.hold:g} s and what the story adds"
    return f"{text}, {width} × {height} at {scene.timing.fps:g} fps, {lasts}"


def _work(scene: RaceScene | NetworkScene | ExperimentScene) -> str:
    cost = estimate(scene)
    return f"about {cost.memory / 1e6:.0f} MB and {cost.seconds:.0f} s of work"


def _rate(rate: float | Schedule) -> str:
    return "from a schedule" if callable(rate) else f"{rate:g}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def list_tables(wanted: Sequence[str]) -> None:
    """Print the tables that are wanted, or all. Raises UsageError for one that there is not."""
    for name in wanted:
        if name not in TABLES:
            raise UsageError(f"there is no table {name!r}.{hint(name, list(TABLES))}")
    for name in wanted or TABLES:
        entries = dict(TABLES[name]())
        width = max(map(len, entries))
        typer.echo(f"{name}:")
        for key, line in entries.items():
            typer.echo(f"  {key:<{width}}  {line}")


def picture_surfaces(wanted: Sequence[str], target: Path) -> Path:
    """Draw the contact sheet of surfaces. Raises UsageError where something else is wanted."""
    from animate.cli.contact_sheet import FORMATS, contact_sheet

    if list(wanted) != ["surfaces"]:
        raise UsageError("only surfaces have a picture: animate list surfaces --picture FILE")
    if target.suffix not in FORMATS:
        raise UsageError(f"{target}: a picture of all surfaces is {', '.join(FORMATS)}")
    return contact_sheet(target).path


def _entries(table: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    for name in sorted(table):
        entry = table[name]
        options = ", ".join(
            key if option.required else f"{key}={option.default}"
            for key, option in entry.options.items()
        )
        yield name, f"{entry.about} [{options}]" if options else entry.about


def _surfaces() -> Iterator[tuple[str, str]]:
    from animate.surfaces import SURFACES

    return _entries(SURFACES)


def _optimizers() -> Iterator[tuple[str, str]]:
    from animate.optimizers import OPTIMIZERS

    return _entries(OPTIMIZERS)


def _signals() -> Iterator[tuple[str, str]]:
    from animate.signals import SIGNALS

    return _entries(SIGNALS)


def _panels() -> Iterator[tuple[str, str]]:
    from animate.panels import PANELS

    return _entries(PANELS)


def _experiments() -> Iterator[tuple[str, str]]:
    from animate.networks.experiments import EXPERIMENTS

    return _entries(EXPERIMENTS)


def _themes() -> Iterator[tuple[str, str]]:
    from animate.theme import THEMES

    return ((theme.name, theme.about) for theme in THEMES.values())


def _formats() -> Iterator[tuple[str, str]]:
    from animate.writers import formats

    yield from _entries(formats())


TABLES: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "surfaces": _surfaces,
    "optimizers": _optimizers,
    "signals": _signals,
    "panels": _panels,
    "experiments": _experiments,
    "themes": _themes,
    "formats": _formats,
}


def new_scene(name: str) -> Path:
    """Write the commented template as NAME.yaml. Raises UsageError where there is such a file."""
    from animate.writers.places import check_places

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    check_places([path])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE.read_text(encoding="utf-8"))
    except FileExistsError:
        raise UsageError(f"{path}: is there already; choose another name") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def schema_text() -> str:
    """The JSON Schema of the scene language, one definition a line."""
    schema = json_schema()
    definitions = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}"
        for name, each in schema.pop("$defs").items()
    )
    return f'{json.dumps(schema)[:-1]}, "$defs": {{\n{definitions}\n}}}}'
