// Draws traces into pixels: of each column of each trace the lowest and highest point, filled with soft ends. No path, no GPU.
// A worker: takes a canvas once, each tile once, then the numbers of those to show with their geometry.

/** @typedef {import('./page.js').Page} Page */
/** @typedef {{ y: number, scale: number, offset: number, colour: [number, number, number] }} Lane value → y: y + (value - offset) * scale, device pixels */
/** @typedef {{ from: number, seconds: number, width: number, height: number, left: number, right: number, thickness: number, above: number, lanes: Lane[] }} Geometry what is shown, s, and where, device pixels; the lane that is drawn above the others */

/** @type {OffscreenCanvas | null} */
let canvas = null;
/** @type {OffscreenCanvasRenderingContext2D | null} */
let context = null;
/** @type {ImageData | null} */
let image = null;
/** @type {Map<number, Page>} */
const tiles = new Map();

self.onmessage = event => {
  const { canvas: given, tile, page, drop, show, geometry, ticket } = event.data;
  if (given) {
    canvas = given;
    context = /** @type {OffscreenCanvasRenderingContext2D} */ (given.getContext('2d'));
  }
  if (tile) tiles.set(tile, page);
  if (drop) tiles.delete(drop);
  if (!show || !canvas || !context) return;
  if (canvas.width !== geometry.width || canvas.height !== geometry.height) {
    canvas.width = geometry.width;
    canvas.height = geometry.height;
    image = null;
  }
  image ??= context.createImageData(geometry.width, geometry.height);
  drawPages(show.map((/** @type {number} */ id) => tiles.get(id)), geometry, image.data);
  context.putImageData(image, 0, 0);
  self.postMessage({ ticket });
};

/** @param {Page[]} pages In order of time. @param {Geometry} geometry @param {Uint8ClampedArray} pixels */
export function drawPages(pages, geometry, pixels) {
  pixels.fill(0);
  const columns = Math.max(1, geometry.right - geometry.left);
  const low = new Float32Array(columns);
  const high = new Float32Array(columns);
  const perSecond = columns / geometry.seconds;
  const order = geometry.lanes.map((_, r) => r).sort((a, b) => Number(a === geometry.above) - Number(b === geometry.above) || a - b);
  for (const r of order) {
    const lane = geometry.lanes[r];
    low.fill(Infinity);
    high.fill(-Infinity);
    for (const { rows, values } of pages) {
      const row = rows[r];
      for (const stretch of row?.stretches ?? []) {
        (row.extremes ? spans : lines)(stretch, values, (stretch.onset - geometry.from) * perSecond, lane, perSecond, low, high);
      }
    }
    paint(low, high, geometry, lane.colour, r === geometry.above ? cover : strengthen, pixels);
  }
}

/** Entries that lie wholly to the left of the page: much of a tile may. @param {number} x Of the first. @param {number} step */
function beside(x, step) { return Math.max(0, Math.floor(-x / step) - 1); }

/** @param {import('./page.js').Stretch} stretch @param {Float32Array} values @param {number} x Of its first value. @param {Lane} lane @param {number} perSecond @param {Float32Array} low @param {Float32Array} high */
function lines(stretch, values, x, lane, perSecond, low, high) {
  const columns = low.length;
  const step = stretch.step * perSecond;
  let px = NaN;
  let py = NaN;
  const begin = beside(x, step);
  x += begin * step;
  for (let i = begin; i < stretch.count && x <= columns + step; i++, x += step) {
    const y = lane.y + (values[stretch.at + i] - lane.offset) * lane.scale;
    if (y !== y) {
      py = NaN;
      continue;
    }
    if (py === py) {
      segment(px, py, x, y, low, high, columns);
    } else {
      const c = Math.floor(x);
      if (c >= 0 && c < columns) {
        if (y < low[c]) low[c] = y;
        if (y > high[c]) high[c] = y;
      }
    }
    px = x;
    py = y;
  }
}

function segment(/** @type {number} */ x0, /** @type {number} */ y0, /** @type {number} */ x1, /** @type {number} */ y1, /** @type {Float32Array} */ low, /** @type {Float32Array} */ high, /** @type {number} */ columns) {
  const first = Math.max(0, Math.floor(x0));
  const last = Math.min(columns - 1, Math.floor(x1));
  if (last < first) return;
  const slope = (y1 - y0) / (x1 - x0);
  for (let c = first; c <= last; c++) {
    const a = c <= x0 ? y0 : y0 + (c - x0) * slope;
    const b = c + 1 >= x1 ? y1 : y0 + (c + 1 - x0) * slope;
    const lo = a < b ? a : b;
    const hi = a < b ? b : a;
    if (lo < low[c]) low[c] = lo;
    if (hi > high[c]) high[c] = hi;
  }
}

/** @param {import('./page.js').Stretch} stretch @param {Float32Array} values @param {number} x Of its first value. @param {Lane} lane @param {number} perSecond @param {Float32Array} low @param {Float32Array} high */
function spans(stretch, values, x, lane, perSecond, low, high) {
  const columns = low.length;
  const step = stretch.step * perSecond;
  let before = NaN;
  let after = NaN;
  const begin = beside(x, step);
  x += begin * step;
  for (let i = begin; i < stretch.count && x <= columns + step; i++, x += step) {
    const a = lane.y + (values[stretch.at + 2 * i] - lane.offset) * lane.scale;
    const b = lane.y + (values[stretch.at + 2 * i + 1] - lane.offset) * lane.scale;
    if (a !== a || b !== b) {
      before = NaN;
      after = NaN;
      continue;
    }
    let lo = a < b ? a : b;
    let hi = a < b ? b : a;
    const ownLo = lo;
    const ownHi = hi;
    // Neighbouring bins hang together: the trace ran from one to the other.
    if (before > hi) hi = before;
    if (after < lo) lo = after;
    const first = Math.max(0, Math.floor(x));
    const last = Math.min(columns - 1, Math.floor(x + step - 1e-6));
    for (let c = first; c <= last; c++) {
      if (lo < low[c]) low[c] = lo;
      if (hi > high[c]) high[c] = hi;
    }
    before = ownLo;
    after = ownHi;
  }
}

/** @param {Float32Array} low @param {Float32Array} high @param {Geometry} geometry @param {[number, number, number]} colour @param {typeof cover} put @param {Uint8ClampedArray} pixels */
function paint(low, high, geometry, colour, put, pixels) {
  const { width, height, left } = geometry;
  const half = geometry.thickness / 2;
  const whole = new Uint32Array(pixels.buffer);
  const solid = new Uint32Array(Uint8ClampedArray.of(...colour, 255).buffer)[0];
  const isAbove = put === cover;
  for (let c = 0; c < low.length; c++) {
    if (!(low[c] <= high[c])) continue;
    const top = low[c] - half;
    const bottom = high[c] + half;
    const from = Math.max(0, Math.floor(top));
    const to = Math.min(height - 1, Math.ceil(bottom) - 1);
    let at = from * width + left + c;
    for (let y = from; y <= to; y++, at += width) {
      const share = Math.min(bottom, y + 1) - Math.max(top, y);
      if (share < 1) put(pixels, 4 * at, share, colour);
      else if (isAbove || pixels[4 * at + 3] < 255) whole[at] = solid;
    }
  }
}

/** A trace among others: where it covers more of a pixel than they do. @param {Uint8ClampedArray} pixels @param {number} at @param {number} share @param {[number, number, number]} colour */
function strengthen(pixels, at, share, [red, green, blue]) {
  const alpha = 255 * share;
  if (alpha > pixels[at + 3]) {
    pixels[at] = red;
    pixels[at + 1] = green;
    pixels[at + 2] = blue;
    pixels[at + 3] = alpha;
  }
}

/** A trace above the others. @param {Uint8ClampedArray} pixels @param {number} at @param {number} share @param {[number, number, number]} colour */
function cover(pixels, at, share, colour) {
  const below = (1 - share) * pixels[at + 3] / 255;
  const alpha = share + below;
  if (alpha <= 0) return;
  for (let k = 0; k < 3; k++) pixels[at + k] = (share * colour[k] + below * pixels[at + k]) / alpha;
  pixels[at + 3] = 255 * alpha;
}
