"""Scenes of networks with methods that need their layers, their matrices, or random numbers."""

import numpy as np
import pytest

from animate.errors import SceneError
from animate.pipeline import solve
from animate.scene.context import Trust
from animate.scene.load import read, read_text

OWN = """
import jax.numpy as jnp, numpy as np
from animate.networks import Problem

def make():
    x = np.linspace(-3, 3, 16, dtype="float32")

    def loss(p, batch):
        return jnp.mean((jnp.tanh(batch[0][:, None] * p["a"]) @ p["c"] - batch[1]) ** 2)

    start = {name: np.linspace(0.1, 1, 5, dtype="float32") for name in "ac"}
    return Problem(loss, start, data=(x, np.sin(x)))
"""
NETWORK = "surface: {network: {hidden: [4]}, data: {name: moons, samples: 64}, resolution: 9}\n"


def solved(optimizers, **more):
    options = "".join(f"{key}: {value}\n" for key, value in more.items())
    script = read_text(f"{NETWORK}steps: 12\noptimizers: [{optimizers}]\n{options}", "s.yaml")
    with script.placing():
        return solve(script.scene).trajectories


def test_a_network_without_matrices_is_refused_where_they_are_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "mine_of_vectors.py").write_text(OWN)
    scene = tmp_path / "s.yaml"
    scene.write_text(
        'surface: {network: {python: "mine_of_vectors:make"}, resolution: 9}\nsteps: 8\n'
        "optimizers:\n  - {name: sgd, learning_rate: 0.1}\n"
        "  - {name: optax.contrib.muon, learning_rate: 0.1}\n"
        "  - {name: optax.lamb, learning_rate: 0.1}\n"
    )
    script = read(scene, trust=Trust(code=True))
    with pytest.raises(SceneError) as caught, script.placing():
        solve(script.scene)
    assert str(caught.value) == (
        f"{scene}:5:5: optax.contrib.muon is about matrices of weights, and here are none; choose "
        "nadam, which it is on all else"
    )


def test_a_random_method_draws_from_the_scenes_seed():
    pushed = "{name: perturbed_gradient_descent, learning_rate: 0.1, threshold: 100}"
    first, again, other = (
        solved(f"{pushed}, {{name: sgd, learning_rate: 0.1}}", seed=seed, batch="full").losses
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert np.abs(first[0] - other[0]).max() > 1e-4
    np.testing.assert_array_equal(first[1], other[1])


def test_options_of_any_method_hold_for_those_of_matrices():
    muon = "name: optax.contrib.muon, learning_rate: 0.02"
    plain, clipped, decayed, later = solved(
        f"{{{muon}}}, {{{muon}, clip: 0.001}}, {{{muon}, weight_decay: 0.5}}, "
        "{name: sgd, learning_rate: 0.1, then: {at: 6, " + muon + "}}"
    ).losses[:, 0]
    alone = solved("{name: sgd, learning_rate: 0.1}, {" + muon + "}").losses[0, 0]
    assert np.abs(plain[-1] - decayed[-1]) > 1e-4
    assert np.abs(plain - clipped).max() > 0
    np.testing.assert_allclose(later[:7], alone[:7], rtol=1e-5)
    assert np.abs(later[-1] - alone[-1]) > 1e-4


def test_what_goes_on_is_trained_anew_with_other_options():
    first = "{name: sgd, learning_rate: 0.1, then: {at: 4, name: momentum, learning_rate: 0.1"
    some, other = (solved(f"{first}, momentum: {value}}}}}").losses for value in (0.2, 0.9))
    assert np.abs(some[0, 0, :5] - other[0, 0, :5]).max() == 0
    assert np.abs(some - other).max() > 1e-4


@pytest.mark.parametrize("name", ["optax.lbfgs", "optax.contrib.sophia", "optax.contrib.adopt"])
def test_arguments_of_optax_that_are_functions_do_not_hinder(name):
    losses = solved(f"{{name: {name}, learning_rate: 0.02}}").losses[0, 0]
    assert losses[-1] < losses[0]
