"""Mistakes whose sentence says what is to be written instead."""

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

RACE = "surface: beale\noptimizers: "
SWEEP = RACE + "[{name: momentum, learning_rate: 0.1}, sgd]\nsweep: "
REMEDIES = {
    "surface: beale\noptimizers: [sgd]\npanels: [qqq]\n": (
        "3:10: there is no panel named 'qqq'. `animate list panels` tells them all."
    ),
    "surface: beale\noptimizers: [{name: sgd, learning_rate: {schedule: qqq}}]\n": (
        "2:41: there is no schedule named 'qqq'. `animate list schedules` tells them all."
    ),
    "surface: beale\noptimizers: [gradient_descent]\n": (
        "2:14: there is no optimizer named 'gradient_descent'. Did you mean 'sgd'?"
    ),
    "surface: beale\noptimizers: [Heavy_Ball]\n": (
        "2:14: there is no optimizer named 'Heavy_Ball'. Did you mean 'momentum'?"
    ),
    "surface: beale\noptimizers: [{adam: {b1: 2}}]\n": (
        "2:26: optimizers[0].adam.b1: must be less than 1, got 2"
    ),
    'surface: beale\noptimizers: [sgd]\ntitle: "along $-\\nabla f$"\n': (
        "3:8: a backslash in double quotes begins a special character; use single quotes"
    ),
    'surface: beale\noptimizers: [{name: sgd, label: "$x$ and $\\nu$"}]\n': (
        "2:33: a backslash in double quotes begins a special character; use single quotes"
    ),
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
    SWEEP + "{surface.constant.a: [0, 1]}\n": (
        "3:8: there is nothing called 'surface.constant.a'. Did you mean 'surface.constants.a'?"
    ),
    SWEEP + "{surfaces.eps: [0, 1]}\n": (
        "3:8: there is nothing called 'surfaces.eps'. Did you mean 'surface.eps'?"
    ),
    SWEEP + "{steps: [abc, 3]}\n": (
        "3:8: sweeps an option of an optimizer, such as {optimizers.momentum.momentum: "
        "[0, 0.5, 0.9]}, or a number of the surface, such as {surface.constants.a: [0, 1]}; "
        "got 'steps'"
    ),
    SWEEP + "{optimizers.sgd.learning_rate: {from: 0.1, to: 1, cout: 5}}\n": (
        "3:58: unknown key 'cout'. Did you mean 'count'?"
    ),
    RACE + "[sgd]\nstart: {cuont: 5}\n": "3:9: unknown key 'cuont'. Did you mean 'count'?",
    "surface: beale\noptimizer: [sgd]\n": (
        "2:1: unknown key 'optimizer'. Did you mean 'optimizers'?"
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


def test_an_optimizer_may_be_written_as_panels_are():
    keyed = read_text(RACE + "[{adam: {learning_rate: 0.1, b1: 0.8}}, {sgd: }]\n", "s.yaml").scene
    named = read_text(RACE + "[{name: adam, learning_rate: 0.1, b1: 0.8}, sgd]\n", "s.yaml").scene
    assert keyed.optimizers == named.optimizers


def test_a_number_is_the_deviation_of_noise():
    short = read_text(RACE + "[sgd]\nnoise: 0.5\n", "s.yaml").scene
    assert short.noise == read_text(RACE + "[sgd]\nnoise: {std: 0.5}\n", "s.yaml").scene.noise


def test_what_stands_between_two_formulas_is_no_command():
    text = RACE + '[sgd]\npanels: [{text: {say: "$x$\\nand $y$"}}]\n'
    assert read_text(text, "s.yaml").scene.panels
