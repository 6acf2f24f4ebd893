"""What a page around a picture says in Russian."""

from collections.abc import Mapping

PAGE: Mapping[str, str] = {
    "page controls": "Управление",
    "page play": "Пуск",
    "page pause": "Пауза",
    "page back": "На кадр назад",
    "page forward": "На кадр вперёд",
    "page value back": "Предыдущее значение",
    "page value forward": "Следующее значение",
    "page previous": "Предыдущая подпись",
    "page next": "Следующая подпись",
    "page start": "В начало",
    "page end": "В конец",
    "page position": "Положение",
    "page speed": "Скорость",
    "page slower": "Медленнее, быстрее",
    "page loop": "Повторять",
    "page screen": "Во весь экран",
    "page help": "Клавиши",
    "page close": "Закрыть",
    "page space": "Пробел",
    "page runs": "Методы",
    "page run": "{name}, запуск {run}",
    "page name": "метод",
    "page paths": "Пути таблицей",
    "page thinned": "Шагов каждого пути: {shown} из {total}; все запишет {command}.",
    "page description": "Что происходит, словами",
    "page no script": "Эту картину показывает {language}, а здесь он выключен.",
    "page too old": "Этот браузер не может распаковать картину: могут {browsers} и новее.",
}
