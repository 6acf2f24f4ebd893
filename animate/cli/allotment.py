"""What a worker takes of its machine: processors of its own, and sums split as elsewhere.

Each worker computes on its own processors: threads of several that share these wait for each
other. But XLA and BLAS split sums by the number of their threads, which rounds otherwise for each
number, so that every worker has as many of them as the process that it works for would have. Both
together give the same bytes wherever they are computed.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_XLA_THREADS = "PJRT_NPROC"
"""What XLA takes for the number of processors."""
_THREADS = Path("/proc/self/task")


@dataclass(frozen=True)
class Allotment:
    """So many `threads` in XLA and BLAS, all of them on the `processors`, by their numbers; none:
    on whichever there are."""

    threads: int
    processors: tuple[int, ...] = ()

    def take(self) -> None:
        """Let this process and what it begins keep to it; before JAX computes."""
        os.environ[_XLA_THREADS] = str(self.threads)
        import_module("numpy")  # its BLAS counts the processors when it is imported
        if find_spec("threadpoolctl"):
            import_module("threadpoolctl").threadpool_limits(self.threads)
        if self.processors and sys.platform == "linux":
            for thread in _THREADS.iterdir():
                with suppress(OSError):  # it has ended, or the container forbids it
                    os.sched_setaffinity(int(thread.name), self.processors)


def threads_here() -> int:
    """The threads that XLA and BLAS have in this process."""
    given = os.environ.get(_XLA_THREADS, "")
    return int(given) if given.isdecimal() and int(given) else len(processors_here())


def processors_here() -> Sequence[int]:
    """The numbers of the processors that this process may use."""
    if sys.platform == "linux":
        return sorted(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)


def one_each(count: int) -> list[Allotment]:
    """One processor of this machine for each of `count` workers."""
    mine, threads = processors_here(), threads_here()
    return [Allotment(threads, (mine[k % len(mine)],)) for k in range(count)]
