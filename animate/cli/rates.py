"""What is said of the learning rates of a race: those that are given, and those that were found."""

from collections.abc import Iterator, Sequence

import numpy as np

from animate.scene import NetworkScene, RaceScene
from animate.scene.optimizer import OptimizerPart
from animate.scene.sweep import Sweep
from animate.simulate import RateTable
from animate.simulate.step import Schedule
from animate.sources.race import RaceProblem


def of_race(scene: RaceScene, problems: Sequence[RaceProblem]) -> Iterator[str]:
    """The lines on a race, which is solved on as many surfaces as there are `problems`."""
    problem, sweep, swept = problems[0], scene.sweep, scene.swept_surface
    filmed = filmed_of(scene)
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


def filmed_of(scene: RaceScene) -> range:
    """The numbers of the optimizers that a film shows one after the other."""
    sweep = scene.sweep
    return sweep.copies if sweep and sweep.layout == "film" else range(0)


def of_network(scene: NetworkScene) -> Iterator[str]:
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
                f"{table.base + table.scores.min():.4g}",
                f"{allowed.min():g} to {allowed.max():g}",
                f"{len(table.rates)}",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for label, *cells in rows:
        rest = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield f"  {label.ljust(widths[0])}  {'  '.join(rest)}"
    yield from (f"  {table.remark}" for table in tables if table.remark)


def _switch(part: OptimizerPart) -> str:
    """The method that follows it, with its learning rate and its first step; "" if none does."""
    if part.then is None:
        return ""
    later = part.then.optimizer
    rate = later.fixed_rate()
    assert rate is not None
    return f"; after {part.then.at} steps {later.label or later.name}, learning rate {_rate(rate)}"


def _rate(rate: float | Schedule) -> str:
    return "from a schedule" if callable(rate) else f"{rate:g}"
