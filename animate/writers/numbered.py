"""Names with a place for a number, such as p-%04d.png: a picture for each frame."""

import re
from dataclasses import dataclass
from pathlib import Path

_PLACE = re.compile(r"%(?:0(?P<digits>[0-9]{1,4})d|d(?![^\W\d_]))")
_ENDING = ".png"


@dataclass(frozen=True)
class Numbered:
    """The files that such a name stands for: `before`, a number of at least `digits`, `after`."""

    folder: Path
    before: str
    after: str
    digits: int

    @classmethod
    def of(cls, path: Path) -> "Numbered | None":
        """What `path` stands for; None where it is the name of one file.

        The place of the number is %0Nd, with zeros in front, or %d unless a word goes on there, as
        in 50%done.png; every other % is itself.
        """
        places = list(_PLACE.finditer(path.name)) if path.suffix.lower() == _ENDING else []
        if len(places) != 1:
            return None
        (place,) = places
        before, after = path.name[: place.start()], path.name[place.end() :]
        return cls(path.parent, before, after, int(place["digits"] or 0))

    def file(self, number: int) -> Path:
        """The file of the frame with that number, from 0."""
        return self.folder / f"{self.before}{str(number).zfill(self.digits)}{self.after}"

    def there(self) -> dict[int, Path]:
        """What is there under such names, in the order of the numbers. Raises OSError."""
        if not self.folder.is_dir():
            return {}
        name = re.compile(f"{re.escape(self.before)}([0-9]{{1,300}}){re.escape(self.after)}")
        found = dict[int, Path]()
        for each in self.folder.iterdir():
            match = name.fullmatch(each.name)
            if match and (file := self.file(int(match[1]))).name == each.name:
                found[int(match[1])] = file
        return dict(sorted(found.items()))
