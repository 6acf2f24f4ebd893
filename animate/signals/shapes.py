"""The gradients that an optimizer may meet, one shape at a time."""

import numpy as np

from animate.signals.table import Count, Period, Positive, Share, Steps, signal


@signal
def spikes(t: Steps, *, period: Period = 60, first: Count = 10, height: Positive = 1.0) -> Steps:
    """One step of a large gradient in every period, and none between them.

    g(t) = height at t = first, first + period, …; 0 at all others.
    """
    return np.where((t >= first) & ((t - first) % period == 0), height, 0.0)


@signal
def rectangles(t: Steps, *, period: Period = 40, height: Positive = 1.0) -> Steps:
    """A constant gradient whose sign turns after every half period."""
    return np.where(t % period < period / 2, height, -height)


@signal
def sine(t: Steps, *, period: Positive = 120.0, height: Positive = 1.0) -> Steps:
    """A gradient that grows, falls and turns smoothly: height · sin(2π t / period)."""
    return height * np.sin(2 * np.pi * t / period)


@signal
def sawtooth(
    t: Steps,
    *,
    period: Period = 20,
    height: Positive = 1.0,
    lower_from: Count = 80,
    lower: Share = 0.25,
) -> Steps:
    """Teeth that rise and break off; from step `lower_from` on only `lower` as high.

    g(t) = height · (t mod period + 1) / period, and `lower` times that later.
    """
    teeth = height * (t % period + 1) / period
    return np.where(t < lower_from, teeth, lower * teeth)


@signal
def saturation(t: Steps, *, period: Period = 80, height: Positive = 1.0) -> Steps:
    """A gradient for half a period and none for the other half, as of a unit that saturates."""
    return np.where(t % period < period / 2, height, 0.0)
