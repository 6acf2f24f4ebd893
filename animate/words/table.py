"""The table: what is said, under its key, in English and in Russian. Nothing else writes words."""

from collections.abc import Mapping

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
}
