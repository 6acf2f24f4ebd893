"""Scenes that nobody wrote: from the JSON Schema, or right ones that were damaged."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from typer.testing import CliRunner

from animate.cli.app import app
from animate.optimizers import OPTIMIZERS
from animate.scene.schema import json_schema
from animate.surfaces import SURFACES

PLANAR = sorted(name for name, each in SURFACES.items() if len(each.facts["window"]) == 2)
ODD = st.one_of(
    st.sampled_from([None, True, "", "best", [], {}, [[]], -1, 0, 1e308, -1e308, 5e-324, 10**30]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-3, 300),
    st.text(max_size=8),
    st.lists(st.integers(-2, 2), max_size=3),
)
RATE = st.one_of(st.floats(1e-6, 10), st.sampled_from([1e-300, 1e300]))
POINT = st.lists(st.floats(-3, 3), min_size=2, max_size=2)
SIDE = st.sampled_from([64, 200, 240, 320, 400])


def number(bounds: dict) -> st.SearchStrategy:
    low = bounds.get("minimum", bounds.get("exclusiveMinimum", -10))
    high = bounds.get("maximum", bounds.get("exclusiveMaximum", max(low, 0) + 10))
    if bounds["type"] == "integer":
        return st.integers(low, max(low, min(high, 40)))
    return st.floats(low, high, exclude_min="exclusiveMinimum" in bounds)


def of_schema(part: dict, schema: dict) -> st.SearchStrategy:
    """Values that fit a part of the JSON Schema, as far as the schema can tell."""
    if "$ref" in part:
        return of_schema(schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    if "const" in part:
        return st.just(part["const"])
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if "anyOf" in part:
        return st.one_of([of_schema(each, schema) for each in part["anyOf"]])
    match part.get("type"):
        case "integer" | "number":
            return number(part)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string":
            return st.text("ab x$\\é", max_size=min(part.get("maxLength", 12), 12))
        case "array" if "prefixItems" in part:
            return st.tuples(*(of_schema(each, schema) for each in part["prefixItems"])).map(list)
        case "array":
            items = of_schema(part.get("items", {}), schema)
            return st.lists(items, min_size=part.get("minItems", 0), max_size=3)
        case "object":
            required = set(part.get("required", ()))
            fields = {
                name: of_schema(each, schema) for name, each in part.get("properties", {}).items()
            }
            return st.fixed_dictionaries(
                {name: fields[name] for name in fields if name in required},
                optional={name: fields[name] for name in fields if name not in required},
            )
    return ODD


WINDOW = st.tuples(st.floats(-3, -0.1), st.floats(0.1, 3)).map(list)
FORMULAS = ["x**2 + y**2", "sin(3*x)*y", "abs(x) + sqrt(abs(y))", "where(x > 0, x, y**2)", "log(x)"]
OPTIMIZER = st.fixed_dictionaries(
    {"name": st.sampled_from(sorted(OPTIMIZERS)), "learning_rate": RATE},
    optional={
        "label": st.sampled_from(["GD", "$\\alpha$", "a name", "é"]),
        "color": st.sampled_from(["red", "#123456", "C3", "tab:blue"]),
        "clip": st.floats(0.1, 10),
        "weight_decay": st.floats(0, 0.1),
    },
)
CALM: dict[str, st.SearchStrategy] = {
    "title": st.sampled_from(["", "a title", "$f(x)$", "the price: 5$"]),
    "start": st.one_of(
        POINT,
        st.lists(POINT, min_size=1, max_size=3),
        st.fixed_dictionaries({"count": st.integers(1, 6), "seed": st.integers(0, 9)}),
    ),
    "learning_rate": RATE,
    "noise": st.fixed_dictionaries(
        {"std": st.floats(0, 2)},
        optional={"kind": st.sampled_from(["gaussian", "multiplicative", "heavy_tailed"])},
    ),
    "seed": st.integers(0, 99),
    "panels": st.lists(
        st.sampled_from(
            [
                *("contour", "loss", "gradient_norm", "coordinates", "curvature", "step_size"),
                *("slice", {"contour": {"split": "optimizers"}}, {"loss": {"scale": "log"}}),
                *({"contour": {"levels": 5, "filled": False}}, {"text": {"say": "some words"}}),
            ]
        ),
        min_size=1,
        max_size=2,
    ),
    "sweep": st.fixed_dictionaries(
        {"optimizers.0.learning_rate": st.lists(st.floats(0.001, 1), min_size=2, max_size=3)},
        optional={"as": st.sampled_from(["grid", "race"])},
    ),
}


@cache
def scene_schema() -> dict:
    """The JSON Schema of the scene language; the definition of a race is taken from it."""
    return json_schema()


@st.composite
def scenes(draw: st.DrawFn) -> dict:
    """Scenes small enough to render; one part in eight is whatever the JSON Schema lets through."""
    schema = scene_schema()
    fields = schema["$defs"]["RaceScene"]["properties"]

    def part(name: str, calm: st.SearchStrategy) -> Any:
        wild = name != "surface" and draw(st.integers(0, 7)) == 0
        return draw(of_schema(fields[name], schema) if wild else calm)

    surface = st.one_of(
        st.sampled_from(PLANAR),
        st.builds(
            lambda formula, x, y: {"formula": formula, "window": [x, y]},
            st.sampled_from(FORMULAS),
            WINDOW,
            WINDOW,
        ),
    )
    scene = {
        "surface": part("surface", surface),
        "optimizers": part("optimizers", st.lists(OPTIMIZER, min_size=1, max_size=2))[:2],
        "steps": draw(st.integers(1, 12)),
        "timing": {"seconds": draw(st.floats(0.01, 0.3)), "fps": draw(st.integers(1, 12))},
        "style": {
            "size": [draw(SIDE), draw(SIDE)],
            "theme": draw(st.sampled_from(["light", "dark", "paper", "poster"])),
            "trail": draw(st.one_of(st.just("all"), st.integers(1, 5))),
            "legend": draw(st.booleans()),
            "language": draw(st.sampled_from(["en", "ru"])),
        },
    }
    for name in sorted(CALM):
        if draw(st.integers(0, 3)) == 0:
            scene[name] = part(name, CALM[name])
    if isinstance(scene.get("start"), dict):
        scene["start"]["count"] = draw(st.integers(1, 5))
    return scene


def places(data: object, path: tuple = ()) -> list[tuple]:
    """Every path into `data`."""
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(inner for key, value in items for inner in places(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> object:
    """A scene that was right, then damaged in up to three places."""
    scene = {
        "title": "a race",
        "surface": {"formula": "x**2 + sin(y)", "window": [[-2, 2], [-2, 2]]},
        "optimizers": [{"name": "sgd", "learning_rate": 0.1, "label": "GD"}, "adadelta"],
        "start": [[1, 1.5], [-1, 0]],
        "steps": 5,
        "noise": {"std": 0.1},
        "panels": [{"contour": {"levels": 8}}, "loss"],
        "timing": {"seconds": 0.2, "fps": 10, "hold": 0},
        "style": {"size": [320, 240], "theme": "light"},
    }
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(scene)[1:]))
        at = scene
        for key in path[:-1]:
            at = at[key]
        how = draw(st.sampled_from(["drop", "retype", "rename", "double"]))
        if how == "drop":
            del at[path[-1]]
        elif how == "rename" and isinstance(at, dict):
            at[draw(st.text(max_size=5)) or "k"] = at.pop(path[-1])
        elif how == "double" and isinstance(at, list):
            at.append(at[path[-1]])
        else:
            at[path[-1]] = draw(ODD)
        if not isinstance(scene, dict) or len(places(scene)) < 2:
            break
    # A damaged number may ask for an hour of work, which is allowed and not meant here.
    if isinstance(scene.get("steps"), int) and scene["steps"] > 50:
        scene["steps"] = 50
    if isinstance(scene.get("timing"), dict):
        scene["timing"] = {**scene["timing"], "seconds": 0.2, "fps": 10}
    return scene


def dumped(scene: object) -> str:
    """The text of a scene's file."""
    return yaml.safe_dump(scene, allow_unicode=True)


def outcome(scene: object, folder: Path) -> int:
    """The status of rendering `scene`: 0 with a whole file, or 2 with a line each and no file."""
    path, target = folder / "scene.yaml", folder / "clip.gif"
    path.write_text(dumped(scene), encoding="utf-8")
    target.unlink(missing_ok=True)
    result = CliRunner().invoke(app, ["render", str(path), "-o", str(target), "-q", "--force"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 2), result.output
    assert target.exists() == (result.exit_code == 0)
    if result.exit_code == 2:
        assert all(line.startswith(f"{path}:") for line in result.stderr.splitlines())
    assert {each.name for each in folder.iterdir()} <= {"scene.yaml", "clip.gif"}
    return result.exit_code
