"""The words and numbers of pictures and descriptions, in one language."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias, cast, get_args

from animate.text import en, ru

Language = Literal["en", "ru"]
Numbers: TypeAlias = "float | Iterable[Numbers]"
"""A number, an array or nested lists of them."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUPED_FROM = 10_000
"""Numbers from this on have their digits in groups of three."""
_LARGE, _SMALL = 6, -5
"""Powers of ten from which on, and up to which, a number is written with a power of ten."""


class Tables(Protocol):
    """What the module of a language holds."""

    DECIMAL: str
    THOUSANDS: str
    WORDS: Mapping[str, str]
    CLAUSES: Mapping[str, tuple[str, str]]
    COUNTED: Mapping[str, tuple[str, ...]]
    SURFACES: Mapping[str, str]
    plural: Callable[[int], int]


LANGUAGES: Mapping[Language, Tables] = {"en": en, "ru": ru}
assert set(LANGUAGES) == set(get_args(Language))


@dataclass(frozen=True)
class Words:
    """What pictures and descriptions say in one language."""

    language: Language = "en"

    @property
    def _tables(self) -> Tables:
        return LANGUAGES[self.language]

    def __call__(self, key: str, **values: str | float) -> str:
        """The text under `key`, with `values` put in; numbers are written as by `number`.

        >>> Words("ru")("log scale", what="потери")
        'потери, лог. шкала'
        """
        return self._filled(self._tables.WORDS[key], values)

    def clause(self, key: str, count: int, **values: str | float) -> str:
        """The clause under `key`, in the singular where its subject is `count` = 1 name.

        >>> Words("en").clause("diverges", 2, names="SGD and Adam")
        'SGD and Adam diverge'
        """
        return self._filled(self._tables.CLAUSES[key][count != 1], values)

    def counted(self, key: str, number: int) -> str:
        """`number` and the noun under `key`, in the form that goes with it.

        >>> Words("ru").counted("step", 22)
        '22 шага'
        """
        forms = self._tables.COUNTED[key]
        return forms[self._tables.plural(number)].format(n=self.number(number))

    def _filled(self, text: str, values: Mapping[str, str | float]) -> str:
        return text.format_map(
            {
                name: value if isinstance(value, str) else self.number(value)
                for name, value in values.items()
            }
        )

    def number(self, value: float, digits: int = 6, *, padded: bool = False) -> str:
        """`value` to `digits` significant digits, with a minus sign; an int in full.

        Zeros at the end are dropped unless `padded`. Five and more digits before the decimal mark
        stand in groups of three; very large and very small numbers have a power of ten.

        >>> Words("en").number(-12345.678, 7)
        '−12,345.68'
        >>> Words("ru").number(2.5e-7)
        '2,5 × 10⁻⁷'
        """
        form = f"#.{digits}g" if padded else f".{digits}g"
        exact = Decimal(f"{value:{form}}") if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            return str(value)
        power = exact.adjusted() if exact else 0
        if not isinstance(value, float) or _SMALL < power < _LARGE:
            return self._marked(exact, padded)
        mantissa = self._marked(exact.scaleb(-power), padded)
        raised = f"10{str(power).translate(_SUPERSCRIPTS)}"
        return raised if mantissa == "1" else f"{mantissa} × {raised}"

    def percent(self, share: float, decimals: int = 0) -> str:
        """`share` as a percentage: 0.125 with one decimal is "12.5%"."""
        return self._percents([share], decimals)

    def between(self, values: Numbers, digits: int = 2) -> str:
        """The range of `values`, as "0.21–0.34", or their common value."""
        return _range([self.number(each, digits) for each in _ends(values)])

    def percents(self, shares: Numbers, decimals: int = 0) -> str:
        """The range of `shares` as percentages, as "3.1–12%"."""
        return self._percents(_ends(shares), decimals)

    def _percents(self, shares: Iterable[float], decimals: int) -> str:
        written = [self._marked(Decimal(f"{100 * share:.{decimals}f}")) for share in shares]
        return self("percent", value=_range(written))

    def _marked(self, exact: Decimal, padded: bool = False) -> str:
        exact = exact or abs(exact)  # nothing is −0
        grouped = abs(exact) >= _GROUPED_FROM
        whole, _, part = format(exact, ",f" if grouped else "f").partition(".")
        whole = whole.replace(",", self._tables.THOUSANDS).replace("-", "\N{MINUS SIGN}")
        part = part if padded else part.rstrip("0")
        return f"{whole}{self._tables.DECIMAL}{part}" if part else whole

    def localised(self, written: str) -> str:
        """A number by matplotlib, plain or as mathtext, with this language's decimal mark."""
        mark = self._tables.DECIMAL
        return re.sub(r"(?<=\d)\.(?=\d)", f"{{{mark}}}" if "$" in written else mark, written)

    def factor(self, written: str) -> str:
        """What matplotlib writes beside an axis, such as 1e6, as a factor: ×10⁶."""
        power = re.sub(r"^1e([-−]?\d+)", _power_of_ten, written)
        return self.localised(power)

    def title(self, name: str, plain: str) -> str:
        """The title of the surface `name`; `plain` where the language has none of its own."""
        return self._tables.SURFACES.get(name, plain)


def _ends(values: Numbers) -> tuple[float, float]:
    """The least and the largest number of an array or of nested lists."""
    if getattr(values, "ndim", 1) == 0 or not isinstance(values, Iterable):
        number = float(cast("float", values))  # an array without axes is one, too
        return number, number
    ends = [end for each in values for end in _ends(each)]
    return min(ends), max(ends)


def _range(written: list[str]) -> str:
    return written[0] if len(set(written)) == 1 else f"{written[0]}–{written[-1]}"


def _power_of_ten(match: re.Match[str]) -> str:
    return f"×10{match[1].replace('−', '-').translate(_SUPERSCRIPTS)}"
