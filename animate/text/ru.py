"""What pictures and descriptions say in Russian, and how its numbers are written."""

from collections.abc import Mapping

from animate.text.ru_experiments import EXPERIMENTS
from animate.text.ru_networks import NETWORK_CLAUSES, NETWORKS
from animate.text.ru_page import PAGE
from animate.text.ru_titles import TITLES
from animate.text.ru_workshop import WORKSHOP

__all__ = ["CLAUSES", "COUNTED", "DECIMAL", "THOUSANDS", "TITLES", "WORDS", "plural"]

DECIMAL: str = ","
THOUSANDS: str = "\N{NARROW NO-BREAK SPACE}"


def plural(number: int) -> int:
    """The form that goes with a count: 0 for 1, 21, 31 …; 1 for 2 to 4, 22 to 24 …; else 2.

    These are CLDR's plural rules for Russian.
    """
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


WORDS: Mapping[str, str] = {
    # legend
    "learning rate": "скорость обучения",
    "schedule": "расписание",
    "rate at bound": "{rate}, край поиска",
    "any rate": "ничто не движется",
    "of total": "из {total}",
    "lost": "✕ шаг {step}",
    "arrived": "★ {step}",
    "arrivals": "★ шаг прибытия",
    "held out end": "{loss}, на отложенной {held}",
    "share of starts": "доля стартов",
    "no minimum": "не в минимуме",
    "valley floor": "дно долины",
    "higher valley floor": "дно долины повыше",
    "and more": "и ещё {count}",
    "height": "высота над низшей точкой",
    "log scale": "{what}, лог. шкала",
    "log above": "{what}, лог. высоты над низшей точкой",
    "arrow gradient": "градиентный шаг",
    "arrow momentum": "импульс",
    "arrow update": "весь шаг",
    "arrow lookahead": "взгляд вперёд",
    # axes
    "step": "шаг",
    "loss": "потери",
    "loss of the dots": "потери точек",
    "loss in view": "потери в кадре",
    "symlog scale": "{what}, симм. лог. шкала",
    "median and quartiles": "{what}: медиана и квартили",
    "ended as infinite": "{what}; {ended} ({count} из {total}) считаются за ∞",
    "ended left out": "{what}; {ended} ({count} из {total}) не учитываются",
    "ended by divergence": "разошедшиеся",
    "ended off the surface": "ушедшие с поверхности",
    "ended either way": "разошедшиеся и ушедшие с поверхности",
    "steps taken": "шаги",
    "gradient norm": "норма градиента",
    "distance": "расстояние до минимума",
    "distance to the nearest": "расстояние до ближайшего минимума",
    "coordinates": "координаты",
    "curvature": "кривизна",
    "curvature of all weights": "собственные значения гессиана",
    "larger": "большая",
    "smaller": "меньшая",
    "largest": "наибольшее",
    "smallest": "наименьшее",
    "no rule": "правило неизвестно: {names}",
    "ways down": "отрицательных кривизн:",
    "effective rate": "эффективная скорость обучения",
    "velocity": "скорость",
    "mean": "среднее градиентов",
    "squares": "запомненные квадраты градиентов",
    "steps": "запомненные квадраты шагов",
    "angle of gradients": "угол к прошлому градиенту, °",
    "step over rate": "шаг ÷ скорость обучения",
    "grey gradient": "серым: градиент",
    "grey gradient to scale": "серым: градиент, до {largest}",
    "length of": "{what}, длина",
    "along the step": "вдоль шага (длина шага = 1)",
    "along the gradient": "против градиента (длина шага = 1)",
    # descriptions
    "runs from one start": "{title}: {optimizers} из точки {start}, {steps}.",
    "runs from own starts": "{title}: {optimizers}, {steps}. Начинают: {each}.",
    "swept": "{name}, {values}",
    "swept values": "{values} ({option} от {low} до {high}; описаны {told})",
    "swept beside": "{values} ({option})",
    "beside swept": "{optimizers}, {swept}",
    "own start": "{names} в точке {place}",
    "runs from several starts": "{title}: {optimizers}, {starts}, {steps}.",
    "training of a network": "{title}: {optimizers}, {steps}.",
    "point": "({x}; {y})",
    "place on a line": "{axis} = {x}",
    "and others": "ещё {count}",
    "last of list": "{before} и {last}",
    "at step": "{name} (шаг {step})",
    "in steps": "{name} (шаги {first}–{last})",
    "in several steps": "{name} (шаги {spans})",
    "a minimum": "минимум",
    "a local minimum": "местный минимум",
    "a saddle": "седло",
    "a maximum": "максимум",
    "saddle": "седла {place}",
    "maximum": "максимума {place}",
    "far away": "В конце до минимума {place} остаётся: {each}.",
    "far from local": "В конце до локального минимума {place} остаётся: {each}.",
    "recording ends": "Запись кончается раньше других: {each}.",
    "last loss": "Потери в конце: {each}.",
    "each": "{name} ({value})",
    "answers to a signal": "{title}: {optimizers}, {steps}.",
    "longest step": "{name} ({value}; шаг {step})",
    "longest steps": "Самые длинные шаги, делённые на скорость обучения: {each}.",
    "shares": "{name}, доли запусков: {parts}.",
    "share in minimum": "в минимуме {place} — {share}",
    "share in local": "в локальном минимуме {place} — {share}",
    "share in local basin": "в области локального минимума {place} — {share}",
    "share in basin": "в области минимума {place} — {share}",
    "share on floor": "на дне долины равных минимумов — {share}",
    "share on higher floor": "на дне более высокой долины равных минимумов — {share}",
    "share in others": "в других минимумах — {share}",
    "share elsewhere": "в других местах — {share}",
    "share lost": "расходится — {share}",
    "share strayed": "уходит с поверхности — {share}",
    "percent": "{value}\N{NO-BREAK SPACE}%",
    "out of": "{count} из {total}",
    "in some of": "в {count} из {total}",
    "in none of": "ни в одном из {total}",
    "none": "ни одного",
    "all": "все\N{NO-BREAK SPACE}{total}",
    # a network on a plane
    "network title": "Потери нейросети на плоскости",
    "statistics recomputed": "Статистики пакетной нормализации вычислены заново в каждой точке.",
    "statistics kept": (
        "Статистики пакетной нормализации на плоскости взяты из одной контрольной точки."
    ),
    "plane of samples": (
        "Плоскость построена по {samples} примерам из {examples}: в концах путей стандартная "
        "ошибка не больше {error}."
    ),
    "ends on both": "В конце {what} на обучающей / отложенной выборке: {each}.",
    "ends on train": "В конце {what}: {each}.",
    "accuracy": "точность",
    "own metric": "своя мера",
    "on held out": "{what} на отложенной выборке",
    "network title of": "Сеть на плоскости: {what}",
    "axis of variance": "{axis} ({share} дисперсии)",
    "principal component": "главная компонента {number}",
    "random direction": "случайное направление {number}",
    "filter normalised direction": "нормированное по фильтрам {number}",
    "own direction": "направление {number}",
    "hessian direction": "гессиан, λ = {value}",
    "towards the second": "от первой точки ко второй",
    "towards the third": "в сторону третьей точки",
    "true loss": "истинные потери; точками — на плоскости",
    **NETWORKS,
    **EXPERIMENTS,
    **PAGE,
    **WORKSHOP,
}

CLAUSES: Mapping[str, tuple[str, str]] = {
    "reaches": ("{names} доходит до минимума {place}", "{names} доходят до минимума {place}"),
    "reaches a local minimum": (
        "{names} доходит до локального минимума {place}",
        "{names} доходят до локального минимума {place}",
    ),
    "reaches a floor": (
        "{names} доходит до дна долины равных минимумов",
        "{names} доходят до дна долины равных минимумов",
    ),
    "reaches a higher floor": (
        "{names} доходит до дна более высокой долины равных минимумов",
        "{names} доходят до дна более высокой долины равных минимумов",
    ),
    "overshoots": (
        "{names} проскакивает минимум {place}",
        "{names} проскакивают минимум {place}",
    ),
    "overshoots a local minimum": (
        "{names} проскакивает локальный минимум {place}",
        "{names} проскакивают локальный минимум {place}",
    ),
    "diverges": ("{names} расходится", "{names} расходятся"),
    "strays": ("{names} уходит с поверхности", "{names} уходят с поверхности"),
    "leaves": (
        "{names} уходит из окна и не возвращается",
        "{names} уходят из окна и не возвращаются",
    ),
    "leaves upwards": (
        "{names} уходит из окна, потери растут",
        "{names} уходят из окна, потери растут",
    ),
    "nearer": (
        "{names} заканчивает ближе, но выше",
        "{names} заканчивают ближе, но выше",
    ),
    "stalls at": ("{names} застревает у {at}", "{names} застревают у {at}"),
    "lingers at": ("{names} задерживается у {at}", "{names} задерживаются у {at}"),
    "stalls on a plateau": ("{names} застревает на плато", "{names} застревают на плато"),
    "lingers on a plateau": ("{names} задерживается на плато", "{names} задерживаются на плато"),
    **NETWORK_CLAUSES,
}
"""What one run does, and what several do."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "step": ("{n} шаг", "{n} шага", "{n} шагов"),
    "start": ("{n} начальная точка", "{n} начальные точки", "{n} начальных точек"),
    "value": ("{n} значение", "{n} значения", "{n} значений"),
    "optimizer": ("{n} оптимизатор", "{n} оптимизатора", "{n} оптимизаторов"),
    "over seeds": ("в {n} опыте", "в {n} опытах", "в {n} опытах"),
    "critical points": (
        "{n} различная критическая точка",
        "{n} различные критические точки",
        "{n} различных критических точек",
    ),
    "pair": ("{n} пара", "{n} пары", "{n} пар"),
}
"""What is counted, in the forms that `plural` tells apart."""
