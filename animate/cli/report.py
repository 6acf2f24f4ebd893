"""What the program says of itself: list, new, schema."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import typer

from animate.errors import UsageError
from animate.files import SCENE_ENDINGS
from animate.registry import Entry, hint
from animate.scene.schema import json_schema

TEMPLATE = Path(__file__).with_name("template.yaml")


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
    from animate.writers.places import check_places

    if list(wanted) != ["surfaces"]:
        raise UsageError("only surfaces have a picture: animate list surfaces --picture FILE")
    if target.suffix not in FORMATS:
        raise UsageError(f"{target}: a picture of all surfaces is {', '.join(FORMATS)}")
    check_places([target])
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
    from animate.optimizers import ANYWHERE, BY_LAYERS, BY_MATRICES, OPTIMIZERS, PREFIX

    yield from _entries(OPTIMIZERS)
    anywhere, networks = (
        ", ".join(name.removeprefix(PREFIX) for name in sorted(names))
        for names in (ANYWHERE, {*BY_LAYERS, *BY_MATRICES})
    )
    yield f"{PREFIX}NAME", f"Those of optax: {anywhere}; for networks only: {networks}."


def _schedules() -> Iterator[tuple[str, str]]:
    from animate.optimizers.schedules import SCHEDULES

    return _entries(SCHEDULES)


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
    "schedules": _schedules,
    "signals": _signals,
    "panels": _panels,
    "experiments": _experiments,
    "themes": _themes,
    "formats": _formats,
}


def new_scene(name: str) -> Path:
    """Write the commented template as NAME.yaml. Raises UsageError where there is such a file, or
    where the name is none."""
    from animate.writers.places import check_places

    last = name.replace("\\", "/").rpartition("/")[2]
    if not last.strip(".- ") or not name.isprintable():
        raise UsageError(f"{name!r} is no name for a scene; write one such as race")
    path = Path(name if name.endswith(SCENE_ENDINGS) else f"{name}.yaml")
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
    """The JSON Schema of the scene language, one definition a line, without blanks between."""
    schema, closely = json_schema(), (",", ":")
    definitions = ",\n".join(
        f"{json.dumps(name)}:{json.dumps(each, ensure_ascii=False, separators=closely)}"
        for name, each in schema.pop("$defs").items()
    )
    return f'{json.dumps(schema, separators=closely)[:-1]},"$defs":{{\n{definitions}\n}}}}'
