"""What the pictures of networks and experiments say, in English and in Russian."""

from collections.abc import Mapping

LANDSCAPE_WORDS: Mapping[str, tuple[str, str]] = {
    # a network on a plane
    "network title": ("A network's loss on a plane", "Потери нейросети на плоскости"),
    "network finding": (
        "A plane through the space of {parameters} weights. It holds {share} of the paths' "
        "variance (the best plane of equally long random walks {walk}); the paths go up to "
        "{length} far and lie up to {distance} off it, so the true loss may differ from the "
        "plane's.",
        "Плоскость в пространстве {parameters} весов. На неё приходится {share} разброса путей "
        "(лучшая плоскость столь же длинных случайных блужданий содержит {walk}); пути уходят "
        "на расстояние до {length} и отстоят от плоскости до {distance}, поэтому истинные "
        "потери могут отличаться от потерь на плоскости.",
    ),
    "axis of variance": ("{axis} ({share} of variance)", "{axis} ({share} разброса)"),
    "principal component": ("PC {number}", "главная компонента {number}"),
    "random direction": ("random {number}", "случайное направление {number}"),
    "filter normalised direction": (
        "filter-normalised {number}",
        "нормированное по фильтрам {number}",
    ),
    "hessian direction": ("Hessian, λ = {value}", "гессиан, λ = {value}"),
    "towards the second": ("first to second point", "от первой точки ко второй"),
    "towards the third": ("towards the third", "в сторону третьей"),
    "true loss": ("true loss; dotted: on the plane", "истинные потери; точками — на плоскости"),
    # saddles
    "saddles title": ("From saddle to saddle", "От седла к седлу"),
    "saddles finding": (
        "From weights of about 10⁻⁶ each of {starts} starts comes down past saddles with "
        "{ladder} directions of escape, within {farthest} of their losses. The rungs are exact: "
        "{points} critical points, one for each choice of principal components (Baldi & Hornik "
        "1989). On its way past a saddle a path counts a few directions more than there are at "
        "it.",
        "Начав с весов порядка 10⁻⁶, каждый из стартов (их {starts}) спускается мимо сёдел с "
        "числом направлений вниз {ladder} и подходит к их потерям ближе чем на {farthest}. "
        "Ступени точные: {points} критических точек, по одной на каждый выбор главных компонент "
        "(Балди и Хорник, 1989). Проходя мимо седла, путь насчитывает на несколько направлений "
        "больше, чем есть в нём самом.",
    ),
    "start number": ("start {number}", "старт {number}"),
    "minimum rung": ("minimum", "минимум"),
    "rung": ("{index} ways down", "направлений вниз: {index}"),
    "directions down": ("directions that lead down", "направления, ведущие вниз"),
    # same_loss
    "same_loss title": ("As good, and far apart", "Равно хороши и далеки друг от друга"),
    "same_loss finding": (
        "{runs} independent runs end at held-out accuracies of {accuracy}, and yet {apart} "
        "apart from each other, farther than any of them went ({lengths}). The best plane of a "
        "path holds {share} of its variance; that of a random walk of as many points holds "
        "{walk} already.",
        "Независимые запуски (их {runs}) приходят к точности {accuracy} на отложенных примерах, "
        "но оказываются на расстоянии {apart} друг от друга — дальше, чем ушёл любой из них "
        "({lengths}). Лучшая плоскость пути содержит {share} его разброса; у случайного "
        "блуждания из стольких же точек — уже {walk}.",
    ),
    "run number": ("run {number}", "запуск {number}"),
    "distance between two ends": (
        "run; in the cells: the distance between two ends",
        "запуск; в клетках — расстояние между концами",
    ),
    "accuracy of each run": (
        "held-out accuracy of each run",
        "точность каждого запуска на отложенных",
    ),
    # escape_directions
    "escape title": ("The higher, the more ways down", "Чем выше, тем больше путей вниз"),
    "escape finding": (
        "{distinct} distinct critical points of a network of {parameters} weights (|gradient| < "
        "10⁻⁸). The higher the loss, the more directions lead down: over {draws} draws of "
        "examples and starts Spearman's rank correlation is {correlation}, the plateau where "
        "the network ignores its input left out; {solved} of {starts} searches ended at a "
        "critical point.",
        "Различные критические точки сети из {parameters} весов (их {distinct}; |градиент| < "
        "10⁻⁸). Чем больше потери, тем больше направлений вниз: ранговая корреляция Спирмена по "
        "{draws} наборам примеров и стартов {correlation}, без плато, где сеть не замечает "
        "входа; в критическую точку пришли {solved} поисков из {starts}.",
    ),
    "points found": ("points found", "найденные точки"),
    "critical point": ("point", "точка"),
    "directions down spread": (
        "directions that lead down (dots spread sideways)",
        "направления, ведущие вниз (точки разведены вбок)",
    ),
    "plateau": ("plateau: the input is ignored", "плато: сеть не замечает входа"),
    # bad_minima
    "bad_minima title": (
        "Bad end points belong to small networks",
        "Плохие концы бывают у малых сетей",
    ),
    "bad_minima finding": (
        "{starts} starts of a network with one hidden layer on two spirals: over {draws} draws "
        "their end points differ by {small} with {fewest} units and by {large} with {most}. End "
        "points of {steps} steps, not proven minima: the median gradient there is {gradient}.",
        "Сеть с одним скрытым слоем на двух спиралях, стартов: {starts}. В {draws} розыгрышах "
        "концы путей расходятся на {small} при {fewest} нейронах и на {large} при {most}. Это "
        "концы за {steps} шагов, а не доказанные минимумы: медиана градиента в них {gradient}.",
    ),
    "units": ("{number} units", "нейронов: {number}"),
    "hidden units": ("hidden units", "скрытые нейроны"),
    "training loss": ("training loss", "потери на обучении"),
    # mode_connectivity
    "connection title": (
        "Two minima, a wall, and a way around it",
        "Два минимума, стена и путь в обход",
    ),
    "connection finding": (
        "Between two trained networks the straight line meets a wall: loss {wall}, held-out "
        "accuracy {accuracy} over {pairs} pairs. A curve trained between the same two stays at "
        "loss {curve} or less, accuracy {kept}. The plane is that of the last curve; on the way "
        "its middle lay up to {distance} off it.",
        "На прямой между двумя обученными сетями стоит стена: потери {wall}, точность на "
        "отложенных примерах {accuracy} (число пар: {pairs}). На обученной кривой между ними "
        "потери не больше {curve}, точность {kept}. Плоскость — та, в которой лежит последняя "
        "кривая; по пути её середина отходила от плоскости до {distance}.",
    ),
    "highest loss on the way": ("highest loss on the way", "наибольшие потери на пути"),
    "along the line": ("distance in weights, along the line", "расстояние в весах, вдоль прямой"),
    "across the line": ("across it", "поперёк"),
    "between the minima": ("from one minimum to the other", "от одного минимума к другому"),
    "said of the line": (
        "the straight line:\naccuracy down to {accuracy}",
        "прямая:\nточность до {accuracy}",
    ),
    "said of the curve": (
        "the curve: loss up to {loss},\naccuracy down to {accuracy}",
        "кривая: потери до {loss},\nточность от {accuracy}",
    ),
    # sharpness
    "sharpness title": ("Flat, sharp, and what it is worth", "Пологое, острое и чего это стоит"),
    "sharpness finding": (
        "At equal loss the largest Hessian eigenvalue is {small} after batches of {few} and "
        "{large} after {many}: lower in {flatter} of {seeds} seeds. The gap depends on the "
        "learning rate: here it is {rate}, at {other} the eigenvalues are {other_small} and "
        "{other_large}. Better generalisation did not reproduce ({better} of {seeds}). "
        "Rescaling two layers moves one network's eigenvalue from {before} to {after}, and no "
        "example's loss by more than {change}; along filter-normalised directions the curvature "
        "stays.",
        "При равных потерях наибольшее собственное число гессиана {small} при пакетах по {few} "
        "и {large} при {many}: меньше в {flatter} случаях из {seeds}. Разрыв зависит от "
        "скорости обучения: здесь она {rate}, а при {other} числа {other_small} и "
        "{other_large}. Лучшее обобщение не подтвердилось ({better} из {seeds}). "
        "Перемасштабирование двух слоёв меняет собственное число одной сети с {before} до "
        "{after}, а потери любого примера — не больше чем на {change}; вдоль нормированных по "
        "фильтрам направлений кривизна та же.",
    ),
    "eigenvalue": ("eigenvalue", "собств. число"),
    "filter normalised": ("filter-normalised", "по фильтрам"),
    "rescaling": ("rescaling", "масштаб"),
    "said of a batch": (
        "batch {size}\naccuracy\n{accuracy}",
        "пакет {size}\nточность\n{accuracy}",
    ),
    "said of a rate": ("learning rate {rate}", "скорость обучения {rate}"),
    "eigenvalue at equal loss": (
        "largest eigenvalue at equal loss",
        "наибольшее собств. число при равных потерях",
    ),
    "same outputs": ("α, log scale: the same outputs", "α, лог. шкала: выходы те же"),
    "sharpness": ("sharpness", "острота"),
    # skip_connections and width
    "skip title": ("Skip connections straighten the slice", "Обходные связи выпрямляют срез"),
    "skip finding": (
        "The share of a slice that bends down, at equal loss, over {seeds} seeds: plain "
        "{plain}, skip with a small start {small}, skip with an equal start {equal}. What the "
        "skips do to convexity survives equal initial weights. The lower rim does not: its mean "
        "loss is {plain_rim}, {small_rim} and {equal_rim}. One scale of heights and colours for "
        "all three.",
        "Доля среза, выгнутая вверх, при равных потерях (число зёрен: {seeds}): без обходов "
        "{plain}, с обходами и малым началом {small}, с обходами и равным началом {equal}. "
        "Выпуклость сохраняется и при равных начальных весах. Низкий край — нет: средние потери "
        "на нём {plain_rim}, {small_rim} и {equal_rim}. Шкала высот и цветов у всех трёх одна.",
    ),
    "plain": ("plain", "без обходов"),
    "skip small": ("skip, small start", "с обходами, малое начало"),
    "skip equal": ("skip, equal start", "с обходами, равное начало"),
    "seed": ("seed", "зерно"),
    "bends down": ("bends down: {share}", "выгнуто вверх: {share}"),
    "width title": ("Wider is more convex", "Шире — значит выпуклее"),
    "width finding": (
        "At equal loss the share of a slice that bends down falls from {narrow} with {fewest} "
        "units a layer to {wide} with {most} ({seeds} seeds). Depth beside it, at {units} "
        "units: {shallow} with {least} layers, {deep} with {deepest}, {verdict}.",
        "При равных потерях доля среза, выгнутая вверх, падает с {narrow} при {fewest} нейронах "
        "в слое до {wide} при {most} (число зёрен: {seeds}). Рядом глубина, при {units} "
        "нейронах: {shallow} при {least} слоях, {deep} при {deepest}, {verdict}.",
    ),
    "depth does more": (
        "which is no small effect: more than the width's",
        "и это не мало: больше, чем от ширины",
    ),
    "depth does less": ("less than the width's", "меньше, чем от ширины"),
    "units a layer": ("{units} units a layer", "нейронов в слое: {units}"),
    "units a layer axis": ("units a layer", "нейроны в слое"),
    "layers axis": ("layers", "слои"),
    "share bending down": ("share that bends down", "доля, выгнутая вверх"),
    # trainability
    "trainability title": ("Where training begins to fail", "Где обучение перестаёт получаться"),
    "trainability finding": (
        "Each pixel is one training, {trainings} in all: blue where it converged, red where it "
        "diverged, darker the slower. On the enlarged levels the boundary's box-counting "
        "dimension is {dimension} over {seeds} seeds; for the control, a convex problem, it is "
        "{control}, as for a plain curve. Between levels the picture is enlarged, not computed.",
        "Каждая точка — одно обучение, всего {trainings}: синяя — сошлось, красная — разошлось, "
        "чем темнее, тем медленнее. На увеличенных уровнях размерность границы по клеткам "
        "{dimension} (число зёрен: {seeds}); для сравнения, у выпуклой задачи {control}, как у "
        "простой кривой. Между уровнями картина увеличена, а не вычислена.",
    ),
    "level": ("level", "уровень"),
    "rate of the first layer": (
        "log₁₀ rate of the first layer: {low} … {high}",
        "степень десяти в скорости первого слоя: {low} … {high}",
    ),
    "rate of the second layer": (
        "log₁₀ rate of the second layer: {low} … {high}",
        "степень десяти в скорости второго слоя: {low} … {high}",
    ),
    # swa
    "swa title": ("Stochastic weight averaging", "Стохастическое усреднение весов"),
    "swa finding": (
        "Over {seeds} seeds the mean of the weights has a held-out error of {mean}, SGD's last "
        "point {last}: lower in {lower}, equal in {equal}. The mean's training loss is "
        "{mean_loss} against {loss}. The plane holds {share} of the path's variance; the curves "
        "beside it are the true losses.",
        "Ошибка среднего весов на отложенных примерах {mean}, последней точки спуска {last} "
        "(число зёрен: {seeds}): меньше в {lower}, поровну в {equal}. Потери среднего на "
        "обучении {mean_loss} против {loss}. Плоскость содержит {share} разброса пути; кривые "
        "рядом — истинные потери.",
    ),
    "sgd": ("SGD", "спуск"),
    "mean so far": ("mean so far", "среднее до сих пор"),
}
