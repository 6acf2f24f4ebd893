"""The small race whose widget the tests look at."""

import animate

RATE = "optimizers.adam.learning_rate"
SGD = {"name": "sgd", "learning_rate": 0.01}
ADAM = {"name": "adam", "learning_rate": 0.1}
SMALL = {"seconds": 1, "fps": 10, "hold": 0}


def scene(**parts):
    usual = {
        "surface": "beale",
        "optimizers": [SGD, ADAM],
        "steps": 12,
        "timing": SMALL,
        "style": {"size": [320, 240]},
    }
    return animate.scene(**{**usual, **parts})


def widget(sliders=None, **parts):
    return animate.Widget(scene(**parts), sliders=sliders or {RATE: (1e-3, 1)})
