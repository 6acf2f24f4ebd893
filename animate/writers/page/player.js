// What is shown now. `use` puts another clip in its place.

const part = id => document.getElementById(id), picture = part("picture"), over = part("over");
let facts = {}, numbers = null, pictures = null, width = 1, height = 1, frames = 1, fps = 1;
let last = 0, duration = 0, stops = [], film = false, runs = [];

// The clock: picture k is shown from k / fps seconds on, the last one until the end.

let second = 0, shown = 0, playing = false, speed = 1, loop = true, before = 0;

const frameAt = time => Math.max(0, Math.min(last, Math.floor(time * fps + 1e-6)));

function show(frame) {
  shown = frame;
  const clip = pictures, segment = clip.at(frame);
  if (!segment.entries) {
    clip.keep(segment).then(() => shown === frame && pictures === clip && show(frame));
    return;
  }
  const following = clip.after(segment);
  if (!following.loading) clip.keep(following);
  clip.paint(picture, frame);
  tell();
}

function tick(now) {
  if (!playing) return;
  if (pictures.at(shown).entries) second += Math.min((now - before) / 1000, 0.25) * speed;
  before = now;
  if (second >= duration) {
    if (loop) second %= duration;
    else {
      second = duration;
      play(false);
    }
  }
  const frame = frameAt(second);
  if (frame !== shown) show(frame);
  if (playing) requestAnimationFrame(tick);
}

function play(on) {
  if (on === playing) return;
  playing = on;
  if (on) {
    if (shown === last) second = 0;
    before = performance.now();
    requestAnimationFrame(tick);
  }
  const button = part("play"), name = on ? button.dataset.pause : button.dataset.play;
  button.classList.toggle("playing", on);
  button.setAttribute("aria-label", name);
  button.title = name;
}

function seek(frame) {
  play(false);
  const goal = Math.max(0, Math.min(last, frame));
  second = goal / fps;
  show(goal);
}

// Of a film the values are what is counted, else the frames.
const marked = () => stops.findLastIndex(stop => stop[0] <= shown);
const step = by => seek(film ? stops[Math.max(0, Math.min(stops.length - 1, marked() + by))][0] : shown + by);
const caption = by => {
  const at = marked(), inside = at >= 0 && shown > stops[at][0];
  const goal = by > 0 ? at + 1 : inside ? at : at - 1;
  if (goal >= 0 && goal < stops.length) seek(stops[goal][0]);
};

// What is said beside the picture.

const bar = part("position"), HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function written(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value), marks = text => text.replace(".", facts.decimal).replace("-", "−");
  if (size === 0 || size >= 1e-4 && size < 1e6) return marks(String(Number(value.toPrecision(5))));
  const [digits, power] = value.toExponential(3).split("e");
  const raised = [...String(Number(power))].map(each => each === "-" ? "⁻" : HIGH[each]).join("");
  return `${marks(digits)} × 10${raised}`;
}

function tell() {
  const at = marked(), number = part("number");
  bar.value = film ? at : shown;
  if (numbers && !film) number.textContent = Math.floor(numbers.at[shown]).toLocaleString(document.documentElement.lang);
  else number.textContent = film ? stops[at][1] : shown + 1;
  part("total").textContent = numbers && !film ? facts.total : film ? "" : `/ ${frames}`;
  bar.setAttribute("aria-valuetext", part("count").textContent.trim());
  const words = !film && at >= 0 ? stops[at][1] : "";
  if (part("caption").textContent !== words) part("caption").textContent = words;
  part("previous").disabled = at < 0 || at === 0 && shown === stops[0][0];
  part("next").disabled = at === stops.length - 1;
  if (numbers) tellRuns();
}

const recorded = step => {
  const found = numbers.steps.findLastIndex(each => each <= step);
  return Math.max(found, 0);
};

function tellRuns() {
  const now = numbers.at[shown], at = recorded(Math.floor(now)), value = film ? marked() : null;
  runs.forEach((run, k) => {
    run.row.hidden = run.value !== null && run.value !== value;
    if (run.row.hidden) return;
    const gone = run.lost && now >= run.end;
    const cells = measured(k).map(each => written(numbers.runs[k][each][at]));
    run.cells.forEach((cell, i) => { cell.textContent = gone ? (i ? "" : run.lost) : cells[i]; });
  });
  draw();
}

// A run that was chosen, over the picture: its path up to now, where the plane is in the picture.

let chosen = null;

function draw() {
  const pen = over.getContext("2d"), run = chosen === null ? null : numbers.runs[chosen];
  pen.clearRect(0, 0, width, height);
  if (!run) return;
  for (const {box, windows} of numbers.planes) {
    const [left, top, right, bottom] = box;
    const [x0, x1, y0, y1] = windows[Math.min(shown, windows.length - 1)];
    const place = (x, y) => [left + (x - x0) / (x1 - x0) * (right - left), bottom - (y - y0) / (y1 - y0) * (bottom - top)];
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
    pen.globalAlpha = 0.66;
    pen.fillStyle = facts.paper;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineJoin = pen.lineCap = "round";
    const points = reached(run).map(([x, y]) => place(x, y));
    for (const [colour, size] of [[facts.casing, 4.5], [runs[chosen].colour, 2.2]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = size * height / 480;
      pen.beginPath();
      points.forEach(point => pen.lineTo(...point));
      pen.stroke();
    }
    const [x, y] = points.at(-1);
    pen.beginPath();
    pen.arc(x, y, 5 * height / 480, 0, 7);
    pen.fillStyle = runs[chosen].colour;
    pen.strokeStyle = facts.casing;
    pen.lineWidth = 1.5 * height / 480;
    pen.fill();
    pen.stroke();
    pen.restore();
  }
}

// The places of a run up to the step that is shown, the last one between two recorded steps.
function reached({x, y}) {
  const now = numbers.at[shown], at = recorded(now), points = [];
  for (let k = 0; k <= at && x[k] !== null; k++) points.push([x[k], y[k]]);
  if (points.length === at + 1 && at + 1 < x.length && x[at + 1] !== null) {
    const share = (now - numbers.steps[at]) / (numbers.steps[at + 1] - numbers.steps[at]);
    points.push([x[at] + share * (x[at + 1] - x[at]), y[at] + share * (y[at + 1] - y[at])]);
  }
  return points;
}

function choose(k) {
  chosen = chosen === k ? null : k;
  runs.forEach((run, i) => run.label.setAttribute("aria-pressed", String(i === chosen)));
  draw();
}

// Tables.

function element(name, text, parent, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

const measured = k => ["x", "y", "loss"].filter(each => numbers.runs[k][each].length);

function list() {
  const body = part("runs").tBodies[0], noted = runs.some(run => run.note);
  body.replaceChildren();
  part("rate").hidden = !noted;
  runs.forEach((run, k) => {
    run.row = element("tr", "", body);
    const able = numbers.planes.length, head = element("th", "", run.row, {scope: "row"});
    run.label = element(able ? "button" : "span", "", head, able ? {class: "name", "aria-pressed": "false"} : {class: "name"});
    element("i", "", run.label).style.background = run.colour;
    element("span", run.name, run.label);
    if (able) run.label.onclick = () => choose(k);
    run.cells = measured(k).map(() => element("td", "", run.row));
    if (noted) element("td", run.note, run.row);
  });
}

const ROWS = 20;

function fill() {
  const body = part("paths").querySelector("tbody"), {steps} = numbers, all = steps.length - 1;
  const rows = Math.min(ROWS, all), kept = new Set();
  body.replaceChildren();
  for (let i = 0; i <= rows; i++) kept.add(rows ? Math.round(i * all / rows) : 0);
  runs.forEach((run, k) => {
    for (const at of kept) {
      if (steps[at] > run.end) continue;
      const row = element("tr", "", body);
      element("th", run.name, row, {scope: "row"});
      element("td", written(steps[at]), row);
      for (const each of measured(k)) element("td", written(numbers.runs[k][each][at]), row);
    }
  });
  const thinned = facts.thinned.replace("{shown}", kept.size).replace("{total}", numbers.total);
  part("thinned").textContent = kept.size < numbers.total ? thinned : "";
}

let filled = false;

function unfold() {
  if (filled || !numbers || !part("paths").open) return;
  filled = true;
  fill();
}

part("paths").addEventListener("toggle", unfold);

// Controls.

const speeds = part("speed"), stage = document.querySelector(".stage"), keys = part("keys");

function faster(by) {
  speeds.selectedIndex = Math.max(0, Math.min(speeds.length - 1, speeds.selectedIndex + by));
  speed = Number(speeds.value);
}

function repeat(on) {
  loop = on;
  part("loop").setAttribute("aria-pressed", String(on));
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.fullscreenEnabled) stage.requestFullscreen();
}

const actions = {
  " ": () => play(!playing), ArrowLeft: () => step(-1), ArrowRight: () => step(1),
  Home: () => seek(0), End: () => seek(last), p: () => caption(-1), n: () => caption(1),
  "-": () => faster(-1), "−": () => faster(-1), "+": () => faster(1), "=": () => faster(1),
  l: () => repeat(!loop), f: fullScreen, "?": () => keys.showModal(),
};

part("play").onclick = actions[" "];
part("back").onclick = actions.ArrowLeft;
part("forward").onclick = actions.ArrowRight;
part("previous").onclick = actions.p;
part("next").onclick = actions.n;
part("loop").onclick = actions.l;
part("screen").onclick = fullScreen;
part("help").onclick = actions["?"];
part("screen").hidden = !document.fullscreenEnabled;
picture.onclick = actions[" "];
speeds.onchange = () => faster(0);
bar.oninput = () => seek(film ? stops[bar.value][0] : Number(bar.value));

document.addEventListener("keydown", event => {
  const {target, key} = event;
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (target.matches("select, input:not([type=range])")) return;
  if (target.closest("button, summary") && (key === " " || key === "Enter")) return;
  if (target.closest(".scroll") && key.startsWith("Arrow")) return;
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  if (!action) return;
  event.preventDefault();
  action();
});

// A clip: its facts, the numbers of its runs if there are any, and its segments. It is there once its
// first picture is: until then the one before stays, at the moment and with the run that were chosen.

async function use(next) {
  const given = new Pictures(next.facts, next.parts), end = next.facts.frames - 1;
  const name = chosen === null ? null : runs[chosen].name;
  const at = () => Math.max(0, Math.min(end, Math.floor(second * next.facts.fps + 1e-6)));
  await Promise.all([given.at(at()).load(), given.segments.at(-1).load()]);
  ({facts, numbers} = next);
  ({width, height, frames, fps, duration} = facts);
  pictures = given;
  last = end;
  stops = facts.stops || [];
  film = Boolean(facts.film);
  runs = facts.runs || [];
  const found = runs.findIndex(run => run.name === name);
  chosen = found < 0 || !numbers?.planes.length ? null : found;
  fit();
  if (numbers) list();
  filled = false;
  unfold();
  pictures.paint(part("print"), last);
  if (chosen !== null) runs[chosen].label.setAttribute("aria-pressed", "true");
  second = Math.min(second, duration);
  show(frameAt(second));
}

function fit() {
  const page = document.documentElement.style, main = document.querySelector("main");
  for (const canvas of [picture, over, part("print")])
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  page.setProperty("--ratio", width / height);
  main.style.setProperty("--wide", `${width}px`);
  main.classList.toggle("film", film);
  bar.max = film ? stops.length - 1 : last;
  part("ticks").replaceChildren();
  if (!film) for (const [frame] of stops) element("i", "", part("ticks")).style.left = `${100 * frame / Math.max(last, 1)}%`;
  for (const id of ["back", "forward"]) {
    const button = part(id);
    button.dataset.frame ||= button.title;
    button.title = film ? button.dataset.value : button.dataset.frame;
    button.setAttribute("aria-label", button.title);
  }
  const steps = part("steps");
  steps.dataset.frame ||= steps.textContent;
  steps.textContent = film ? steps.dataset.value : steps.dataset.frame;
}
