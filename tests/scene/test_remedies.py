"""Mistakes whose sentence says what is to be written instead."""

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

RACE = "surface: beale\noptimizers: "
SWEEP = RACE + "[{name: momentum, learning_rate: 0.1}, sgd]\nsweep: "
REMEDIES = {
    "surface: x**2 + y**2\noptimizers: [sgd]\n": (
        "1:10: there is no surface named 'x**2 + y**2'. A formula is written as "
        '{formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}'
    ),
    "surface: {name: sin(x)*y}\noptimizers: [sgd]\n": (
        "1:10: there is no surface named 'sin(x)*y'. A formula is written as "
        '{formula: "sin(x)*y", window: [[-2, 2], [-2, 2]]}'
    ),
    "signal: sin(t/20)\noptimizers: [sgd]\n": (
        "1:9: there is no signal named 'sin(t/20)'. A formula is written as "
        '{formula: "sin(t/20)"}'
    ),
    'signal: {formula: "sin(t) + noise"}\noptimizers: [sgd]\n': (
        "1:29: unknown name 'noise'. Write it beside the formula: noise: 0.5."
    ),
    'signal: {formula: "sin(t) + 0.1*randn()"}\noptimizers: [sgd]\n': (
        "1:33: unknown name 'randn'. Write it beside the formula: noise: 0.5."
    ),
    'signal: {formula: "a*sin(t)"}\noptimizers: [sgd]\n': (
        "1:19: unknown name 'a'. The variable is t. "
        "Write a constant beside the formula: constants: {a: 1}."
    ),
    'surface: {formula: "x**2 + a*y**2", window: [[-2, 2], [-1, 1]]}\noptimizers: [sgd]\n': (
        "1:28: unknown name 'a'. The variables are x and y. "
        "Write a constant beside the formula: constants: {a: 1}."
    ),
    'surface: {formula: "x + y", window: [-2, 2, -1, 1]}\noptimizers: [sgd]\n': (
        "1:37: surface.window: must have 2 items, such as [[-2, 2], [-1, 3]], got 4"
    ),
    "surface: {name: beale, window: [[-2, 2]]}\noptimizers: [sgd]\n": (
        "1:32: surface.window: must have 2 items, such as [[-2, 2], [-1, 3]], got 1"
    ),
    RACE + "[sgd]\nstyle: {size: [640]}\n": (
        "3:15: style.size: must have 2 items, such as [640, 480], got 1"
    ),
    RACE + "[{name: adam, lr: 0.1}]\n": ("2:27: unknown key 'lr'. Did you mean 'learning_rate'?"),
    RACE + "[{name: adam, beta1: 0.1}]\n": "2:27: unknown key 'beta1'. Did you mean 'b1'?",
    RACE + "[{name: adam, beta_2: 0.1}]\n": "2:27: unknown key 'beta_2'. Did you mean 'b2'?",
    RACE + "[{name: rmsprop, rho: 0.1}]\n": "2:30: unknown key 'rho'. Did you mean 'decay'?",
    RACE + "[{name: rmsprop, alpha: 0.1}]\n": ("2:30: unknown key 'alpha'. Did you mean 'decay'?"),
    RACE + "[{name: adadelta, decay: 0.1}]\n": ("2:31: unknown key 'decay'. Did you mean 'rho'?"),
    RACE + "[{name: optax.adam, Epsilon: 0.1}]\n": (
        "2:33: unknown key 'Epsilon'. Did you mean 'eps'?"
    ),
    RACE + "[{name: momentum, beta: 0.1}]\n": (
        "2:31: unknown key 'beta'. Did you mean 'momentum'?"
    ),
    RACE + '[{name: sgd, learning_rate: 0,05, label: "GD"}]\n': (
        "2:43: a comma ends the value; write 0.05 with a point"
    ),
    RACE + "[{name: sgd, learning_rate: -1,5e-3}]\n": (
        "2:44: a comma ends the value; write -1.5e-3 with a point"
    ),
    RACE + "[sgd]\nlearning_rate: 0,05\n": (
        "3:16: learning_rate: must be a number, 'best' or a schedule, got '0,05'; "
        "write 0.05 with a point"
    ),
    RACE + "[sgd]\ntiming:\n  hold: 1,5\n": (
        "4:9: timing.hold: must be a number, got '1,5'; write 1.5 with a point"
    ),
    "surface: {formula: 'x**2 + 0,5*y', window: [[-2, 2], [-2, 2]]}\noptimizers: [sgd]\n": (
        "1:28: a comma ends the number; write 0.5 with a point"
    ),
    "surface: {formula: '0,05*x', window: [[-2, 2], [-2, 2]]}\noptimizers: [sgd]\n": (
        "1:20: a comma ends the number; write 0.05 with a point"
    ),
    SWEEP + "{momentum: [0, 0.5]}\n": (
        "3:8: names the optimizer beside its option: write optimizers.momentum.momentum, "
        "not 'momentum'"
    ),
    SWEEP + "{lr: [0.1, 0.5]}\n": (
        "3:8: names the optimizer beside its option: write optimizers.momentum.learning_rate, "
        "not 'lr'"
    ),
}


@pytest.mark.parametrize("text", REMEDIES)
def test_what_is_to_be_written_instead_is_told(text):
    with pytest.raises(SceneError) as caught:
        read_text(text, "scene.yaml")
    assert caught.value.lines == (f"scene.yaml:{REMEDIES[text]}",)


@pytest.mark.parametrize(
    ("scene", "told"),
    [
        (
            "surface:\n  formula: x*y\n  window: [[0, 1], [0, 1]]\n"
            "  constants:\n    y: 3\n    sin: 2\n",
            ["5:5: a constant cannot be named 'y'", "6:5: a constant cannot be named 'sin'"],
        ),
        ("signal:\n  formula: t\n  constants: {t: 3}\n", ["3:15: a constant cannot be named 't'"]),
    ],
)
def test_a_constant_that_cannot_have_its_name_is_told_where_it_stands(scene, told):
    with pytest.raises(SceneError) as caught:
        read_text(f"{scene}optimizers: [sgd]\n", "x")
    assert [line.split(": it means")[0] for line in caught.value.lines] == [f"x:{t}" for t in told]
