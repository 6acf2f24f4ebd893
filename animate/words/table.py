"""The table: what is said, under its key, in English and in Russian. Nothing else writes words."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # legend
    "learning rate": ("learning rate", "скорость обучения"),
    "schedule": ("schedule", "расписание"),
    "of total": ("of {total}", "из {total}"),
    "lost": ("✕ step {step}", "✕ шаг {step}"),
    "log scale": ("{what}, log scale", "{what}, лог. шкала"),
    # axes
    "step": ("step", "шаг"),
    "loss": ("loss", "потери"),
}
