// The widget of a notebook: sliders, the paths over the picture, and their losses in a table.

const POSITIONS = 1000;  // of a slider that is not of whole numbers
const REST = 300;  // milliseconds without a change until the picture is drawn anew
const FAR = 1e5;  // pixels beyond which a place is only a direction

function make(parent, tag, name = "", text = "") {
  const made = parent.appendChild(document.createElement(tag));
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

export function short(value, digits = 3) {
  return Number(value.toPrecision(digits));
}

// The value at a share of the way from the low end to the high one, and the share of a value.
export function valueAt(slider, share) {
  const { low, high } = slider;
  if (share <= 0) return low;
  if (share >= 1) return high;
  const value = slider.logarithmic ? low * (high / low) ** share : low + share * (high - low);
  return slider.whole ? Math.round(value) : short(value, slider.logarithmic ? 3 : 4);
}

export function shareOf(slider, value) {
  const { low, high } = slider;
  if (!(value > low)) return 0;
  const share = slider.logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(share, 1);
}

export function floats(view) {
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

function address(png) {
  const bytes = new Uint8Array(png.buffer, png.byteOffset, png.byteLength);
  let text = "";
  for (let k = 0; k < bytes.length; k += 0x8000) text += String.fromCharCode(...bytes.subarray(k, k + 0x8000));
  return `data:image/png;base64,${btoa(text)}`;
}

// `place`, or where the way to it from `from` is far outside of any picture.
function within(place, from) {
  const way = Math.hypot(place[0] - from[0], place[1] - from[1]);
  if (!(way > FAR)) return place;
  return [0, 1].map((k) => from[k] + ((place[k] - from[k]) / way) * FAR);
}

// The places of a run up to its end, along the graph of a function of one variable where there is one.
export function pathOf(positions, graph, first, steps) {
  const places = [];
  for (let step = 0; step < steps; step++) {
    const at = 2 * (first + step);
    const place = [positions[at], positions[at + 1]];
    if (!place.every(Number.isFinite)) break;
    const before = places.at(-1);
    if (before) places.push(...between(graph, before[0], place[0]));
    places.push(before ? within(place, before) : place);
  }
  return places;
}

function between(graph, from, to) {
  const found = [];
  for (let k = 0; k < graph.length; k += 2) {
    const inside = graph[k] > Math.min(from, to) && graph[k] < Math.max(from, to);
    if (inside && Number.isFinite(graph[k + 1])) found.push([graph[k], graph[k + 1]]);
  }
  return from > to ? found.reverse() : found;
}

function drawPath(pen, places, run, facts) {
  const { trail, casing, head } = facts.lines;
  pen.setLineDash([]);
  pen.beginPath();
  for (const place of places) pen.lineTo(...place);
  pen.lineWidth = trail + 2 * casing;
  pen.strokeStyle = facts.casing;
  pen.stroke();
  pen.setLineDash(run.dash.map((length) => length * trail));
  pen.lineWidth = trail;
  pen.strokeStyle = run.colour;
  pen.stroke();
  dot(pen, places.at(-1), head + casing, facts.casing);
  dot(pen, places.at(-1), head, run.colour);
}

function dot(pen, [x, y], radius, colour) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

// Where runs begin: a ring that covers the heads, which the picture has there.
function drawStart(pen, place, facts) {
  const { casing, head } = facts.lines;
  dot(pen, place, head + 2 * casing, facts.casing);
  dot(pen, place, head, facts.ink);
  dot(pen, place, head - 1.5 * casing, facts.paper);
}

function drawAll(canvas, paths, facts) {
  const [width, height] = facts.size, ratio = Math.max(window.devicePixelRatio || 1, 2);
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const pen = canvas.getContext("2d"), [left, top, right, bottom] = facts.box;
  pen.scale(ratio, ratio);
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  pen.lineJoin = "round";
  const [optimizers, runs, steps] = paths.shape, positions = floats(paths.positions), graph = floats(paths.graph);
  const all = Array.from({ length: optimizers * runs }, (_, k) => pathOf(positions, graph, k * steps, steps));
  for (const places of all) if (places.length) drawStart(pen, places[0], facts);
  all.forEach((places, k) => places.length && drawPath(pen, places, paths.runs[k], facts));
}

// What shows the values of the model, unless the reader has moved on from them.
function addSliders(parent, model, words, sending) {
  const setters = model.get("sliders").map((each) => [each.key, addSlider(parent, each, words, sending.change)]);
  return () => {
    if (!sending.waits()) for (const [key, set] of setters) set(model.get("values")[key]);
  };
}

function addTable(parent, words) {
  const table = make(parent, "table"), head = make(make(table, "thead"), "tr");
  for (const text of [words.name, words.end]) make(head, "th", "", text).scope = "col";
  return make(table, "tbody");
}

function fill(body, runs) {
  body.replaceChildren();
  for (const run of runs) {
    const row = make(body, "tr"), name = make(row, "th");
    name.scope = "row";
    make(name, "i").style.background = run.colour;
    name.append(run.name);
    make(row, "td", "", run.loss);
  }
}

function addSlider(parent, slider, words, changed) {
  const label = make(parent, "label"), head = make(label, "span", "head");
  make(head, "span", "", slider.key);
  const output = make(head, "output"), input = make(label, "input"), ends = make(label, "span", "ends");
  const steps = slider.whole && !slider.logarithmic ? slider.high - slider.low : POSITIONS;
  Object.assign(input, { type: "range", min: 0, max: steps, step: 1 });
  input.setAttribute("aria-label", slider.key);
  make(ends, "span", "", String(slider.low));
  make(ends, "span", "", slider.logarithmic ? words.logarithmic : "");
  make(ends, "span", "", String(slider.high));
  const tell = (value) => {
    output.textContent = String(short(value, slider.whole ? 15 : 6));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    const value = valueAt(slider, input.value / steps);
    tell(value);
    changed(slider.key, value);
  });
  return (value) => {
    // A value is rounded: what is there already must not push the slider back under the reader's hand.
    if (valueAt(slider, input.value / steps) !== value) input.value = Math.round(shareOf(slider, value) * steps);
    tell(value);
  };
}

// Sends the newest values as soon as those before are answered; `rested` when no more come.
export function sender(model, rested) {
  let waiting = null, timer = 0;
  const answered = () => {
    const asked = model.get("values"), done = model.get("paths").values;
    return Object.keys(asked).every((key) => asked[key] === done[key]);
  };
  const next = () => {
    clearTimeout(timer);
    if (!answered()) return;
    if (waiting) {
      model.set("values", { ...model.get("values"), ...waiting });
      waiting = null;
      if (!answered()) return model.save_changes();
    }
    timer = setTimeout(rested, REST);
  };
  return {
    next,
    stop: () => clearTimeout(timer),
    waits: () => waiting !== null,
    change: (key, value) => {
      waiting = { ...waiting, [key]: value };
      next();
    },
  };
}

function render({ model, el }) {
  const words = model.get("picture").words;
  const root = make(el, "div", "animate-widget"), figure = make(root, "div", "picture");
  const image = make(figure, "img"), canvas = make(figure, "canvas"), side = make(root, "div", "side");
  image.alt = "";
  canvas.setAttribute("role", "img");
  const sending = sender(model, () => {
    model.set("rest", model.get("rest") + 1);
    model.save_changes();
  });
  const showValues = addSliders(side, model, words, sending);
  const wrong = make(side, "p", "wrong");
  wrong.setAttribute("role", "alert");
  const body = addTable(side, words);

  const showPaths = () => {
    const paths = model.get("paths");
    drawAll(canvas, paths, model.get("picture"));
    fill(body, paths.runs);
    if (wrong.textContent !== paths.wrong) wrong.textContent = paths.wrong;
    root.classList.toggle("stale", paths.wrong !== "");
  };
  const showPicture = () => {
    const facts = model.get("picture");
    [image.width, image.height] = facts.size;
    figure.style.maxWidth = `${facts.size[0]}px`;
    image.src = address(facts.png);
    canvas.setAttribute("aria-label", facts.alt);
    showPaths();
  };
  const answer = () => {
    showPaths();
    sending.next();
  };
  const heard = { "change:values": showValues, "change:paths": answer, "change:picture": showPicture };
  for (const [name, hear] of Object.entries(heard)) model.on(name, hear);
  showPicture();
  showValues();
  return () => {
    sending.stop();
    for (const [name, hear] of Object.entries(heard)) model.off(name, hear);
  };
}

export default { render };
