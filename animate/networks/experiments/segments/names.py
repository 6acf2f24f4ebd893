"""What the runs of the experiment segments are called."""

from animate.optimizers import OPTIMIZERS
from animate.text import Words


def names_of(words: Words) -> tuple[str, ...]:
    """The names of the runs SGD, ADAM, RMSPROP, AGAIN, CHANGED and GONE_ON, short ones."""
    sgd, adam, rmsprop = (
        str(OPTIMIZERS[name].facts["title"]) for name in ("sgd", "adam", "rmsprop")
    )
    again = f"{sgd},\n{words('run again')}"
    return sgd, adam, rmsprop, again, f"{sgd}\n→ {adam}", again
