"""Who computes beside this process: the one place that chooses."""

from collections.abc import Generator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec

from animate.cli.address import Address
from animate.errors import UsageError


@contextmanager
def workers(count: int, address: Address | None, *, code: bool) -> Generator[Executor]:
    """An executor of `count` processes of this machine, or of the cluster at the address.

    With `code`, calls may run code of the user's. Raises UsageError where a cluster cannot be
    spoken to, AnimateError as `cluster` does.
    """
    if address is None:
        from animate.cli.processes import Processes

        with Processes(count) as processes:
            yield processes
        return
    for module in ("distributed", "cryptography"):
        if find_spec(module) is None:
            raise UsageError(
                f"--cluster needs {module}, which is not installed: "
                "pip install 'animate-optimization[cluster]'"
            )
    from animate.cli.cluster import cluster

    with cluster(address, code=code) as executor:
        yield executor
