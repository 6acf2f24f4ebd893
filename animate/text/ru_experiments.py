"""What the pictures of experiments say in Russian."""

from collections.abc import Mapping

EXPERIMENTS: Mapping[str, str] = {
    "too few steps": "Столь малое число шагов ({count}) ни о чём не говорит; нужно больше.",
    # saddles
    "saddles title": "Линейный автокодировщик цифр с малых начальных весов",
    "saddles claim": "Линейный автокодировщик цифр идёт от седла к седлу",
    "saddles finding": (
        "Начав с весов порядка 10⁻⁶, каждый из {starts} запусков проходит мимо сёдел (кольца) "
        "индексов {ladder} (индекс — число направлений спуска), и его потери там отличаются от "
        "потерь седла не больше чем на {farthest}. Уровни точные: {points} критических точек "
        "(серые), по одной на каждый выбор главных компонент. Вблизи седла у запуска на "
        "несколько направлений спуска больше, чем у самого седла."
    ),
    "minimum": "минимум",
    "index of a saddle": "индекс {index}",
    "descent directions": "направления спуска",
    # same_loss
    "same_loss title": "Малые перцептроны на цифрах из разных начальных весов",
    "same_loss claim": "Малые перцептроны на цифрах: одинаково хороши, но далеки",
    "same_loss finding": (
        "Каждый из {runs} независимых запусков приходит к точности {accuracy} на отложенной "
        "выборке, но друг от друга они на расстоянии {apart}; между началами было {starts}, и "
        "каждый прошёл {lengths}. Если расставить скрытые нейроны в одном порядке (функция та же), "
        "остаётся {aligned}. На лучшую плоскость пути приходится {share} его дисперсии; у "
        "случайного блуждания из стольких же точек — уже {walk}."
    ),
    "run number": "запуск {number}",
    "true from the middle": "в середине каждый запуск по очереди;\nверны только расстояния от него",
    "loss of each": "потери на обучении у каждого: {loss}",
    "from its start": "{distance} от начала",
    "from the middle": "{distance} до соседа",
    "distance of weights": "расстояние между весами",
    "between any two": "между любыми двумя: {distance}",
    "between aligned": "при нейронах в одном порядке: {distance}",
    "each from its start": "от своего начала: {distance}",
    # escape_directions
    "escape_directions title": "Потери и направления спуска малого перцептрона на цифрах",
    "escape_directions claim": (
        "Малый перцептрон на цифрах: чем больше потери, тем больше направлений спуска"
    ),
    "escape_directions finding": (
        "У сети из {parameters} весов нашлись {distinct} "
        "(|градиент|\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}10⁻⁸), не считая плато, где она не "
        "замечает входа. Ранговая корреляция Спирмена между потерями и числом направлений спуска "
        "{correlation} {draws}; критической точкой закончились {solved} из {starts} поисков."
    ),
    "points found": "найденные точки",
    "critical point": "точка",
    "strokes": "критические точки, начиная с высшей; чёрточки — направления спуска",
    "at most drawn": (
        "критические точки, начиная с высшей; чёрточки — направления спуска, не больше {number}"
    ),
    "ways down of a point": "направлений спуска: {count}",
    "plateau": "плато: сеть не замечает входа",
    "eigenvalues by size": "собственные значения, от меньшего к большему",
    "loss and descent": "потери {loss}, ниже нуля: {down}",
    # bad_minima
    "bad_minima title": "Две спирали: где кончается обучение сетей разной ширины",
    "bad_minima claim": "Две спирали: плохие концы путей — у самых малых сетей",
    "bad_minima finding": (
        "По {starts} запусков сети с одним скрытым слоем на двух спиралях: {draws} разброс средних "
        "{middle} конечных потерь {small} при {fewest} нейронах и {large} при {most}. Это концы "
        "путей после {steps} шагов, а не доказанные минимумы: медиана нормы градиента в них "
        "{gradient}."
    ),
    "units": "нейронов: {number}",
    "hidden units": "скрытые нейроны",
    "training loss": "потери на обучении",
    # mode_connectivity
    "mode_connectivity title": "Между двумя малыми перцептронами на цифрах",
    "mode_connectivity claim": "Два малых перцептрона на цифрах, барьер и путь в обход",
    "mode_connectivity finding": (
        "На прямой между двумя обученными сетями ({pairs}) потери доходят до {barrier}, а точность "
        "на отложенной выборке падает до {accuracy}; если расставить скрытые нейроны в одном "
        "порядке (функция та же) — до {aligned} и {aligned_accuracy}. На обученной кривой потери "
        "не больше {curve}, точность не ниже {kept}. Плоскость — та, в которой лежит последняя "
        "кривая; до того опорная точка кривой отходила от неё на расстояние до {distance}."
    ),
    "highest loss along the curve": "наибольшие потери на кривой",
    "along the line": "расстояние вдоль прямой",
    "across the line": "расстояние поперёк неё",
    "between the networks": "от одной сети к другой",
    "aligned line": "нейроны в одном порядке:\nпотери до {loss}",
    "accuracy on the line": "прямая:\nточность падает до {accuracy}",
    "loss and accuracy on the curve": "кривая: потери до {loss},\nточность от {accuracy}",
    # sharpness
    "sharpness title": "Чего стоят пологие минимумы малых перцептронов на цифрах",
    "sharpness finding": (
        "Первый слой × α, второй ÷ α, α = {factor}: ответы и кривизна, нормированная по фильтрам, "
        "те же с точностью до округления, а наибольшее собственное значение гессиана {after} "
        "вместо {before}. При скорости {rate} пакеты по {few} приводят в более пологий минимум, "
        "чем по {many}, в {flatter} из {seeds} опытов ({small} против {large}), а обобщают лучше "
        "{better}."
    ),
    "rescaling": "множитель",
    "as trained": "как обучена",
    "rescaled by": "та же сеть: слой 1 × α, слой 2 ÷ α, α = {factor}",
    "rescaled by, briefly": "α = {factor}",
    "sharpest curvature": "наибольшее собств. значение {value}",
    "largest λ": "наибольшее λ {value}",
    "distance along one direction": "расстояние в пространстве весов",
    "outputs and their change": (
        "самые неуверенные ответы, столбики — вероятности; "
        "потери меняются не больше чем на {change}"
    ),
    "accuracy of a batch size": "пакет {size}\nточность\n{accuracy}",
    "at a learning rate": "скорость обучения {rate}",
    "eigenvalue at equal loss": "наибольшее собств. значение при равных потерях",
    # skip_connections and width
    "skip_connections title": "Срезы малых перцептронов на цифрах с обходными связями и без них",
    "skip_connections claim": "Обходные связи делают срезы малых перцептронов на цифрах выпуклее",
    "skip_connections finding": (
        "Невыпуклая доля среза при равных потерях {seeds}: {plain} без обходов, {equal} с обходами "
        "и равными начальными весами, {small} с малыми. Средние потери на краю среза: {plain_rim}, "
        "{equal_rim} и {small_rim}. Каждая сеть обучена заново."
    ),
    "heights and blends": (
        "высота — потери, у каждого среза до его наибольших; между двумя сетями — переход, а не "
        "сеть"
    ),
    "plain": "без обходов",
    "skip small": "с обходами, малые веса",
    "skip equal": "с обходами, равные веса",
    "shares of seeds": "{seeds}: {shares}",
    "skip times": "обходы × {skip}",
    "weights times": "с обходами, веса × {branch}",
    "network": "сеть",
    "seed": "опыт",
    "non-convex": "невыпукло: {share}",
    "width title": "Срезы малых перцептронов на цифрах и ширина сети",
    "width claim": "У малых перцептронов на цифрах срезы тем выпуклее, чем шире сеть",
    "width finding": (
        "При равных потерях невыпуклая доля среза {narrow} при {fewest} нейронах в слое и {wide} "
        "при {most} ({seeds}). Для сравнения — глубина при {units} нейронах в слое: "
        "{shallow} при {least} слоях, {deep} при {deepest}, {verdict}. Но каждый слой сдвигают на "
        "столько, каковы его веса, так что глубокую сеть сдвигают сильнее."
    ),
    "depth does more": "и это влияние больше, чем у ширины",
    "depth does less": "и это влияние меньше, чем у ширины",
    "width of a network": "ширина {units}",
    "units per layer": "нейроны в слое",
    "layers": "слои",
    "non-convex share": "невыпуклая доля",
    # trainability
    "trainability title": "Где обучение малой сети перестаёт сходиться",
    "trainability finding": (
        "Каждая точка — одно обучение, на рисунке их {trainings}: синяя — сошлось, красная — "
        "разошлось, чем темнее, тем медленнее. Клеточная размерность границы на увеличенных "
        "уровнях {dimension} {seeds}, у выпуклой задачи — {control}, как у гладкой кривой. Между "
        "уровнями середина уже мельче. Сеть одна и малая; повторы и сравнение грубее, а местами "
        "решает округление: при другом порядке сложения увеличение пошло бы иначе."
    ),
    "level": "уровень",
    "rate of the first layer": "дес. логарифм скорости слоя 1: {low} … {high}",
    "rate of the second layer": "дес. логарифм скорости слоя 2: {low} … {high}",
    # swa
    "swa title": "Стохастическое усреднение весов малых перцептронов на цифрах",
    "swa finding": (
        "У усреднённых весов ошибка на отложенной выборке {mean}, у последних весов пути {last}: "
        "меньше в {lower} из {seeds} опытов, такая же в {equal}. Но у того же запуска, скорость "
        "которого снижают до нуля, она {annealed}: больше, чем у среднего, в {above}, такая же в "
        "{same}. Потери на обучении {mean_loss}, {loss} и {annealed_loss}. На плоскость приходится "
        "{share} дисперсии этого пути: потери на ней не те, что у запусков; их показывают кривые."
    ),
    # hessian_spectrum
    "hessian_spectrum title": "Собственные значения гессиана сети",
    "hessian_spectrum claim": "При обучении собственные значения гессиана стягиваются к нулю",
    "hessian_spectrum finding": (
        "Из {parameters} собственных значений {seeds} у нуля (|λ| меньше тысячной доли "
        "наибольшего в начале) сперва {near}, в конце {near_end}, по наибольшему в конце — "
        "{relative_end}. Явно отрицательных сперва {clear}, в конце {clear_end}. Бледные линии — "
        "другие опыты."
    ),
    "eigenvalues near zero": "около нуля",
    "negative eigenvalues": "явно меньше нуля",
    "eigenvalue of the Hessian": "собственное значение λ гессиана",
    "eigenvalues in a bar": "значений в столбце",
    "ends of the spectrum": "λ от {low} до {high}",
    "share of eigenvalues": "доля собств. значений",
    # walk
    "walk title": "Углы на пути градиентного спуска",
    "walk claim": "При большой скорости путь скачет между стенами долины",
    "walk finding": (
        "Средний угол между соседними градиентами {seeds}: на последних {late} шагах {large}° "
        "при скорости {rate} (на первых {early} — {first}°), {small}° при {small_rate}, {noisy}° "
        "с пакетами по {batch}. Между такими шагами потери ниже, чем на них, в {valleys}, "
        "{small_valleys} и {noisy_valleys} случаев."
    ),
    "walk": "скорость {rate}, пакет {batch}",
    "angle between gradients": "угол между соседними градиентами",
    "loss over the first": "относит. потери",
    # wide_and_narrow
    "wide_and_narrow title": "Широкий и узкий минимумы на одной прямой",
    "wide_and_narrow finding": (
        "Без затухания долина пакетов по {few} шире (отрезки) {wider} опытов, с затуханием {decay} "
        "наоборот {swapped}. На отложенной выборке (кольца: минимум) потери в широкой "
        "меньше {better}, с затуханием — {better_decayed}. Бледные линии — другие опыты."
    ),
    "end of a batch size": "пакет {size}",
    "along the line, and": "вдоль прямой, {how}",
    "without weight decay": "без затухания весов",
    "weight decay": "затухание весов {decay}",
    "in training": "на обучающей выборке",
    "held out": "на отложенной выборке",
    "curve before alignment": "до выравнивания",
    "epoch": "эпоха",
    # segments
    "segments title": "Стены между оптимизаторами",
    "segments finding": (
        "Подъём потерь на отрезке {seeds}: от {sgd} к {adam} — {sgd_adam}, к {rmsprop} — "
        "{sgd_rmsprop}, к {sgd} с другими пакетами — {again}. К запуску со сменой на {adam} на "
        "шаге {change}: от {sgd} — {changed}, от {adam} — {from_start}. Бледные линии — другие "
        "опыты."
    ),
    "run again": "снова",
    "segments between optimizers": "отрезки между концами",
    "segments from a change": "смена оптимизатора на шаге {step}",
    # width_generalises
    "width_generalises title": "Широкие сети и ложные метки",
    "width_generalises claim": "Точность падает от заученных ложных меток, а не от ширины",
    "width_generalises finding": (
        "Из {examples} цифр ложные метки у {false} ({seeds}): при {most} нейронах потери на "
        "обучении не больше {wide_loss}, и сеть повторяет {learned} ложных меток. Из {held_out} "
        "отложенных цифр она узнаёт {wide}, при {best_units} нейронах — {best}, при {fewest} — "
        "{narrow}: {verdict}. С верными метками — {control}."
    ),
    "width does no harm": "ширина сама по себе здесь не вредит",
    "width harms": "лишняя ширина здесь вредит",
    "false labels": "ложных меток {share}",
    "true labels": "все метки верны",
    "held-out accuracy": "точность на отложенной выборке",
    # degenerate_skips
    "degenerate_skips title": "Обходные связи и вырожденные направления",
    "degenerate_skips claim": "С обходными связями вырожденных направлений меньше",
    "degenerate_skips finding": (
        "При равных потерях вырождено (|λ| меньше тысячной доли наибольшего) {degenerate_plain} "
        "из {parameters} собственных значений без обходов и {degenerate_skip} с ними, меньше "
        "{degenerate_fewer} опытов. Отрицательных {negative_plain} и {negative_skip}, меньше "
        "{negative_fewer}. Бледные линии — другие опыты."
    ),
    "without skips": "без обходов",
    "with skips": "с обходами",
    "eigenvalue over largest": "|λ| / наибольший |λ|",
    "share of smaller ones": "доля меньших",
    "degenerate share": "доля вырожденных",
    "negative share": "доля отрицательных",
    # saddle_free
    "saddle_free title": "Выход из седла",
    "saddle_free finding": (
        "Из {seeds} запусков через {steps} шагов ещё в седле: Ньютон с демпфированием "
        "δ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{damping} — {newton} (потери {newton_loss}), с "
        "лучшим δ на каждом шаге — {damped} ({damped_loss}), без сёдел — {free} (до {free_loss}, "
        "меньше {lower}), спуск — {descent} ({descent_loss})."
    ),
    "newton, damping": "Ньютон, δ = {damping}",
    "damped newton": "Ньютон, лучшее δ",
    "saddle-free newton": "без сёдел, лучшее δ",
    "smallest over largest": "мин. λ / макс. λ",
    "negative count": "число λ < 0",
    "gradient descent": "градиентный спуск",
    "running mean": "текущее среднее",
    "annealed rate": "скорость снижают",
    "held-out error": "ошибка на отложенной выборке",
}
