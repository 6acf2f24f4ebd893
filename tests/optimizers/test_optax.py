"""optax by name: its schedules, all of them."""

import inspect

import optax
import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

SCENE = "surface: beale\noptimizers: [{{name: {name}, learning_rate: {rate}}}]\nsteps: 3\n"


def read(name="sgd", rate="0.1"):
    return read_text(SCENE.format(name=name, rate=rate), "x.yaml").scene


def schedules():
    """optax's functions that return a schedule of numbers and need no other one."""
    for key in optax.schedules.__all__ if hasattr(optax.schedules, "__all__") else dir(optax):
        make = getattr(optax.schedules, key, None)
        if inspect.isfunction(make) and make.__module__.endswith("_schedule"):
            yield key


@pytest.mark.parametrize("name", sorted({*schedules()} - {"join_schedules"}))
def test_every_schedule_of_optax_has_its_own_name(name):
    with pytest.raises(SceneError) as caught:
        read(rate=f"{{schedule: {name}, no_such_argument: 1}}")
    assert "no schedule named" not in str(caught.value)


def test_exponential_decay_is_optaxs():
    given = "{schedule: exponential_decay, init_value: 0.1, transition_steps: 10, decay_rate: 0.5}"
    rule = read(rate=given).optimizers[0].learning_rate.build()
    expected = optax.exponential_decay(0.1, 10, 0.5)
    assert [float(rule(k)) for k in (0, 7, 30)] == [float(expected(k)) for k in (0, 7, 30)]


@pytest.mark.parametrize("name", ["join_schedules", "inject_hyperparams", "no_such_schedule"])
def test_what_is_no_schedule_of_numbers_is_none(name):
    with pytest.raises(SceneError, match="no schedule named"):
        read(rate=f"{{schedule: {name}}}")


def test_a_rate_may_fall_at_steps_that_are_named():
    scene = read_text(
        "surface: beale\nsteps: 40\noptimizers:\n  - {name: sgd, learning_rate: {schedule: "
        'piecewise_constant_schedule, init_value: 0.02, boundaries_and_scales: {"30": 0.5}}}\n',
        "x.yaml",
    ).scene
    rate = scene.optimizers[0].learning_rate.build()
    assert [float(rate(step)) for step in (0, 29, 31)] == pytest.approx([0.02, 0.02, 0.01])


def test_a_step_that_is_no_number_is_a_mistake_at_its_schedule():
    with pytest.raises(SceneError) as caught:
        read_text(
            "surface: beale\noptimizers:\n  - {name: sgd, learning_rate: {schedule: "
            "piecewise_constant_schedule, init_value: 0.02, boundaries_and_scales: {a: 0.5}}}\n",
            "x.yaml",
        )
    assert str(caught.value).startswith("x.yaml:3:")
    assert "optax cannot make this schedule: 'a' is not the number of a step" in str(caught.value)
