// The workshop: the player with the picture of a scene that is drawn anew whenever it is saved.

const said = JSON.parse(document.body.dataset.said), body = document.body;
const filledIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
let scenes = JSON.parse(body.dataset.scenes), events = null, state = null, head = null;
let scene = new URLSearchParams(location.search).get("scene") || scenes[0] || "";

const address = (path, more = {}) => `${path}?${new URLSearchParams({scene, ...more})}`;

async function send(path, content) {
  const answer = await fetch(address(path), {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(content),
  });
  if (!answer.ok) tellWhy((await answer.json()).why);
  return answer.ok;
}

function tellWhy(why) {
  part("status").textContent = why;
  part("status").classList.add("wrong");
}

// Pictures: fetched one after the other, the newest of those that came meanwhile.

let fetching = false, wanted = "", shownTag = "";

async function fetchPicture() {
  if (fetching || wanted === shownTag) return;
  fetching = true;
  const tag = wanted, from = scene;
  try {
    await showPicture(tag, from);
  } finally {
    fetching = false;
  }
  if (wanted !== tag || scene !== from) fetchPicture();
}

async function showPicture(tag, from) {
  const answer = await fetch(address("picture"));
  if (!answer.ok) return;
  const data = await answer.arrayBuffer(), length = new DataView(data).getUint32(0, true);
  const given = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
  let at = 4 + length;
  const parts = given.segments.map(([first, count, size]) => {
    const packed = new Uint8Array(data, at, size);
    at += size;
    return {first, count, data: () => packed};
  });
  if (from !== scene) return;
  const begun = head === null;
  head = given;
  if (begun) begin(given);
  await use({facts: given.facts, numbers: given.numbers, parts});
  if (from !== scene) return;
  describe(given.about);
  shownTag = tag;
  if (begun && !matchMedia("(prefers-reduced-motion: reduce)").matches && !film) play(true);
  body.dataset.shown = tag;
  body.dataset.quality = given.quality;
  body.dataset.version = given.version;
  body.classList.remove("empty");
  enable();
  tellState();
}

function begin({facts: given}) {
  second = matchMedia("(prefers-reduced-motion: reduce)").matches ? given.duration : 0;
  repeat(given.loop);
}

function describe(about) {
  for (const each of document.querySelectorAll("[data-about]")) each.textContent = about[each.dataset.about];
  for (const each of document.querySelectorAll("[data-no]")) each.hidden = Boolean(about[each.dataset.no]);
  picture.setAttribute("aria-label", about.title);
  part("title").textContent = about.title;
  document.title = `${about.title} – animate watch`;
}

// What is known of the scene.

function listen() {
  events?.close();
  events = new EventSource(address("events"));
  events.onmessage = event => take(JSON.parse(event.data));
  events.onerror = () => tellWhy(said.lost);
}

function take(given) {
  state = given;
  scenes = given.scenes;
  wanted = given.tag;
  listScenes();
  tellState();
  if (wanted && wanted !== shownTag) fetchPicture();
}

function tellState() {
  const {slips, remarks, drawing, stage: working, there} = state, status = part("status");
  const wrong = slips.length > 0 || !there;
  part("name").textContent = scene;
  status.classList.toggle("wrong", wrong);
  if (!there) status.textContent = said.gone;
  else if (slips.length) status.textContent = said.mistakes;
  else if (working) status.textContent = `${working[0]}: ${filledIn(said.frames, {done: working[1], count: working[2]})}`;
  else if (drawing) status.textContent = state.quality === "draft" && shownTag ? said.draft : said.drawing;
  else status.textContent = said.current;
  part("wrong").hidden = !slips.length;
  part("kept").hidden = !shownTag;
  part("slips").replaceChildren(...slips.map(([text, line, column]) => {
    const item = document.createElement("li");
    if (line) element("b", filledIn(said.line, {line, column}), item);
    element("span", text, item);
    return item;
  }));
  part("remarked").hidden = !remarks.length || wrong;
  part("remarks").replaceChildren(...remarks.map(text => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
  document.querySelector("main").classList.toggle("stale", wrong && Boolean(shownTag));
}

// The list of scenes.

function listScenes() {
  const list = part("list");
  list.hidden = scenes.length < 2;
  if (list.dataset.shown === JSON.stringify([scenes, scene])) return;
  list.dataset.shown = JSON.stringify([scenes, scene]);
  list.replaceChildren(...scenes.map(each => {
    const link = document.createElement("a");
    link.href = `?${new URLSearchParams({scene: each})}`;
    link.textContent = each.replace(/\.ya?ml$/, "");
    if (each === scene) link.setAttribute("aria-current", "page");
    link.onclick = event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose_scene(each);
    };
    return link;
  }));
}

function choose_scene(name, remember = true) {
  if (name === scene || !name) return;
  scene = name;
  head = null;
  shownTag = wanted = "";
  play(false);
  second = 0;
  body.classList.add("empty");
  if (remember) history.pushState(null, "", `?${new URLSearchParams({scene})}`);
  part("size").value = part("theme").value = "";
  listen();
}

addEventListener("popstate", () => choose_scene(new URLSearchParams(location.search).get("scene") || scenes[0], false));

// Places: where a panel shows the plane from above.

let at = null, dragged = null;
const marker = element("div", "", document.querySelector(".picture"), {class: "marker", hidden: ""});

function enable() {
  const planes = Boolean(numbers?.planes.length);
  part("placing").hidden = !planes;
  part("begin").hidden = !head.start;
  document.querySelector("main").classList.toggle("placeable", planes);
}

// Where the pointer is, in pixels of the picture.
function pixel(event) {
  const box = picture.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width * width, (event.clientY - box.top) / box.height * height];
}

const windowOf = ({windows}) => windows[Math.min(shown, windows.length - 1)];

function placeAt([x, y], planes = numbers?.planes || [], beyond = false) {
  for (const plane of planes) {
    const [left, top, right, bottom] = plane.box, [x0, x1, y0, y1] = windowOf(plane);
    if (!beyond && (x < left || x > right || y < top || y > bottom)) continue;
    const inside = (value, low, high) => Math.min(Math.max(value, Math.min(low, high)), Math.max(low, high));
    const across = (inside(x, left, right) - left) / (right - left), up = (bottom - inside(y, top, bottom)) / (bottom - top);
    return {plane, x: rounded(x0 + across * (x1 - x0), x1 - x0), y: rounded(y0 + up * (y1 - y0), y1 - y0)};
  }
  return null;
}

// To a thousandth of the window, in as few digits as that takes.
const rounded = (value, span) => Number(value.toFixed(Math.min(Math.max(0, Math.ceil(3 - Math.log10(Math.abs(span)))), 20)));

function pixelOf({plane, x, y}) {
  const [left, top, right, bottom] = plane.box, [x0, x1, y0, y1] = windowOf(plane);
  return [left + (x - x0) / (x1 - x0) * (right - left), bottom - (y - y0) / (y1 - y0) * (bottom - top)];
}

function mark(place) {
  marker.hidden = !place;
  if (!place) return;
  const [x, y] = pixelOf(place);
  marker.style.left = `${100 * x / width}%`;
  marker.style.top = `${100 * y / height}%`;
}

async function ask(x, y) {
  at = null;
  part("x").value = x;
  part("y").value = y;
  const answer = await fetch(address("loss", {x, y}));
  const {loss, why} = await answer.json();
  if (!answer.ok) return tellWhy(why);
  at = {x: Number(x), y: Number(y)};
  part("loss").textContent = loss === null ? said.no_loss : `${part("runs").querySelector("[data-about=height_name]").textContent || "f"} = ${written(loss)}`;
  part("copy").disabled = false;
}

// Cameras: a relief is turned by the mouse, or by the arrows with Shift; the file says the angles.

let turned = null;

const cameraUnder = ([x, y]) => (head?.cameras || []).find(({box: [left, top, right, bottom]}) =>
  x >= left && x <= right && y >= top && y <= bottom);

function angles({angles: [azimuth, elevation]}, across, up) {
  const round = Math.round((azimuth + across) % 360);
  return [round > 180 ? round - 360 : round <= -180 ? round + 360 : round, Math.max(0, Math.min(90, Math.round(elevation + up)))];
}

const tellAngles = ([azimuth, elevation]) => {
  part("status").textContent = filledIn(said.camera, {azimuth, elevation}).replaceAll("-", "−");
};

const turn = (camera, to) => send("edit", {version: head.version, panel: camera.panel, camera: to});

document.addEventListener("keydown", event => {
  const by = {ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, 5], ArrowDown: [0, -5]}[event.key];
  if (!by || !event.shiftKey || !head?.cameras.length || event.target.matches?.("input:not([type=range]), select")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const [camera] = head.cameras, to = angles(camera, ...by);
  tellAngles(to);
  turn(camera, to);
}, true);

// The start under the pointer, if it can be moved.
function startUnder(point) {
  if (!head?.start || !numbers) return null;
  return numbers.planes.find(plane => {
    const [x, y] = pixelOf({plane, x: head.start[0], y: head.start[1]});
    const near = 14 * width / picture.getBoundingClientRect().width;
    return Math.hypot(x - point[0], y - point[1]) < near;
  }) || null;
}

let moved = false;

picture.onclick = event => {
  if (moved) return;
  const place = placeAt(pixel(event));
  if (!place) return play(!playing);
  mark(place);
  ask(place.x, place.y);
};

picture.onpointerdown = event => {
  moved = false;
  if (event.button) return;
  const plane = startUnder(pixel(event)), camera = cameraUnder(pixel(event));
  if (camera && !plane) {
    turned = {camera, from: pixel(event)};
    picture.setPointerCapture(event.pointerId);
    event.preventDefault();
  }
  if (!plane) return;
  dragged = {plane, from: pixel(event)};
  picture.setPointerCapture(event.pointerId);
  event.preventDefault();
};

picture.onpointermove = event => {
  const point = pixel(event);
  if (turned) {
    const [across, down] = [point[0] - turned.from[0], point[1] - turned.from[1]];
    if (Math.hypot(across, down) > 3) moved = true;
    if (moved) tellAngles(turned.to = angles(turned.camera, -0.5 * across, 0.3 * down));
    return;
  }
  if (!dragged) {
    document.querySelector("main").classList.toggle("movable", Boolean(startUnder(point) || cameraUnder(point)));
    return;
  }
  if (Math.hypot(point[0] - dragged.from[0], point[1] - dragged.from[1]) > 3) moved = true;
  if (moved) mark(dragged.place = placeAt(point, [dragged.plane], true));
};

picture.onpointerup = async () => {
  const {place} = dragged || {};
  if (turned?.to) turn(turned.camera, turned.to);
  dragged = turned = null;
  if (!moved || !place) return;
  await begin_at(place.x, place.y);
  mark(null);
};

picture.onpointercancel = () => {
  dragged = turned = null;
  mark(null);
};

const begin_at = (x, y) => send("edit", {version: head.version, start: [x, y]});

part("place").onsubmit = event => {
  event.preventDefault();
  ask(part("x").value.trim(), part("y").value.trim());
};
part("begin").onclick = () => begin_at(Number(part("x").value), Number(part("y").value));
part("copy").onclick = async () => {
  await navigator.clipboard.writeText(`[${at.x}, ${at.y}]`);
  part("copy").textContent = said.copied;
  setTimeout(() => { part("copy").textContent = said.copy; }, 1500);
};

// Size, theme, files.

const look = () => send("look", {size: part("size").value, theme: part("theme").value});
part("size").onchange = part("theme").onchange = look;

async function download() {
  const format = part("format").value, button = part("save");
  if (button.disabled) return;
  button.disabled = true;
  part("status").textContent = filledIn(said.preparing, {file: scene.replace(/\.ya?ml$/, "") + format});
  try {
    const answer = await fetch(address("file", {format}));
    if (!answer.ok) return tellWhy((await answer.json()).why);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = /filename="([^"]*)"/.exec(answer.headers.get("Content-Disposition"))?.[1] || `scene${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    tellState();
  } finally {
    button.disabled = false;
  }
}

part("save").onclick = download;
const neighbour = by => choose_scene(scenes[(scenes.indexOf(scene) + by + scenes.length) % scenes.length]);
Object.assign(actions, {d: download, "[": () => neighbour(-1), "]": () => neighbour(1)});

document.querySelector(".about").open = true;
body.classList.add("empty");
if (scene) listen();
else tellWhy(said.none);
