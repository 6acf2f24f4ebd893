"""What each experiment takes before it is begun, from its options: see `animate.networks.work`."""

from collections.abc import Sequence

from animate.networks.work import NOTHING, Work, calculation, sampling, training, weights

_DIGITS, _HELD_OUT = 1797, 0.3
_PIXELS, _CLASSES = 64, 10
_LEARNED = round(_DIGITS * (1 - _HELD_OUT))
"""Examples to learn from, where an experiment takes all of the digits."""
_DOUBLE = 8
"""Bytes."""
_EIGENVALUES = 25.0
"""Operations of an eigenvalue decomposition, times the cube of the side."""
_SLICE_STEPS, _SLICE_KEPT, _SLICE_BATCH = 1500, 200, 64


def _classifier(hidden: Sequence[int]) -> tuple[int, ...]:
    return (_PIXELS, *hidden, _CLASSES)


def _hessians(size: int, count: float, held: int, examples: float) -> Work:
    """`count` Hessians and their eigenvectors, `held` of them at once."""
    operations = count * (6.0 * size**2 * examples + _EIGENVALUES * size**3)
    return calculation(operations, 4.0 * _DOUBLE * held * size**2)


def saddles(*, hidden: int, steps: int, kept: int, seeds: Sequence[int], **_: object) -> Work:
    size, points = 32 * hidden, len(seeds) * (kept + 1)
    descent = calculation(6.0 * 16 * size * steps * len(seeds), rounds=steps)
    return descent + _hessians(size, 2 * points, points, 16)


def same_loss(*, runs: int, hidden: Sequence[int], batch: int, steps: int, kept: int, **_) -> Work:
    layers = _classifier(hidden)
    run = training(layers, runs=runs, examples=_LEARNED, batch=batch, steps=steps, kept=kept)
    seen = sampling(layers, points=runs * kept, examples=_DIGITS - _LEARNED)
    return run + seen + Work(2.0 * _DOUBLE * runs * kept * weights(layers), 0.0)


def escape_directions(
    *, hidden: int, samples: int, paths: int, iterations: int, seeds: Sequence[int], **_
) -> Work:
    size, points = weights((4, hidden, 3)), 16 * paths
    return _hessians(size, len(seeds) * points * (iterations + 2.0), 2 * points, samples)


def bad_minima(
    *,
    widths: Sequence[int],
    starts_each: int,
    samples: int,
    steps: int,
    kept: int,
    seeds: Sequence[int],
    **_,
) -> Work:
    options = {"examples": samples, "batch": None, "steps": steps, "kept": kept}
    each = (training((2, width, 2), runs=starts_each, **options) for width in widths)
    return sum(each, NOTHING).times(len(seeds))


def mode_connectivity(
    *,
    pairs: int,
    hidden: Sequence[int],
    batch: int,
    steps: int,
    curve_steps: int,
    kept: int,
    resolution: int,
    **_,
) -> Work:
    layers, places = _classifier(hidden), 61 * pairs * (kept + 1)
    options = {"examples": _LEARNED, "batch": batch}
    ends = training(layers, runs=2 * pairs, steps=steps, kept=1, **options)
    curves = training(layers, runs=pairs, steps=curve_steps, kept=kept, **options)
    seen = sampling(layers, points=resolution**2 + 2 * places, examples=_LEARNED)
    return ends + curves + seen + Work(2.0 * _DOUBLE * places * weights(layers), 0.0)


def sharpness(
    *,
    batches: Sequence[int],
    hidden: Sequence[int],
    learning_rate: float,
    other_rate: float,
    steps: int,
    seeds: Sequence[int],
    alphas: Sequence[float],
    **_,
) -> Work:
    layers = _classifier(hidden)
    options = {"runs": len(seeds), "examples": _LEARNED, "kept": 400}
    runs = (
        training(layers, batch=batch, steps=longer, **options)
        for longer in (steps, steps * learning_rate / other_rate)
        for batch in batches
    )
    products = 100 * (4 * len(seeds) + 2 * len(alphas))
    return sum(runs, NOTHING) + sampling(layers, points=products, examples=_LEARNED)


def _slices(hidden: Sequence[int], samples: int, resolution: int, seeds: Sequence[int]) -> Work:
    layers, runs = _classifier(hidden), len(seeds)
    options = {"batch": _SLICE_BATCH, "steps": _SLICE_STEPS, "kept": _SLICE_KEPT}
    run = training(layers, runs=runs, examples=samples, **options)
    return run + sampling(layers, points=runs * resolution**2, examples=samples)


def skip_connections(*, depth: int, width: int, resolution: int, seeds: Sequence[int], **_) -> Work:
    return _slices((width,) * depth, 512, resolution, seeds).times(3)


def width(
    *,
    widths: Sequence[int],
    depths: Sequence[int],
    depth_width: int,
    depth: int,
    resolution: int,
    samples: int,
    seeds: Sequence[int],
    **_,
) -> Work:
    networks = [(each,) * depth for each in widths] + [(depth_width,) * each for each in depths]
    each = (_slices(hidden, samples, resolution, seeds) for hidden in networks)
    return sum(each, NOTHING)


def trainability(
    *,
    width: int,
    examples: int,
    steps: int,
    resolution: int,
    levels: int,
    seeds: Sequence[int],
    **_,
) -> Work:
    trainings = levels * resolution**2 * (1 + len(seeds))
    operations = 6.0 * (width**2 + width) * examples * steps * trainings
    return calculation(operations, _DOUBLE * 512.0 * (width * (width + examples) + steps))


def swa(
    *,
    hidden: Sequence[int],
    batch: int,
    begins: int,
    steps: int,
    every: int,
    resolution: int,
    seeds: Sequence[int],
    **_,
) -> Work:
    layers, kept = _classifier(hidden), max(steps - begins, 0) // every + 1
    options = {"runs": len(seeds), "examples": _LEARNED, "batch": batch}
    run = training(layers, steps=steps, kept=kept, **options)
    points = resolution**2 + 3 * len(seeds) * kept
    means = Work(2.0 * _DOUBLE * len(seeds) * kept * weights(layers), 0.0)
    return run + means + sampling(layers, points=points, examples=_LEARNED)
