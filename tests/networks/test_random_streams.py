"""Every use of a seed has a stream of its own."""

from itertools import combinations
from typing import get_args

import numpy as np

from animate.networks.data import split
from animate.networks.random_streams import Use, stream
from animate.networks.training import batches


def test_streams_of_one_seed_are_not_tied():
    draws = {use: stream(3, use).normal(size=4000) for use in get_args(Use)}
    for one, other in combinations(draws.values(), 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.06
    np.testing.assert_array_equal(draws["batches"], stream(3, "batches").normal(size=4000))
    assert (draws["batches"] != stream(4, "batches").normal(size=4000)).all()


def test_the_batches_do_not_follow_the_split_of_the_data():
    """One seed for both, as in a scene: the order of the batches is not the one of the split."""
    names = np.arange(1797.0)[:, None]
    dealt = split(names, np.zeros(1797), 1797, 0.0, seed=0).inputs[:, 0]
    order = batches(1797, 1797, 1, seed=0)[0]
    assert abs(np.corrcoef(dealt, order)[0, 1]) < 0.1
