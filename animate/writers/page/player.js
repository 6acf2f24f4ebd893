(() => {
"use strict";
const part = id => document.getElementById(id);
const facts = JSON.parse(part("animate-facts").textContent);
const {width, height, frames, fps, duration} = facts, last = frames - 1;
const stops = facts.stops || [], film = Boolean(facts.film), runs = facts.runs || [];
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

// Packed data: base 85, deflated.

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=/?@^_`{|}~";

function bytes(text) {
  const digits = new Uint8Array(128), groups = Math.ceil(text.length / 5);
  for (let i = 0; i < 85; i++) digits[SIGNS.charCodeAt(i)] = i;
  const out = new Uint8Array(4 * groups);
  for (let group = 0, at = 0; group < groups; group++) {
    let number = 0;
    for (let i = 0; i < 5; i++, at++)
      number = 85 * number + (at < text.length ? digits[text.charCodeAt(at)] : 84);
    for (let i = 0; i < 4; i++) out[4 * group + i] = number >>> (24 - 8 * i);
  }
  return out.subarray(0, text.length - groups);
}

function inflated(text) {
  const packed = new Blob([bytes(text)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

// Pictures: segments of tiles that change; animate/writers/page/pictures.py says how they are packed.

const TILE = 16, AREA = TILE * TILE, EVERY = 16, HELD = 3;
const colours = new Uint32Array(256).fill(0xff000000);
for (let i = 0; 6 * i < facts.palette.length; i++) {
  const rgb = parseInt(facts.palette.substr(6 * i, 6), 16);
  colours[i] = 0xff000000 | (rgb & 255) << 16 | rgb & 0xff00 | rgb >> 16;
}

class Segment {
  constructor(element) {
    this.first = Number(element.dataset.first);
    this.count = Number(element.dataset.count);
    this.element = element;
  }

  load() {
    this.loading ||= inflated(this.element.textContent).then(data => this.unpack(data));
    return this.loading;
  }

  drop() {
    this.loading = this.entries = this.marks = this.picture = null;
  }

  unpack(data) {
    const [, signs] = new Uint32Array(data.slice(0, 12)), columns = Math.ceil(width / TILE);
    const tiles = columns * Math.ceil(height / TILE), row = Math.ceil((this.count - 1) / 8);
    const whole = new Uint8Array(data), bits = 12 + width * height;
    this.start = whole.subarray(12, bits);
    this.signs = whole.subarray(bits + tiles * row, bits + tiles * row + signs);
    this.colours = whole.subarray(bits + tiles * row + signs);
    const entries = Array.from({length: this.count}, () => []);
    let sign = 0, colour = 0;
    for (let tile = 0; tile < tiles; tile++)
      for (let k = 1; k < this.count; k++) {
        const at = k - 1;
        if (!(whole[bits + tile * row + (at >> 3)] & 128 >> (at & 7))) continue;
        const place = Math.floor(tile / columns) * TILE * width + tile % columns * TILE;
        entries[k].push(place, sign, colour);
        for (const end = sign + AREA; sign < end; sign++) if (this.signs[sign] === 1) colour++;
      }
    this.marks = [];
    this.restore(0);
    this.entries = entries;
  }

  // Stand at the nearest mark up to `at`: marks are kept of every few pictures once seen.
  restore(at) {
    const number = Math.min(Math.floor(at / EVERY), Math.max(this.marks.length - 1, 0));
    const mark = this.marks[number] || {picture: this.start, before: this.start};
    this.picture = mark.picture.slice();
    this.before = mark.before.slice();
    this.at = EVERY * number;
  }

  // The colours of picture `frame`, a byte a pixel.
  show(frame) {
    const goal = frame - this.first;
    if (goal < this.at || Math.floor(goal / EVERY) < this.marks.length
        && Math.floor(goal / EVERY) > Math.floor(this.at / EVERY)) this.restore(goal);
    for (;;) {
      if (this.at === EVERY * this.marks.length)
        this.marks.push({picture: this.picture.slice(), before: this.before.slice()});
      if (this.at === goal) return this.picture;
      this.apply(this.entries[++this.at]);
    }
  }

  apply(entries) {
    const {picture, before, signs, colours} = this;
    for (let i = 0; i < entries.length; i += 3) {
      let place = entries[i], sign = entries[i + 1], colour = entries[i + 2];
      for (let y = 0; y < TILE; y++, place += width - TILE)
        for (let x = 0; x < TILE; x++, place++) {
          const kind = signs[sign++];
          if (!kind) continue;
          const old = picture[place];
          picture[place] = kind === 1 ? colours[colour++] : before[place];
          before[place] = old;
        }
    }
  }
}

const segments = [...document.querySelectorAll(".animate-frames")].map(each => new Segment(each));
const segmentOf = frame => segments.findLast(each => each.first <= frame);

function keep(segment) {
  const near = segments.indexOf(segment), far = each => Math.abs(segments.indexOf(each) - near);
  for (const each of segments) if (far(each) >= HELD && each !== segments.at(-1)) each.drop();
  return segment.load();
}

const picture = part("picture"), over = part("over");
const image = new ImageData(width, height), pixels = new Uint32Array(image.data.buffer);

function paint(canvas, frame) {
  const shown = segmentOf(frame).show(frame);
  for (let i = 0; i < shown.length; i++) pixels[i] = colours[shown[i]];
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// The clock: picture k is shown from k / fps seconds on, the last one until the end.

let second = 0, shown = 0, playing = false, speed = 1, loop = facts.loop, before = 0, numbers = null;

const frameAt = time => Math.max(0, Math.min(last, Math.floor(time * fps + 1e-6)));

function show(frame) {
  shown = frame;
  const segment = segmentOf(frame);
  if (!segment.entries) {
    keep(segment).then(() => shown === frame && show(frame));
    return;
  }
  const following = segmentOf(Math.min(segment.first + segment.count, last));
  if (following !== segment && !following.loading) keep(following);
  paint(picture, frame);
  tell();
}

function tick(now) {
  if (!playing) return;
  if (segmentOf(shown).entries) second += Math.min((now - before) / 1000, 0.25) * speed;
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

part("paths").addEventListener("toggle", () => numbers && fill(), {once: true});

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
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || target === speeds) return;
  if (target.closest("button, summary") && (key === " " || key === "Enter")) return;
  if (target.closest(".scroll") && key.startsWith("Arrow")) return;
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  if (!action) return;
  event.preventDefault();
  action();
});

// Begin.

function prepare() {
  document.documentElement.style.setProperty("--ratio", width / height);
  bar.max = film ? stops.length - 1 : last;
  document.querySelector("main").classList.toggle("film", film);
  repeat(loop);
  if (!film) for (const [frame] of stops) element("i", "", part("ticks")).style.left = `${100 * frame / Math.max(last, 1)}%`;
  else for (const id of ["back", "forward"]) {
    const button = part(id);
    button.title = button.dataset.value;
    button.setAttribute("aria-label", button.dataset.value);
  }
  if (film) part("steps").textContent = part("steps").dataset.value;
  try {  // of a snippet: as high as what is in it, where the article lets it know
    const frame = window.frameElement;
    if (frame?.matches("iframe.animate")) new ResizeObserver(() => {
      frame.style.aspectRatio = "auto";
      frame.style.height = `${document.body.scrollHeight}px`;
    }).observe(document.body);
  } catch { /* another origin */ }
}

async function begin() {
  prepare();
  const packed = part("animate-numbers").textContent;
  if (packed) {
    numbers = JSON.parse(new TextDecoder().decode(await inflated(packed)));
    list();
  }
  await segments.at(-1).load();
  paint(part("print"), last);
  await segments[0].load();
  if (still) second = duration;
  show(still ? last : 0);
  if (!still && !film) play(true);
}

begin().catch(error => {
  part("failed").hidden = false;
  console.error(error);
});
})();
