"""A film: its clock runs over the values of an option, and each is seen as it ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Film:
    """The values of `option`, `texts` as they are written, each seen for as many frames.

    `groups` are the numbers of the optimizers that are seen with each value; `steps` is how many
    steps the clock counts, all of which every picture has behind it.
    """

    option: str
    texts: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    steps: int

    def at(self, step: float) -> int:
        """The number of the value that is seen when the clock shows `step`."""
        return min(int(step / self.steps * len(self.texts)), len(self.texts) - 1)
