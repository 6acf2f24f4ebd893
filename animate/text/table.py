"""The tables: what is said, under its key, in English and in Russian. Nothing else writes words."""

from collections.abc import Mapping

from animate.text.landscape import LANDSCAPE_WORDS

WORDS: Mapping[str, tuple[str, str]] = {
    # legend
    "learning rate": ("learning rate", "скорость обучения"),
    "schedule": ("schedule", "расписание"),
    "of total": ("of {total}", "из {total}"),
    "lost": ("✕ step {step}", "✕ шаг {step}"),
    "and more": ("and {count} more", "и ещё {count}"),
    "log scale": ("{what}, log scale", "{what}, лог. шкала"),
    "arrow gradient": ("gradient step", "шаг по градиенту"),
    "arrow momentum": ("momentum", "импульс"),
    "arrow update": ("whole step", "весь шаг"),
    "arrow lookahead": ("look-ahead", "взгляд вперёд"),
    # axes
    "step": ("step", "шаг"),
    "loss": ("loss", "потери"),
    "symlog scale": ("{what}, symlog scale", "{what}, симм. лог. шкала"),
    "median and quartiles": ("{what}: median and quartiles", "{what}: медиана и квартили"),
    "diverged as infinite": (
        "{what}; {count} of {total} runs diverge and count as ∞",
        "{what}; разошедшиеся ({count} из {total}) считаются за ∞",
    ),
    "diverged left out": (
        "{what}; {count} of {total} runs diverge and are left out",
        "{what}; разошедшиеся ({count} из {total}) не учитываются",
    ),
    "steps taken": ("steps", "шаги"),
    "gradient norm": ("gradient norm", "норма градиента"),
    "distance": ("distance to the minimum", "расстояние до минимума"),
    "distance to the nearest": (
        "distance to the nearest minimum",
        "расстояние до ближайшего минимума",
    ),
    "coordinates": ("coordinates", "координаты"),
    "curvature": ("curvature", "кривизна"),
    "larger": ("larger", "большая"),
    "smaller": ("smaller", "меньшая"),
    "ways down": ("directions bending down:", "направлений вниз:"),
    "effective rate": ("effective learning rate", "эффективный шаг обучения"),
    "velocity": ("velocity", "скорость"),
    "mean": ("mean of gradients", "среднее градиентов"),
    "squares": ("accumulated squared gradients", "накопленные квадраты градиентов"),
    "steps": ("accumulated squared steps", "накопленные квадраты шагов"),
    "length of": ("{what}, length", "{what}, длина"),
    "along the step": ("along the step (its length = 1)", "вдоль шага (его длина = 1)"),
    "along the gradient": (
        "down the gradient (length of the step = 1)",
        "против градиента (длина шага = 1)",
    ),
    # descriptions
    "race": ("{title}: {who} from {start}, {steps}.", "{title}: {who} из точки {start}, {steps}."),
    "races": ("{title}: {who}, {starts}, {steps}.", "{title}: {who}, {starts}, {steps}."),
    "training": ("{title}: {who}, {steps}.", "{title}: {who}, {steps}."),
    "point": ("({x}, {y})", "({x}; {y})"),
    "and others": ("{count} more", "ещё {count}"),
    "last of list": ("{before} and {last}", "{before} и {last}"),
    "at step": ("{who} (step {step})", "{who} (шаг {step})"),
    "in steps": ("{who} (steps {first}–{last})", "{who} (шаги {first}–{last})"),
    "reaches": ("{who} reaches the minimum {place}", "{who} доходит до минимума {place}"),
    "reach": ("{who} reach the minimum {place}", "{who} доходят до минимума {place}"),
    "diverges": ("{who} diverges", "{who} расходится"),
    "diverge": ("{who} diverge", "{who} расходятся"),
    "leaves": (
        "{who} leaves the window and does not return",
        "{who} уходит из окна и не возвращается",
    ),
    "leave": ("{who} leave the window and do not return", "{who} уходят из окна и не возвращаются"),
    "saddle": ("the saddle {place}", "седла {place}"),
    "maximum": ("the maximum {place}", "максимума {place}"),
    "stalls": ("{who} stalls at {at}", "{who} застревает у {at}"),
    "stall": ("{who} stall at {at}", "{who} застревают у {at}"),
    "lingers": ("{who} lingers at {at}", "{who} задерживается у {at}"),
    "linger": ("{who} linger at {at}", "{who} задерживаются у {at}"),
    "stalls flat": ("{who} stalls on a plateau", "{who} застревает на плато"),
    "stall flat": ("{who} stall on a plateau", "{who} застревают на плато"),
    "lingers flat": ("{who} lingers on a plateau", "{who} задерживается на плато"),
    "linger flat": ("{who} linger on a plateau", "{who} задерживаются на плато"),
    "far away": (
        "At the end the distance to the minimum {place} is {each}.",
        "В конце до минимума {place} остаётся: {each}.",
    ),
    "last loss": ("At the end the loss is {each}.", "Потери в конце: {each}."),
    "each": ("{value} for {who}", "{who} ({value})"),
    "shares": ("The runs of {who} end: {parts}.", "{who}, доли запусков: {parts}."),
    "share in minimum": ("{share} in the minimum {place}", "в минимуме {place} — {share}"),
    "share elsewhere": ("{share} elsewhere", "в других местах — {share}"),
    "share lost": ("{share} diverge", "расходится — {share}"),
    "percent": ("{value}%", "{value} %"),
    "out of": ("{count} of {total}", "{count} из {total}"),
    **LANDSCAPE_WORDS,
}

COUNTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "step": (("{n} step", "{n} steps"), ("{n} шаг", "{n} шага", "{n} шагов")),
    "start": (
        ("{n} start", "{n} starts"),
        ("{n} начальная точка", "{n} начальные точки", "{n} начальных точек"),
    ),
    "optimizer": (
        ("{n} optimizer", "{n} optimizers"),
        ("{n} оптимизатор", "{n} оптимизатора", "{n} оптимизаторов"),
    ),
}
"""What is counted: in English one and many, in Russian 1, 2 to 4, and 5."""
