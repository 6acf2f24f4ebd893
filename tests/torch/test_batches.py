"""Batches that a landscape of PyTorch draws once, and the threads that its points take."""

import numpy as np
import pytest

from animate.torch import landscape
from animate.torch.library import torch
from tests.npz import arrays_of
from tests.torch.models import QUIET, criterion, loader, trained

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(("small", "expected"), [(60.0, {1}), (0.0, {1, 2})])
def test_small_points_take_one_thread_and_the_users_number_is_set_again(
    tmp_path, monkeypatch, small, expected
):
    monkeypatch.setattr("animate.torch.evaluation.SMALL", small)
    seen = set()

    def loss(module, batch):
        seen.add(torch.get_num_threads())
        return torch.nn.functional.cross_entropy(module(batch[0]), batch[1])

    net, states = trained("mlp")
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        landscape(net, loss, loader("mlp"), checkpoints=states, out=tmp_path, **QUIET)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert seen == expected


class Counting:
    """A loader that counts how often it is gone through, and changes what it gives each time."""

    def __init__(self):
        self.passes = 0

    def __iter__(self):
        self.passes += 1
        for inputs, targets in loader("mlp"):
            yield inputs + np.random.default_rng(self.passes).normal(), targets


def test_batches_that_fit_are_drawn_once_and_are_the_same_for_all_points(tmp_path):
    net, states = trained("mlp")
    given = Counting()
    landscape(net, criterion(), given, checkpoints=states, out=tmp_path, **QUIET)
    assert given.passes == 1


def test_batches_that_do_not_fit_are_drawn_for_every_point(tmp_path, monkeypatch):
    net, states = trained("mlp")
    options = {"checkpoints": states, "statistics": "kept", **QUIET}
    landscape(net, criterion(), loader("mlp"), out=tmp_path / "kept", **options)
    monkeypatch.setattr("animate.torch.batches.KEPT", 100)
    landscape(net, criterion(), loader("mlp"), out=tmp_path / "drawn", **options)
    kept, drawn = (arrays_of(tmp_path / name / "plane.npz") for name in ("kept", "drawn"))
    np.testing.assert_array_equal(kept["z"], drawn["z"])


def test_a_module_that_changes_its_inputs_gets_them_as_they_were(tmp_path):
    def changing(module, batch):
        logits = module(batch[0])
        batch[0].fill_(0.0)
        return torch.nn.functional.cross_entropy(logits, batch[1])

    net, states = trained("mlp")
    options = {"checkpoints": states, "statistics": "kept", **QUIET}
    landscape(net, criterion(), loader("mlp"), out=tmp_path / "plain", **options)
    landscape(net, changing, loader("mlp"), out=tmp_path / "changing", **options)
    plain, changed = (arrays_of(tmp_path / name / "plane.npz") for name in ("plain", "changing"))
    np.testing.assert_allclose(changed["z"], plain["z"], rtol=1e-6)
