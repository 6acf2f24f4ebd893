"""The scene that tests of what is held and shown look at."""

import pytest

import animate


@pytest.fixture(scope="session")
def race():
    return animate.scene(
        surface="beale",
        optimizers=[{"name": "sgd", "learning_rate": 0.01}, "adam"],
        steps=9,
        timing={"seconds": 1, "fps": 10, "hold": 0},
        style={"size": [320, 240]},
    )
