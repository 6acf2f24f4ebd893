"""Which colours and lines tell the optimizers of a solution apart."""

from collections.abc import Sequence

from animate.errors import Mistake
from animate.figure import Panel
from animate.optimizers import OPTIMIZERS
from animate.sources.solution import Solution
from animate.theme import Theme
from animate.theme.identity import trail_numbers


def kinds_of(labels: Sequence[str]) -> tuple[str, ...]:
    """The method of each run that was recorded under the name or the title of one; "" for others.

    >>> kinds_of(["Adam", "sgd", "my run"])
    ('adam', 'sgd', '')
    """
    titles = {OPTIMIZERS[name].facts["title"]: name for name in OPTIMIZERS}
    return tuple(titles.get(each, each if each in titles.values() else "") for each in labels)


def trails_of(solution: Solution, chosen: Theme, count: int) -> list[tuple[int, int]]:
    """For every optimizer the number of its trail in the theme, and its place among its kind.

    What stands side by side, or one after the other in a film, is one optimizer in one colour.
    """
    apart = _apart(solution, count)
    kinds = [solution.kinds[k] if k < len(solution.kinds) else "" for k in apart]
    found = trail_numbers(kinds, len(chosen.trails))
    places = solution.values.before if solution.values is not None else range(count)
    return [found[place] for place in places]


def colours_of(
    panels: Sequence[Panel], solution: Solution, chosen: Theme, trails: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], bool]:
    """One colour an optimizer; a quiet one where no panel's colours tell the optimizers apart, and
    whether they do."""
    traits = [panel.traits for panel in panels]
    tell = any(each.names_dots if solution.swarm else each.names_paths for each in traits)
    colours = tuple(
        own or (chosen.shade(*trail) if tell else chosen.muted)
        for own, trail in zip(_given(solution, len(trails)), trails, strict=True)
    )
    return colours, tell


def told_apart(
    chosen: Theme, trails: Sequence[tuple[int, int]], solution: Solution, *, solid: bool
) -> Theme:
    """The theme, in which those of one hue have other lines and heads; heads alone if `solid`."""
    given = _given(solution, len(trails))
    apart = _apart(solution, len(trails))
    hues = [given[k] or chosen.trail(trails[k][0]) for k in apart]
    return chosen.told_apart(hues, [trails[k] for k in apart], solid=solid)


def _given(solution: Solution, count: int) -> list[str | None]:
    """The colour that the scene gives to each optimizer, if it does."""
    return [*solution.colours, *[None] * (count - len(solution.colours))]


def _apart(solution: Solution, count: int) -> list[int]:
    """The first number of every optimizer that is seen beside others: of a sweep's copies one."""
    places = solution.values.before if solution.values is not None else range(count)
    first = {place: k for k, place in reversed([*enumerate(places)])}
    return [first[place] for place in sorted(first)]


def alike(colours: tuple[str, ...], solution: Solution) -> list[Mistake]:
    """That dots would look alike: a swarm's optimizers of one colour, unless the scene says so."""
    apart = _apart(solution, len(colours))
    given = _given(solution, len(colours))
    for place, k in enumerate(apart):
        twins = [other for other in apart[:place] if colours[other] == colours[k]]
        if twins and given[k] is None:
            names = f"{solution.names[twins[0]]!r} and {solution.names[k]!r}"
            why = f"the dots of a swarm differ by colour alone, and {names} have the same; "
            return [Mistake(("optimizers",), f"{why}give one of them a color")]
    return []
