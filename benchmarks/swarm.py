"""100 000 starts × 1000 Adam steps on Rosenbrock: the engine in one call, and the loop in torch.

    python -m benchmarks.swarm            the engine
    python benchmarks/swarm.py torch      the same race in torch.optim, where torch is installed

Both compute in float64 on all cores. Seconds are the best of three after a first run, which also
compiles. The engine records every so many steps, torch only the end.
"""

import resource
import sys
import time

import numpy as np

STARTS, STEPS, RATE = 100_000, 1000, 0.01


def starts() -> np.ndarray:
    """The same starts for both, [start, 2]."""
    return np.random.default_rng(0).uniform((-2, -1), (2, 3), (STARTS, 2))


def engine() -> np.ndarray:
    """Where the engine's runs end, [start, 2]."""
    from animate.optimizers import OPTIMIZERS
    from animate.simulate import OptimizerRun, trace
    from animate.surfaces import built_in

    optimizer = OptimizerRun("adam", OPTIMIZERS["adam"].make, RATE)
    loss = built_in("rosenbrock", {}).function
    return trace(loss, [optimizer], starts(), STEPS).positions[0, :, -1]


def in_torch() -> np.ndarray:
    """Where torch's runs end, [start, 2]."""
    import torch

    places = torch.tensor(starts(), requires_grad=True)
    adam = torch.optim.Adam([places], lr=RATE)
    for _ in range(STEPS):
        adam.zero_grad()
        x, y = places[:, 0], places[:, 1]
        ((1 - x) ** 2 + 100 * (y - x**2) ** 2).sum().backward()
        adam.step()
    return places.detach().numpy()


def main() -> None:
    way = in_torch if sys.argv[1:] == ["torch"] else engine
    seconds, busy = [], []
    for _ in range(4):
        begin, before = time.perf_counter(), time.process_time()
        ends = way()
        seconds.append(time.perf_counter() - begin)
        busy.append(time.process_time() - before)
    best = min(seconds[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{way.__name__}: first {seconds[0]:.1f} s, then {best:.1f} s")
    print(f"cores busy {min(busy[1:]):.1f} s")
    print(f"{STARTS * STEPS / best / 1e6:.0f} million steps a second, peak {peak:.0f} MB")
    print(f"mean end {ends.mean(0)}, first end {ends[0]}")


if __name__ == "__main__":
    main()
