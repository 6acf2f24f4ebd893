"""What an .npz file holds, once it is closed."""

from pathlib import Path

import numpy as np


def arrays_of(path: str | Path) -> dict[str, np.ndarray]:
    """Its arrays by their names."""
    with np.load(path) as file:
        return dict(file)
