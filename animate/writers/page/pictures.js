// Packed data: deflated; in a page of one file as text, in base 85.

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

function inflated(data) {
  const packed = new Blob([data]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

// Pictures: segments of tiles that change; animate/writers/page/pictures.py says how they are packed.

const TILE = 16, AREA = TILE * TILE, EVERY = 16, HELD = 3;

class Segment {
  constructor(size, {first, count, data}) {
    Object.assign(this, {size, first, count, data});
  }

  load() {
    this.loading ||= inflated(this.data()).then(data => this.unpack(data));
    return this.loading;
  }

  drop() {
    this.loading = this.entries = this.marks = this.picture = null;
  }

  unpack(data) {
    const {width, height} = this.size;
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
    const {picture, before, signs, colours, size: {width}} = this;
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

// All pictures of a clip: `facts` are its size and palette, `parts` its segments.
class Pictures {
  constructor(facts, parts) {
    this.segments = parts.map(each => new Segment(facts, each));
    this.image = new ImageData(facts.width, facts.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.colours = new Uint32Array(256).fill(0xff000000);
    for (let i = 0; 6 * i < facts.palette.length; i++) {
      const rgb = parseInt(facts.palette.substr(6 * i, 6), 16);
      this.colours[i] = 0xff000000 | (rgb & 255) << 16 | rgb & 0xff00 | rgb >> 16;
    }
  }

  at(frame) {
    return this.segments.findLast(each => each.first <= frame);
  }

  after(segment) {
    return this.segments[this.segments.indexOf(segment) + 1] || segment;
  }

  // Load a segment; those far from it are dropped, but for the last one.
  keep(segment) {
    const {segments} = this, near = segments.indexOf(segment);
    segments.forEach((each, k) => {
      if (Math.abs(k - near) >= HELD && each !== segments.at(-1)) each.drop();
    });
    return segment.load();
  }

  paint(canvas, frame) {
    const shown = this.at(frame).show(frame), {pixels, colours} = this;
    for (let i = 0; i < shown.length; i++) pixels[i] = colours[shown[i]];
    canvas.getContext("2d").putImageData(this.image, 0, 0);
  }
}
