"""Annotations are checked while tests run: a wrong shape is an error where it is handed over."""

import jaxtyping
import numpy as np
import pytest

from animate.simulate.terrain import Terrain


def test_a_wrong_shape_is_found():
    terrain = Terrain(lambda x, y: x + y, ((0.0, 1.0), (0.0, 1.0)))
    with pytest.raises(jaxtyping.TypeCheckError, match="points"):
        terrain.hessians(np.zeros((4, 3)))
