"""What is told of a scene of keywords that cannot be."""

import pytest

import animate
from animate.errors import SceneError

SGD = {"name": "sgd", "learning_rate": 0.05}


def refusal(**parts):
    """The lines about a scene of the optimizer SGD with `parts`."""
    with pytest.raises(SceneError) as caught:
        animate.scene(**{"optimizers": [SGD], **parts})
    return list(caught.value.lines)
