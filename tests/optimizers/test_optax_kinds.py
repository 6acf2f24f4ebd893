"""Every name of optax is of one kind: it works anywhere, needs a network, or is no method here."""

from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import optax.contrib
import pytest

from animate.errors import SceneError
from animate.optimizers import optax_names, optax_optimizer, rate_parameter
from animate.optimizers.optax_kinds import ANYWHERE, BY_LAYERS, BY_MATRICES, REFUSED, RENAMED
from animate.scene.load import read_text

METHODS = [ANYWHERE, BY_LAYERS.keys(), BY_MATRICES.keys(), REFUSED.keys()]
OTHERS = {
    f"optax.{name}"
    for line in Path(__file__)
    .with_name("optax_others.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
    for name in line.split()
}
"""Parts of methods, losses, schedules and tools."""
RANDOM_BY_ARRAYS = {"optax.noisy_sgd", "optax.contrib.sophia"}
SHAPED = {"optax.sm3"}


def exported():
    """The full names of all functions that optax and optax.contrib have."""
    for home, prefix in ((optax, "optax."), (optax.contrib, "optax.contrib.")):
        for key, each in vars(home).items():
            alias = type(each).__module__ in ("typing", "collections.abc")
            if callable(each) and not isinstance(each, type) and not (alias or key[0] == "_"):
                yield prefix + key


def test_every_name_of_optax_is_of_one_kind():
    kinds = [*METHODS, OTHERS]
    unclassified = {name for name in exported() if sum(name in kind for kind in kinds) != 1}
    assert unclassified == set()


def test_those_that_run_are_those_that_are_offered():
    assert set(optax_names()) <= set().union(*METHODS[:3])
    assert set(optax_names()) >= set().union(*METHODS[:3]) & set(exported())


def refusal(scene):
    with pytest.raises(SceneError) as caught:
        read_text(scene, "s.yaml")
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_run_is_refused_with_its_reason(name):
    told = refusal(f"surface: beale\noptimizers: [{name}]\n")
    assert told == f"s.yaml:2:14: {name} {REFUSED[name]}"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("optax.muon", "optax.contrib.muon"),
        ("optax.contrib.lion", "optax.lion"),
        ("optax.admaw", "optax.adamw"),
    ],
)
def test_a_name_of_optax_is_pointed_to_wherever_it_is(given, meant):
    told = refusal(f"surface: beale\noptimizers: [{given}]\n")
    assert told == f"s.yaml:2:14: optax has no optimizer named {given!r}. Did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("given", "meant"), [("muon", "optax.contrib.muon"), ("yogi", "optax.yogi")]
)
def test_a_name_that_only_optax_has_is_pointed_to(given, meant):
    told = refusal(f"surface: beale\noptimizers: [{given}]\n")
    assert told == f"s.yaml:2:14: there is no optimizer named {given!r}. Did you mean {meant!r}?"


@pytest.mark.parametrize("name", sorted(BY_LAYERS))
def test_methods_of_layers_are_refused_where_there_are_none(name):
    for ground in ("surface: beale", "signal: spikes"):
        told = refusal(f"{ground}\noptimizers: [sgd, {{name: {name}, learning_rate: 0.1}}]\n")
        assert told == (
            f"s.yaml:2:19: {name} treats each layer of a network by itself, and coordinates have "
            "no layers; train a network by it (surface: {network: {}}), or choose "
            f"{BY_LAYERS[name]}, which knows no layers"
        )


@pytest.mark.parametrize("name", sorted(BY_MATRICES))
def test_methods_of_matrices_are_refused_where_there_are_none(name):
    told = refusal(
        "surface: beale\nsteps: 9\noptimizers:\n"
        f"- {{name: sgd, learning_rate: 0.1, then: {{at: 2, name: {name}, learning_rate: 0.1}}}}\n"
    )
    assert told == (
        f"s.yaml:4:41: {name} is about matrices of weights, and coordinates are none; train a "
        "network by it (surface: {network: {}}), or choose "
        f"{BY_MATRICES[name]}, which it is on all else"
    )


@pytest.mark.parametrize("name", [*BY_LAYERS, *BY_MATRICES])
def test_a_network_may_have_them(name):
    scene = f"surface: {{network: {{}}}}\noptimizers: [{{name: {name}, learning_rate: 0.1}}]\n"
    assert read_text(scene, "s.yaml").scene.optimizers[0].name == name


def first_steps(name, shaped):
    """Two steps [4] of optax's own function on an array of 4 numbers that `shaped` divides."""
    make = optax_optimizer(name)
    method = optax.with_extra_args_support(make(**{rate_parameter(make): 0.1}))
    place, *slopes = np.random.default_rng(0).normal(size=(3, 4))
    tree = shaped(jnp.asarray(place))
    state, last = method.init(tree), tree

    def loss(parameters):
        return sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(parameters))

    for slope in slopes:
        given = {"value": loss(tree), "grad": shaped(jnp.asarray(slope)), "value_fn": loss}
        given |= {own: given[each] for own, each in RENAMED.get(name, {}).items()}
        last, state = method.update(given["grad"], state, tree, **given)
    return np.concatenate([np.ravel(leaf) for leaf in jax.tree.leaves(last)])


SHAPES = (lambda v: v, lambda v: v.reshape(2, 2), lambda v: {"a": v[:1], "b": v[1:]})


@pytest.mark.filterwarnings("ignore:`optimistic_adam` is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", sorted(ANYWHERE - RANDOM_BY_ARRAYS - SHAPED))
def test_what_works_anywhere_is_the_same_method_on_one_vector_and_on_arrays(name):
    with jax.enable_x64(True):
        whole, *others = (first_steps(name, shaped) for shaped in SHAPES)
    for other in others:
        np.testing.assert_allclose(other, whole, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("name", sorted({*BY_LAYERS, *BY_MATRICES} - {"optax.adafactor"}))
def test_the_others_are_other_methods_on_one_vector(name):
    with jax.enable_x64(True):
        whole, *others = (first_steps(name, shaped) for shaped in SHAPES)
    assert not all(np.allclose(whole, other, rtol=1e-3) for other in others)
