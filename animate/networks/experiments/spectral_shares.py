"""What is counted of all eigenvalues of a Hessian: those near zero, zero, and below it."""

import numpy as np

NEAR = 1e-3
"""Eigenvalues are near zero below this share of the largest."""
_ROUNDING = 1e-10
"""Eigenvalues below this share of the largest are zero but for rounding, and have no sign."""


def share_near(eigenvalues: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """The share [...] of `eigenvalues` [..., P] with |λ| below NEAR times the `largest` [...]."""
    return (np.abs(eigenvalues) < NEAR * largest[..., None]).mean(axis=-1)


def share_negative(eigenvalues: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """The share [...] of `eigenvalues` [..., P] below zero beyond the rounding of the `largest`
    [...]."""
    return (eigenvalues < -_ROUNDING * largest[..., None]).mean(axis=-1)


def count_zero(eigenvalues: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """The number [...] of `eigenvalues` [..., P] that are zero but for the rounding of the
    `largest` [...]."""
    return (np.abs(eigenvalues) < _ROUNDING * largest[..., None]).sum(axis=-1)
