"""A method has one colour in every picture, and those of one kind are told apart."""

from itertools import combinations

import numpy as np
import pytest

from animate.optimizers import OPTIMIZERS
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.theme import THEMES, theme
from animate.theme.identity import SHADES, trail_numbers
from animate.theme.oklab import to_oklab

RACE = """
surface: himmelblau
start: {start}
optimizers: [{optimizers}]
steps: 3
style: {{theme: {looks}}}
"""


def view(*optimizers, looks="light", start="[0, 0]"):
    text = RACE.format(optimizers=", ".join(optimizers), looks=looks, start=start)
    return stage(read_text(text, "x.yaml").scene).view


def method(name, **options):
    told = "".join(f", {key}: {value}" for key, value in options.items())
    return f"{{name: {name}, learning_rate: 0.01{told}}}"


@pytest.mark.parametrize("looks", THEMES)
def test_a_method_has_its_colour_whatever_stands_beside_it(looks):
    alone = {name: view(method(name), looks=looks).colours[0] for name in ("sgd", "adam")}
    beside = view(method("rmsprop"), method("adam"), method("sgd"), looks=looks)
    assert beside.colours[1:] == (alone["adam"], alone["sgd"])
    assert view(method("optax.adam"), looks=looks).colours == (alone["adam"],)
    nesterov = view(method("nesterov"), looks=looks).colours
    assert view(method("optax.sgd", momentum=0.9, nesterov="true"), looks=looks).colours == nesterov
    swarm = view(method("adam"), looks=looks, start="{count: 5}")
    assert swarm.colours == (alone["adam"],)


def test_those_of_one_kind_share_a_hue_and_differ_in_lightness_line_and_head():
    found = view(*(method("nesterov", momentum=m) for m in (0.25, 0.9, 0.975)), method("sgd"))
    lab = to_oklab(found.colours[:3])
    hues = np.arctan2(lab[:, 2], lab[:, 1])
    np.testing.assert_allclose(hues, hues[0], atol=0.15)
    assert min(abs(a - b) for a, b in combinations(lab[:, 0], 2)) > 0.1
    looks = [(found.theme.dash(k), found.theme.marker(k)) for k in range(4)]
    assert len(set(looks[:3])) == 3
    assert looks[0] == looks[3] == ((), "o")


def test_more_of_a_kind_than_a_hue_has_room_for_take_all_colours():
    found = view(*(method("sgd", label=f"{{en: a{k}, ru: b{k}}}") for k in range(SHADES + 1)))
    assert found.colours == theme("light").trails[: SHADES + 1]


def test_a_colour_of_the_scene_is_taken_as_it_is():
    found = view(method("sgd", color="'#00aa00'"), method("adam"))
    assert found.colours == ("#00aa00", theme("light").trail(3))


@pytest.mark.parametrize(
    ("named", "code"), [("red", "#ff0000"), ("tab:blue", "#1f77b4"), ("'0.4'", "#666666")]
)
@pytest.mark.parametrize("size", ["[240, 240]", "[640, 480]"])
def test_a_named_colour_is_its_code_wherever_it_is_mixed(named, code, size):
    """One run reaches the minimum, the other diverges: events and the end card say it in colour."""

    def frames(first, second):
        text = (
            "surface: quadratic\nstart: [-1.5, 1]\nsteps: 60\noptimizers:\n"
            f"- {{name: sgd, learning_rate: 0.05, color: {first}}}\n"
            f"- {{name: momentum, learning_rate: 1.0e+9, color: {second}}}\n"
            f"style: {{size: {size}}}\ntiming: {{fps: 2, seconds: 2}}\n"
        )
        player = stage(read_text(text, "x.yaml").scene)
        return [player.picture(k) for k in range(player.count)]

    for shown, wanted in zip(frames(named, named), frames(f"'{code}'", f"'{code}'"), strict=True):
        np.testing.assert_array_equal(shown, wanted)


@pytest.mark.parametrize("looks", THEMES)
def test_every_pair_of_methods_differs_in_colour_line_or_head(looks):
    plain, names = theme(looks), [*OPTIMIZERS]
    for first, second in combinations(names, 2):
        kinds = [first, first, second, second]
        trails = trail_numbers(kinds, len(plain.trails))
        colours = [plain.shade(*trail) for trail in trails]
        told = plain.told_apart([plain.trail(number) for number, _ in trails], trails)
        lab = to_oklab(colours)
        for i, j in combinations(range(4), 2):
            one, other = ((told.dash(k), told.marker(k)) for k in (i, j))
            assert one != other or np.linalg.norm(lab[i] - lab[j]) >= 0.1, (kinds, i, j)


@pytest.mark.parametrize("count", [1, 3, 10])
def test_numbers_are_within_the_themes_trails(count):
    trails = trail_numbers([*OPTIMIZERS, "", "mine", "optax.lamb"] * 2, count)
    assert all(0 <= number < count for number, _ in trails)
    assert len({number for number, _ in trails}) == count


@pytest.mark.parametrize("looks", THEMES)
def test_where_dashes_tell_coordinates_no_method_has_any(looks):
    four = [method(name) for name in ("sgd", "momentum", "rmsprop", "adam")]
    twins = [method("adam", b1=0.1, label="A"), method("adam", label="B")]
    for optimizers in (four, twins):
        text = RACE.format(optimizers=", ".join(optimizers), looks=looks, start="[0, 0]")
        shown = stage(read_text(f"{text}panels: [contour, coordinates]\n", "x").scene).view
        count = len(optimizers)
        assert {shown.theme.dash(k) for k in range(count)} == {()}
        apart = {(shown.colours[k], shown.theme.marker(k)) for k in range(count)}
        assert len(apart) == count
        if looks == "paper":
            assert len({shown.theme.marker(k) for k in range(count)}) == count
