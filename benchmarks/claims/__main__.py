"""The article's claims, each number computed a second time: `python -m benchmarks.claims`.

Nothing of the experiments is imported: what a rendered scene left in the cache ($ANIMATE_CACHE,
else the user's own) is opened as the archive that it is, and from the weights, paths and examples
in it every number is computed anew with NumPy and SciPy in double precision: other code, another
precision, exact Hessians or ARPACK where the program has Lanczos. `asked` is what was known before
the experiment was written; what differs from it is explained.
"""

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from benchmarks.claims.critical import bad_minima, escape_directions, saddles
from benchmarks.claims.generalised import width_generalises
from benchmarks.claims.lines import segments, wide_and_narrow
from benchmarks.claims.row import Row, opened
from benchmarks.claims.slices import skip_connections, trainability, width
from benchmarks.claims.spectrum import degenerate_skips, hessian_spectrum, saddle_free, walk
from benchmarks.claims.trained import mode_connectivity, same_loss, sharpness, swa

CLAIMS: dict[str, Callable[[SimpleNamespace], Iterator[Row]]] = {
    check.__name__: check
    for check in (
        saddles, same_loss, escape_directions, bad_minima, mode_connectivity, sharpness,
        skip_connections, width, trainability, swa, hessian_spectrum, walk,
        wide_and_narrow, segments,
        width_generalises, degenerate_skips, saddle_free,
    )
}  # fmt: skip


def main(names: list[str]) -> None:
    """Print the table."""
    print("# The claims, computed a second time\n")
    print((__doc__ or "").partition("\n\n")[2].strip() + "\n")
    print("| claim | number | seeds | found | asked | verdict | why it differs |")
    print("|---|---|---|---|---|---|---|")
    for name in names or CLAIMS:
        for row in CLAIMS[name](opened(name)):
            print(row.line(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
