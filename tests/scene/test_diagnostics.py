"""pydantic's errors as Mistakes: exact places and sentences, a union told once."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    field_validator,
)

from animate.errors import Mistake
from animate.scene.diagnostics import dotted, mistakes, shown, validation_error, worded
from animate.surfaces.formula import compile_formula

Point = tuple[float, float]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class _Optimizer(_Strict):
    name: str
    learning_rate: Annotated[float, Field(gt=0)] | Literal["best"] = "best"
    color: str | None = None
    every: Annotated[int, Field(ge=1, le=10, multiple_of=2)] = 2


class _Swarm(_Strict):
    count: int
    seed: int = 0


class _Built(_Strict):
    name: str
    kind: Literal["built"] = "built"


class _Style(_Strict):
    size: tuple[int, int] = (640, 480)
    theme: Literal["light", "dark"] = "light"
    legend: bool = True


class _Scene(_Strict):
    surface: str | _Built | _Swarm = "bowl"
    optimizers: Annotated[
        list[Annotated[_Optimizer, BeforeValidator(_named)]], Field(min_length=1, max_length=3)
    ]
    start: Point | list[Point] | _Swarm | None = None
    style: _Style = _Style()
    options: dict[str, float] = {}
    title: Annotated[str, Field(max_length=5)] = ""
    noise: Annotated[FiniteFloat, Field(ge=0)] = 0

    @field_validator("noise")
    @classmethod
    def _not_seven(cls, value: float) -> float:
        if value == 7:
            raise ValueError("there is no 7. Did you mean 6?")
        return value


def lines_of(data: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        _Scene.model_validate(data)
    return [
        f"{dotted(each.path)}{' (key)' if each.at_key else ''} | {worded(each)}"
        for each in mistakes(caught.value, _Scene)
    ]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ([1], [" | must be a mapping (key: value), got a list"]),
        ("beale", [" | must be a mapping (key: value), got 'beale'"]),
        (None, [" | must be a mapping (key: value), got nothing"]),
        ({}, [" | the key 'optimizers' is missing"]),
    ],
)
def test_a_scene_is_a_mapping(data: object, lines: list[str]) -> None:
    assert lines_of(data) == lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ({"styel": 1}, ["styel (key) | unknown key 'styel'. Did you mean 'style'?"]),
        ({"zzz": 1}, ["zzz (key) | unknown key 'zzz'. There are {names}."]),
        ({"noise": -1}, ["noise | noise: must be at least 0, got -1"]),
        ({"noise": "abc"}, ["noise | noise: must be a number, got 'abc'"]),
        ({"noise": float("inf")}, ["noise | noise: must be a finite number, got inf"]),
        ({"noise": -float("inf")}, ["noise | noise: must be a finite number, got -inf"]),
        ({"noise": 7}, ["noise | there is no 7. Did you mean 6?"]),
        ({"title": "a title"}, ["title | title: must have at most 5 characters, got 7"]),
        ({"options": {"a": []}}, ["options.a | options.a: must be a number, got a list"]),
        ({"style": None}, ["style | style: must be a mapping (key: value), got nothing"]),
        (
            {"style": {"size": [1]}},
            ["style.size | style.size: must have 2 items, such as [640, 480], got 1"],
        ),
        (
            {"style": {"size": []}},
            ["style.size | style.size: must have 2 items, such as [640, 480], got 0"],
        ),
        (
            {"style": {"size": [1, 2, 3]}},
            ["style.size | style.size: must have 2 items, such as [640, 480], got 3"],
        ),
        (
            {"style": {"size": [1.5, 2], "theme": "drak", "legend": "maybe", "colour": 1}},
            [
                "style.size[0] | style.size[0]: must be a whole number, got 1.5",
                "style.theme | style.theme: must be 'light' or 'dark', got 'drak'",
                "style.legend | style.legend: must be true or false, got 'maybe'",
                "style.colour (key) | unknown key 'colour'. There are legend, size and theme.",
            ],
        ),
        ({"optimizers": []}, ["optimizers | optimizers: must have at least 1 item, got 0"]),
        ({"optimizers": ["a"] * 4}, ["optimizers | optimizers: must have at most 3 items, got 4"]),
        ({"optimizers": "adam"}, ["optimizers | optimizers: must be a list, got 'adam'"]),
        (
            {"optimizers": ["adam", {"colour": "red"}, 3]},
            [
                "optimizers[1] | the key 'name' is missing",
                "optimizers[1].colour (key) | unknown key 'colour'. Did you mean 'color'?",
                "optimizers[2] | optimizers[2]: must be a mapping (key: value), got 3",
            ],
        ),
        (
            {"optimizers": [{"name": "a", "every": 11}, {"name": "a", "every": 3}]},
            [
                "optimizers[0].every | optimizers[0].every: must be a multiple of 2, got 11",
                "optimizers[1].every | optimizers[1].every: must be a multiple of 2, got 3",
            ],
        ),
    ],
)
def test_each_mistake_has_its_place_and_sentence(data: dict[str, Any], lines: list[str]) -> None:
    names = "noise, optimizers, options, start, style, surface and title"
    expected = [line.replace("{names}", names) for line in lines]
    assert lines_of({"optimizers": ["adam"]} | data) == expected


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (-0.1, "must be greater than 0, got -0.1"),
        ("bst", "must be a number or 'best', got 'bst'"),
        ([1], "must be a number or 'best', got a list"),
    ],
)
def test_a_value_of_one_kind_or_another_is_told_once(rate: object, said: str) -> None:
    where = "optimizers[1].learning_rate"
    data = {"optimizers": ["adam", {"name": "sgd", "learning_rate": rate}]}
    assert lines_of(data) == [f"{where} | {where}: {said}"]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            {"start": "here"},
            ["start | start: must be a list such as [0, 1] or a mapping (key: value), got 'here'"],
        ),
        ({"start": [1, "q"]}, ["start[1] | start[1]: must be a number, got 'q'"]),
        ({"start": [1, 2, 3]}, ["start | start: must have 2 items, such as [0, 1], got 3"]),
        ({"start": [[1, 2], [1, "q"]]}, ["start[1][1] | start[1][1]: must be a number, got 'q'"]),
        (
            {"start": [[1, 2], [1, "q"], [3, 4]]},
            ["start[1][1] | start[1][1]: must be a number, got 'q'"],
        ),
        (
            {"start": [[1, 2], [1]]},
            ["start[1] | start[1]: must have 2 items, such as [0, 1], got 1"],
        ),
        (
            {"start": {"count": "q", "sed": 1}},
            [
                "start.count | start.count: must be a whole number, got 'q'",
                "start.sed (key) | unknown key 'sed'. Did you mean 'seed'?",
            ],
        ),
        ({"surface": 4}, ["surface | surface: must be text or a mapping (key: value), got 4"]),
        ({"surface": {"name": 3}}, ["surface.name | surface.name: must be text, got 3"]),
        (
            {"surface": {"count": 3, "sed": 1}},
            ["surface.sed (key) | unknown key 'sed'. Did you mean 'seed'?"],
        ),
    ],
)
def test_of_a_union_only_the_nearest_branch_speaks(data: dict[str, Any], lines: list[str]) -> None:
    assert lines_of({"optimizers": ["adam"]} | data) == lines


def test_a_formula_is_wrong_at_one_of_its_characters() -> None:
    class Drawing(_Strict):
        formula: str

        @field_validator("formula")
        @classmethod
        def _readable(cls, value: str) -> str:
            compile_formula(value)
            return value

    with pytest.raises(ValidationError) as caught:
        Drawing.model_validate({"formula": "x + sine(y)"})
    said = "unknown name 'sine'. Did you mean 'sin'?"
    found = mistakes(caught.value, Drawing)
    assert found == [Mistake(("formula",), said, offset=4)]
    assert mistakes(validation_error(found, {}), Drawing) == found


def test_mistakes_end_after_a_hundred() -> None:
    lines = lines_of({"optimizers": ["adam"], "start": [["q", 1]] * 3000})
    assert len(lines) == 100
    assert lines[-1] == "start[99][0] | start[99][0]: must be a number, got 'q'"


def test_values_are_shown_as_the_file_says_them_and_short() -> None:
    assert [shown(v) for v in (None, True, 2, 1e-3, "a\nb", {}, ())] == [
        "nothing",
        "true",
        "2",
        "0.001",
        "'a\\nb'",
        "a mapping",
        "a list",
    ]
    assert shown("x" * 99) == f"'{'x' * 39}…'"
    assert dotted(("a", 0, "b\x1b", "c")) == "a[0].….c"
