"""The JSON Schema accepts what is read, and rejects what is nonsense."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from animate.cli.report import schema_text
from animate.errors import SceneError
from animate.scene.load import read_text
from animate.scene.yaml import parse
from tests.trust.generated import mutated, scenes

ROOT = Path(__file__).parents[2]
SCENES = sorted((ROOT / "scenes").rglob("*.yaml"))
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BASE = {"surface": "beale", "optimizers": ["sgd", "momentum", "adam"]}
SCHEMA = json.loads(schema_text())
VALIDATOR = Draft202012Validator(SCHEMA)
ELSEWHERE = re.compile("there is no such file$|--allow-code$")


def blocks() -> Iterator[tuple[str, dict]]:
    """Every scene in a YAML block of the texts; alternatives of one key are scenes of their own."""
    for path in TEXTS:
        for block in re.findall("```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            parts = re.split(r"^(?=\w)", block, flags=re.MULTILINE)
            keys = [part.partition(":")[0] for part in parts if part.strip()]
            alone = len(set(keys)) < len(keys)
            for text in [part for part in parts if part.strip()] if alone else [block]:
                data = parse(text).data
                whole = {"experiment", "paths", "between"} & data.keys()
                base = {
                    key: each
                    for key, each in BASE.items()
                    if (key, "signal" in data) != ("surface", True)
                }
                yield f"{path.name}: {text[:60]}", data if whole else base | data


def rejected(data: dict) -> bool:
    """Whether reading `data` fails for another reason than a file that is not there."""
    try:
        read_text(json.dumps(data), "scene.yaml")
    except SceneError as error:
        return not all(ELSEWHERE.search(line) for line in error.lines)
    return False


def test_it_is_a_schema_of_2020_12_and_small() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len(schema_text()) < 151_000


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_scene_fits(path: Path) -> None:
    assert [each.message for each in VALIDATOR.iter_errors(parse(path.read_text()).data)] == []


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in blocks()])
def test_every_scene_of_the_documentation_fits_and_is_read(data: dict) -> None:
    assert [each.message for each in VALIDATOR.iter_errors(data)] == []
    assert not rejected(data)


NONSENSE = {
    "a theme": {"style": {"theme": "drak"}},
    "a sweep of no optimizer": {"sweep": {"foo": [1, 2]}},
    "a sweep of one value": {"sweep": {"optimizers.sgd.learning_rate": [1]}},
    "a layout of a sweep": {"sweep": {"optimizers.sgd.learning_rate": [1, 2], "as": "heap"}},
    "13 panels in a row": {"panels": ["loss"] * 13},
    "13 panels in a row of rows": {"panels": [["loss"], ["loss"] * 13]},
    "no panels": {"panels": []},
    "a panel": {"panels": ["contuor"]},
    "a panel's option": {"panels": [{"contour": {"levls": 3}}]},
    "two panels in one mapping": {"panels": [{"contour": {}, "loss": {}}]},
    "a ratio": {"panels": {"ratio": [2, 0], "panels": ["loss", "contour"]}},
    "a split": {"panels": [{"contour": {"split": "runs"}}]},
    "a schedule": {"learning_rate": {"schedule": "cosine_decay"}},
    "a schedule's argument": {
        "learning_rate": {"schedule": "constant_schedule", "value": 0.1, "values": 1}
    },
    "a schedule without its argument": {"learning_rate": {"schedule": "constant_schedule"}},
    "a rate below 0": {"learning_rate": -0.1},
    "a rate that is a word": {"learning_rate": "bset"},
    "a key": {"stpes": 3},
    "a key of style": {"style": {"colour": "red"}},
    "a key of a surface": {"surface": {"name": "beale", "a": 1}},
    "a surface": {"surface": "beal"},
    "two surfaces": {"surface": {"name": "beale", "formula": "x"}},
    "a formula without a window": {"surface": {"formula": "x + y"}},
    "an optimizer": {"optimizers": ["adm"]},
    "an optimizer of optax": {"optimizers": ["optax.adm"]},
    "an option of optax": {"optimizers": [{"name": "optax.lion", "b3": 0.1}]},
    "an optimizer without a name": {"optimizers": [{"learning_rate": 0.1}]},
    "no optimizers": {"optimizers": []},
    "a start of words": {"start": ["x", "y"]},
    "a start of triples": {"start": [[1, 2, 3]]},
    "a swarm without a count": {"start": {"within": "window"}},
    "a batch of a race": {"batch": 3},
    "noise for a network": {"surface": {"network": {}}, "noise": {"std": 1}},
    "data": {"surface": {"network": {}, "data": "digit"}},
    "a table without its file": {"surface": {"network": {}, "data": "csv"}},
    "a format": {"output": {"gfi": {"colors": 8}}},
    "an option of a format": {"output": {"gif": {"colors": 7}}},
    "an entry of the story": {"story": [{"at": 3, "sya": "a"}]},
    "a network below recorded paths": {"surface": {"network": {}}, "paths": "paths.csv"},
}


@pytest.mark.parametrize("changes", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_rejected_as_it_is_by_the_reader(changes: dict) -> None:
    data = BASE | changes
    if "paths" in changes or "network" in str(changes):
        data = {key: each for key, each in data.items() if key != "start"}
    assert not VALIDATOR.is_valid(data)
    assert rejected(data)


@pytest.mark.parametrize(
    "experiment", ["saddels", {"name": "saddles", "hiden": 3}, {"hidden": 3}, 7]
)
def test_nonsense_about_experiments_is_rejected(experiment: object) -> None:
    assert VALIDATOR.is_valid({"experiment": "saddles"})
    assert not VALIDATOR.is_valid({"experiment": experiment})
    assert rejected({"experiment": experiment})


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(scenes() | mutated())
def test_what_is_read_fits(data: dict) -> None:
    if not rejected(data):
        assert [each.message for each in VALIDATOR.iter_errors(data)] == []
