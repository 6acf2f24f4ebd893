"""What pictures of networks of one's own say in Russian."""

from collections.abc import Mapping

NETWORKS: Mapping[str, str] = {
    # straight lines and curves between networks
    "lines title": "На прямой между сетями",
    "models title": "Три сети на плоскости",
    "curve title": "Кривая малых потерь между двумя сетями",
    "from one to the other": "{first} → {second}",
    "along the line of weights": "α — доля пути",
    "share of the way": "α, %",
    "from the first to the second": "{first} → {second}",
    "towards": "в сторону {name}",
    "wall": (
        "{first} → {second}, расстояние {distance}: потери на обучающей выборке поднимаются до "
        "{highest} при α = {at}, на {height} выше большего из концов."
    ),
    "no wall": (
        "{first} → {second}, расстояние {distance}: потери на обучающей выборке нигде не "
        "поднимаются выше большего из концов."
    ),
    "before alignment": (
        "{told} До согласования порядка скрытых нейронов расстояние было {before}, а подъём — "
        "{height}."
    ),
    "before alignment without a wall": (
        "{told} До согласования порядка скрытых нейронов расстояние было {before}, и подъёма не "
        "было."
    ),
    "walls of runs": (
        "На прямой от начала к концу потери на обучающей выборке поднимаются выше большего из "
        "концов на {each}."
    ),
    "no walls of runs": (
        "На прямой от начала к концу потери на обучающей выборке нигде не поднимаются выше "
        "большего из концов."
    ),
    "curve finding": (
        "{first} → {second}, расстояние {distance}: на прямой потери на обучающей выборке "
        "поднимаются до {barrier}, на кривой (её обучение: {steps}) они не больше {curve}. "
        "Плоскость проведена через последнюю кривую: прежде её управляющая точка отстояла от "
        "плоскости на расстояние до {off}."
    ),
    "accuracy of the curve": (
        "{told} Точность на отложенной выборке падает на прямой до {line}, на кривой до {curve}."
    ),
    "direction in a layer": "{axis}, {layer}",
    "loss on the curve": "кривая: потери до {loss}",
    # the density of the Hessian's eigenvalues
    "spectral density": "спектральная плотность",
    "estimated by probes": "случайных векторов: {probes}, итераций Ланцоша: {iterations}",
    "smoothed at step": "на шаге {step}, сглажено: σ = {width}",
}

NETWORK_CLAUSES: Mapping[str, tuple[str, str]] = {
    "network finding": (
        (
            "На плоскость в пространстве {parameters} весов приходится {share} дисперсии пути (у "
            "столь же длинного случайного блуждания на лучшую — {walk}). Путь уходит от начала на "
            "расстояние до {length}"
        ),
        (
            "На плоскость в пространстве {parameters} весов приходится {share} дисперсии путей (у "
            "столь же длинных случайных блужданий на лучшую — {walk}). Пути уходят от начала на "
            "расстояние до {length}"
        ),
    ),
    "on the plane": (
        "{plane} и лежит в плоскости с точностью до миллионной доли этого.",
        "{plane} и лежат в плоскости с точностью до миллионной доли этого.",
    ),
    "off the plane": (
        (
            "{plane}, а от плоскости до {distance}, поэтому истинные потери могут отличаться от "
            "потерь на ней."
        ),
        (
            "{plane}, а от плоскости до {distance}, поэтому истинные потери могут отличаться от "
            "потерь на ней."
        ),
    ),
    "through the end": (
        (
            "{plane}, а от плоскости до {distance}. Она проходит через обученную сеть ({name}): "
            "эта точка сдвигается не больше чем на {moved} окна."
        ),
        (
            "{plane}, а от плоскости до {distance}. Она проходит через обученную сеть ({name}): "
            "эта точка сдвигается не больше чем на {moved} окна."
        ),
    ),
}
"""What one network does on a plane, and what several do."""
