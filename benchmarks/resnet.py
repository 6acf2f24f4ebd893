"""What the plane of a ResNet-20 on CIFAR-10 takes on 1, 8 and 64 workers, planned.

`python -m benchmarks.resnet > benchmarks/resnet.md`: the images a second of which one processor
computes the loss, measured over several batches by the processor's own seconds; and from that the
hours for 51 × 51 points of all 50 000 images. The network is that of K. He et al. (2016) with 270
thousand weights, its images are random numbers: what they show changes no time.
"""

import os
import platform
import statistics
from time import process_time

import numpy as np

POINTS, IMAGES, SIDE, BATCH, RUNS = 51 * 51, 50_000, 32, 250, 9
WIDTHS, BLOCKS, CLASSES = (16, 32, 64), 3, 10
WORKERS = (1, 8, 64)
ESTIMATE = 2_000
"""Images of `samples: 2000`, which gives an estimate with its standard error."""


def weights() -> dict[str, np.ndarray]:
    """Random weights of the network: kernels [3, 3, in, out], scales and shifts after each, and the
    last layer."""
    draws, found, before = np.random.default_rng(0), dict[str, np.ndarray](), 3
    for name, width in [("first", 16), *_convolutions()]:
        deviation = (2 / (9 * before)) ** 0.5
        found[name] = draws.normal(0, deviation, (3, 3, before, width)).astype("f4")
        found[f"{name} scale"] = np.ones(width, "f4")
        found[f"{name} shift"] = np.zeros(width, "f4")
        before = width
    found["last"] = draws.normal(0, 0.1, (before, CLASSES)).astype("f4")
    return found


def _convolutions() -> list[tuple[str, int]]:
    """Names and widths of the convolutions in the blocks, in order."""
    return [
        (f"{stage}.{block}.{half}", width)
        for stage, width in enumerate(WIDTHS)
        for block in range(BLOCKS)
        for half in range(2)
    ]


def images_a_second() -> float:
    """Of which one processor computes the loss, the median of several batches."""
    import jax
    import jax.numpy as jnp

    def convolved(x: jax.Array, p: dict[str, jax.Array], name: str, stride: int = 1) -> jax.Array:
        sides = ("NHWC", "HWIO", "NHWC")
        y = jax.lax.conv_general_dilated(x, p[name], (stride,) * 2, "SAME", dimension_numbers=sides)
        centred = (y - y.mean((0, 1, 2))) / jnp.sqrt(y.var((0, 1, 2)) + 1e-5)
        return p[f"{name} scale"] * centred + p[f"{name} shift"]

    def loss(p: dict[str, jax.Array], x: jax.Array, labels: jax.Array) -> jax.Array:
        x = jax.nn.relu(convolved(x, p, "first"))
        for stage, width in enumerate(WIDTHS):
            for block in range(BLOCKS):
                stride = 2 if stage and not block else 1
                y = jax.nn.relu(convolved(x, p, f"{stage}.{block}.0", stride))
                y = convolved(y, p, f"{stage}.{block}.1")
                short = x[:, ::stride, ::stride]
                short = jnp.pad(short, ((0, 0), (0, 0), (0, 0), (0, width - short.shape[-1])))
                x = jax.nn.relu(y + short)
        scores = jax.nn.log_softmax(x.mean((1, 2)) @ p["last"])
        return -jnp.take_along_axis(scores, labels[:, None], 1).mean()

    draws, compiled = np.random.default_rng(1), jax.jit(loss)
    batch = draws.normal(size=(BATCH, SIDE, SIDE, 3)).astype("f4")
    labels, start = draws.integers(0, CLASSES, BATCH), weights()
    float(compiled(start, batch, labels))
    taken: list[float] = []
    for _ in range(RUNS):
        begun = process_time()
        float(compiled(start, batch, labels))
        taken.append(process_time() - begun)
    return BATCH / statistics.median(taken)


def main() -> None:
    """Print the plan."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # a worker has one processor
    rate, count = images_a_second(), sum(each.size for each in weights().values())
    each = SIDE * SIDE * 3 * 4
    print("# A ResNet-20 on CIFAR-10, planned\n\nBy `python -m benchmarks.resnet`.\n")
    machine = f"{platform.system()}, Python {platform.python_version()}, one processor"
    lines = [
        f"{machine}: the loss of {rate:,.0f} images a second, {BATCH} at a time.",
        f"{POINTS:,} points × {IMAGES:,} images = {POINTS * IMAGES / 1e6:,.0f} million images.",
        f"A worker holds {IMAGES * each / 1e6:,.0f} MB of images, and of {count:,} weights, two",
        f"directions and a centre {3 * 4 * count / 1e6:.1f} MB; what comes back is",
        f"{8 * POINTS / 1e3:.0f} kB of losses.",
    ]
    print("\n".join(lines) + "\n")
    print(f"| workers | all {IMAGES:,} images, h | `samples: {ESTIMATE}`, h |\n|---|---|---|")
    for workers in WORKERS:
        hours = POINTS * IMAGES / rate / workers / 3600
        print(f"| {workers} | {hours:.1f} | {hours * ESTIMATE / IMAGES:.2f} |")


if __name__ == "__main__":
    main()
