"""What the page of the workshop says in Russian."""

from collections.abc import Mapping

WORKSHOP: Mapping[str, str] = {
    "workshop scenes": "Сцены",
    "workshop size": "Размер",
    "workshop theme": "Тема",
    "workshop written": "как написано",
    "workshop download": "Скачать",
    "workshop format": "Формат",
    "workshop mistakes": "Ошибки",
    "workshop kept": "На картине последняя верная сцена.",
    "workshop remarks": "Замечания",
    "workshop draft": "черновик",
    "workshop drawing": "рисуется …",
    "workshop current": "готово",
    "workshop lost": "Программа завершена или недоступна.",
    "workshop gone": "Этого файла больше нет.",
    "workshop line": "строка {line}, столбец {column}",
    "workshop copy": "Копировать",
    "workshop copied": "Скопировано",
    "workshop start": "Начать отсюда",
    "workshop hint": "Щелчок по карте скажет точку и потери в ней; начало можно перетащить.",
    "workshop look": "Потери там",
    "workshop camera": "азимут {azimuth}°, высота {elevation}°",
    "workshop turn": "Повернуть камеру рельефа",
    "workshop preparing": "{file} готовится …",
    "workshop frames": "{done} из {count}",
    "workshop choose": "Предыдущая, следующая сцена",
    "workshop save": "Скачать",
    "workshop no loss": "конечных потерь нет",
    "workshop none": "В этой папке пока нет сцен.",
}
