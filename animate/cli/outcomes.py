"""Who renders the scenes: this process, several processes of this machine, or a cluster."""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from typing import TYPE_CHECKING, TypeVar

from animate.cli.address import Address
from animate.cli.died import WorkerDied
from animate.cli.executors import workers
from animate.cli.handler import Failure, explained
from animate.cli.progress import Stages
from animate.cli.work import RenderOptions, Work, attempt
from animate.errors import AnimateError
from animate.watch import unwatched

if TYPE_CHECKING:
    from animate.cli.elsewhere import Rendered
    from animate.writers import Written

R = TypeVar("R")


def outcomes_of(
    work: Sequence[Work], options: RenderOptions
) -> Generator[list["Written"] | Failure]:
    """What becomes of each piece of work, as soon as it is done."""
    count = min(options.jobs, len(work))
    if not work or (count < 2 and options.cluster is None):
        return (attempt(each) for each in work)
    if options.cluster is not None:
        return _by_cluster(work, options.cluster, options)
    return _by_processes(work, count, options)


def _by_processes(
    work: Sequence[Work], count: int, options: RenderOptions
) -> Generator[list["Written"] | Failure]:
    """They write the files; where they end early, what they have left is removed."""
    from animate.writers.staging import swept

    targets = [target for each in work for target in each.targets]
    with swept(targets), workers(count, None, code=options.trust.code) as executor:
        yield from _results(executor, attempt, work)


def _by_cluster(
    work: Sequence[Work], address: Address, options: RenderOptions
) -> Generator[list["Written"] | Failure]:
    """They send the files, which are written here; one scene alone is drawn here."""
    from animate.cli.elsewhere import rendered

    watch = unwatched if options.quiet else Stages(address.name, bar=False)
    with workers(1, address, code=options.trust.code) as executor:
        if len(work) == 1:
            yield attempt(work[0], executor)
            return
        for done, each in enumerate(_results(executor, rendered, work), start=1):
            watch("scenes", done, len(work))
            yield _landed(each, options)


def _landed(each: "Rendered | Failure", options: RenderOptions) -> "list[Written] | Failure":
    from animate.cli.elsewhere import landed

    try:
        return each if isinstance(each, Failure) else landed(each)
    except AnimateError as error:
        return _told(error, debug=options.debug)


def _results(
    executor: Executor, call: Callable[[Work], R], work: Sequence[Work]
) -> Iterator[R | Failure]:
    """What the call gives for each, as soon as it is there, or why there is nothing."""
    futures = {executor.submit(call, each): each for each in work}
    executor.shutdown(wait=False)
    for future in as_completed(futures):
        each = futures.pop(future)  # its bytes are not kept until the last is there
        try:
            yield future.result()
        except WorkerDied as error:
            yield Failure(f"{each.script.origin.name}: {error}", error.status)
        except Exception as error:
            yield _told(error, debug=each.options.debug)


def _told(error: Exception, *, debug: bool) -> Failure:
    """What is told of the error. Raises it where it is a mistake of the program, or to `debug`."""
    failure = explained(error)
    if failure is None or debug:
        raise error
    return failure
