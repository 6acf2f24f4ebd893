"""Learning rates that were searched for and not settled: what the picture and the program say."""

import pytest

from animate import pipeline
from animate.errors import Remark
from animate.scene.load import read

FLAT = """
surface: {formula: "5 + 0*x", window: [[-1, 1], [-1, 1]]}
optimizers: [{name: sgd, learning_rate: 0.1}, adam]
start: [0.5, 0.5]
steps: 20
style: {size: [480, 360]}
"""


def test_where_nothing_moves_no_rate_is_shown_as_found(tmp_path):
    path = tmp_path / "flat.yaml"
    path.write_text(FLAT)
    with pytest.warns(Remark, match="adam: no learning rate .* nothing moves"):
        view = pipeline.stage(read(path).scene).view
    assert view.notes == ("0.1", "nothing moves")
