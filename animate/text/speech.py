"""Words: one language's words and numbers."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from animate.text.surfaces import SURFACE_TITLES
from animate.text.table import COUNTED, WORDS

Language = Literal["en", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUPED_FROM = 10_000
_LARGE, _SMALL = 6, -5
"""Powers of ten from which on, and up to which, a number is written with one."""


@dataclass(frozen=True)
class _Marks:
    decimal: str
    thousands: str


_MARKS: Mapping[Language, _Marks] = {
    "en": _Marks(".", ","),
    "ru": _Marks(",", "\N{NARROW NO-BREAK SPACE}"),
}
assert set(_MARKS) == set(LANGUAGES)


def _slavic(number: int) -> int:
    """0: 1, 21, 31 …; 1: 2 to 4, 22 to 24 …; 2: all others (CLDR's plural rules for Russian)."""
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


_PLURALS: Mapping[Language, Callable[[int], int]] = {
    "en": lambda number: int(number != 1),
    "ru": _slavic,
}
"""The number of the form that goes with a count."""
assert set(_PLURALS) == set(LANGUAGES)


@dataclass(frozen=True)
class Words:
    """What pictures and descriptions say in one language."""

    language: Language = "en"

    def __call__(self, key: str, **values: Any) -> str:
        """The words under `key`, with `values` put in: numbers as the language writes them."""
        said = {
            name: value if isinstance(value, str) else self.number(value)
            for name, value in values.items()
        }
        return WORDS[key][LANGUAGES.index(self.language)].format(**said)

    def counted(self, key: str, number: int) -> str:
        """So many of what stands under `key`, in the form that the number asks for."""
        forms = COUNTED[key][LANGUAGES.index(self.language)]
        return forms[_PLURALS[self.language](number)].format(n=self.number(number))

    def number(self, value: float, digits: int = 6, *, padded: bool = False) -> str:
        """`value` to so many significant digits, with a true minus.

        Zeros at its end are dropped, unless it is to be `padded`.

        Five digits and more before the decimal sign stand in groups of three; the very large and
        the very small are written with a power of ten.
        """
        form = f"#.{digits}g" if padded else f".{digits}g"
        exact = Decimal(f"{value:{form}}") if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            return str(value)
        power = exact.adjusted() if exact else 0
        if not isinstance(value, float) or _SMALL < power < _LARGE:
            return self._marked(exact, padded)
        mantissa = self._marked(exact.scaleb(-power), padded)
        raised = f"10{str(power).translate(_RAISED)}"
        return raised if mantissa == "1" else f"{mantissa} × {raised}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share as percent, with so many decimals: 0.125 is "12.5%"."""
        return self._percents([share], decimals)

    def between(self, values: Any, digits: int = 2) -> str:
        """The range of `values`, as "0.21–0.34", or the one number that they all are."""
        return _joined([self.number(each, digits) for each in _ends(values)])

    def percents(self, shares: Any, decimals: int = 0) -> str:
        """The range of `shares` as percent, as "3.1–12%"."""
        return self._percents(_ends(shares), decimals)

    def _percents(self, shares: Iterable[float], decimals: int) -> str:
        said = [self._marked(Decimal(f"{100 * share:.{decimals}f}")) for share in shares]
        return self("percent", value=_joined(said))

    def _marked(self, exact: Decimal, padded: bool = False) -> str:
        marks = _MARKS[self.language]
        grouped = abs(exact) >= _GROUPED_FROM
        whole, _, part = format(exact, ",f" if grouped else "f").partition(".")
        whole = whole.replace(",", marks.thousands).replace("-", "\N{MINUS SIGN}")
        part = part if padded else part.rstrip("0")
        return f"{whole}{marks.decimal}{part}" if part else whole

    def localised(self, written: str) -> str:
        """A number that matplotlib wrote, plain or as mathtext, with this language's marks."""
        mark = _MARKS[self.language].decimal
        return re.sub(r"(?<=\d)\.(?=\d)", f"{{{mark}}}" if "$" in written else mark, written)

    def factor(self, written: str) -> str:
        """What matplotlib writes beside an axis, such as 1e6, as the factor that it is: ×10⁶."""
        power = re.sub(r"^1e([-−]?\d+)", _raised, written)
        return self.localised(power)

    def title(self, name: str, plain: str) -> str:
        """What the built-in surface `name` is called; `plain` in English and for all others."""
        return plain if self.language == "en" else SURFACE_TITLES.get(name, plain)


def _ends(values: Any) -> tuple[float, float]:
    """The least and the largest number of an array or of nested lists."""
    if getattr(values, "ndim", 1) == 0 or not isinstance(values, Iterable):
        return float(values), float(values)
    ends = [end for each in values for end in _ends(each)]
    return min(ends), max(ends)


def _joined(said: list[str]) -> str:
    return said[0] if len(set(said)) == 1 else f"{said[0]}–{said[-1]}"


def _raised(match: re.Match[str]) -> str:
    return f"×10{match[1].replace('−', '-').translate(_RAISED)}"
