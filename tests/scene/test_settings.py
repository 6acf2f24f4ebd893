"""`--set`: whatever is asked for is done, or refused in a sentence."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from animate.errors import UsageError
from animate.scene.load import read_text

RACE = "surface: beale\noptimizers: [{name: adam, learning_rate: 0.1}]\n"
PANELS = [
    "",
    "panels: contour\n",
    "panels: [contour, loss]\n",
    "panels: [contour: {levels: 4}]\n",
    "panels: [[contour, loss], [relief]]\n",
    "panels: {ratio: [1, 2], panels: [contour, loss]}\n",
]
KEYS = [
    "panels",
    "0",
    "1",
    "x",
    "contour",
    "loss",
    "levels",
    "optimizers",
    "adam",
    "optax",
    "style",
]
VALUES = ["1", "contour", "null", "[]", "{}", "[contour, loss]", "{levels: 5}", "{a.b: [1], as: x}"]
SETTING = st.builds(
    "{}={}".format,
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=4).map(".".join),
    st.sampled_from(VALUES),
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(PANELS), st.lists(SETTING, min_size=1, max_size=3))
def test_any_settings_end_well_or_in_a_sentence(panels: str, given: list[str]) -> None:
    with suppress(UsageError):
        script = read_text(RACE + panels, "scene.yaml", given)
        assert read_text(script.text, "scene.yaml").scene == script.scene


def test_a_setting_that_a_later_one_overwrites_is_forgotten() -> None:
    text = f"{RACE}panels: [contour, loss]\n"
    given = ["panels.contour.levels=5", "optimizers.adam.b1=0.5", "panels=[loss]"]
    assert read_text(text, "scene.yaml", given).text == (
        "surface: beale\noptimizers: [{b1: 0.5, name: adam, learning_rate: 0.1}]\npanels: [loss]\n"
    )
    with pytest.raises(UsageError) as told:
        read_text(text, "scene.yaml", ["panels.0.x=contour", "panels={a.b: [1, 2], as: x}"])
    assert str(told.value).startswith("--set panels: must be a name or one name with its options")


@pytest.mark.parametrize("count", [33, 3000, 100_000])
def test_many_keys_are_refused(count: int) -> None:
    with pytest.raises(UsageError) as told:
        read_text(RACE, "scene.yaml", [".".join("a" * count) + "=1"])
    assert str(told.value).endswith("…: this is nested deeper than 32 levels")
    assert len(str(told.value)) < 200


def test_keys_and_value_together_have_32_levels() -> None:
    deep = "[" * 30 + "]" * 30
    with pytest.raises(UsageError, match="unknown key 'a'"):
        read_text(RACE, "scene.yaml", [f"a.b={deep}"])
    with pytest.raises(UsageError, match="nested deeper than 32 levels"):
        read_text(RACE, "scene.yaml", [f"a.b.c={deep}"])


def test_thousands_of_settings_are_refused_at_once() -> None:
    given = [f"style.k{k}=1" for k in range(3000)]
    with pytest.raises(UsageError, match=r"--set style\.k0: unknown key"):
        read_text(RACE, "scene.yaml", given)


@pytest.mark.parametrize(
    ("panels", "setting", "said"),
    [
        (
            "{contour: {levels: 12}}",
            "panels.0.contour.levels=5",
            "no panel is called '0'; there is contour, whose options are written "
            "panels.contour.OPTION",
        ),
        (
            "contour",
            "panels.loss.scale=log",
            "no panel is called 'loss'; there is contour, whose options are written "
            "panels.contour.OPTION",
        ),
        (
            "[contour, loss]",
            "panels.1.loss.scale=log",
            "unknown key 'loss'. There are scale and split.",
        ),
        ("[contour, loss]", "panels.2.x=1", "no item is called '2'; there are contour, loss"),
        (
            "{contour: {levels: 12}}",
            "panels.contour.levels.x=3",
            "panels.contour.levels has no keys of its own, so there is no 'x'; write --set "
            "panels.contour.levels=VALUE",
        ),
    ],
)
def test_a_setting_of_a_panel_says_how_it_is_written(panels: str, setting: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_text(f"{RACE}panels: {panels}\n", "scene.yaml", [setting])
    assert str(caught.value) == f"--set {setting.partition('=')[0]}: {said}"


@pytest.mark.parametrize("panels", ["{contour: {levels: 12}}", "contour", "[contour, loss]"])
def test_an_option_of_a_panel_is_set_however_the_panel_is_written(panels: str) -> None:
    script = read_text(f"{RACE}panels: {panels}\n", "scene.yaml", ["panels.contour.levels=5"])
    assert script.scene.entries[0].panel.levels == 5


def test_what_a_setting_makes_of_a_whole_is_told_with_the_setting() -> None:
    text = "surface: {formula: x**2 + y**2, window: [[-1, 1], [-1, 1]]}\noptimizers: [sgd]\n"
    with pytest.raises(UsageError) as caught:
        read_text(text, "scene.yaml", ["surface.name=beale"])
    assert str(caught.value).endswith("(with --set surface.name)")
