// Topographic maps on a canvas: values as colours, the head seen from above, nose up, left is left; a colour bar for all of them.

import { palette } from './colour.js';
import { fitted, ink, SMALL } from './canvas.js';
import { figure, unitText } from './units.js';

/** @typedef {{ title: string, unit: string, size: number, extent: number, values: (number | null)[], radius: number, sensors: { name: string, x: number, y: number, value: number }[] }} Topography */
/** Where a map lies: its middle, pixels a metre. @typedef {{ x: number, y: number, scale: number }} Place */
/** @typedef {{ low: number, high: number, isSigned: boolean }} Range */

/** The middle of a box, filled by the map. @param {Topography} map @param {number} left @param {number} top @param {number} width @param {number} height @returns {Place} */
export function placeIn(map, left, top, width, height) {
  const extent = Math.max(map.extent, map.radius * 1.16);
  return { x: left + width / 2, y: top + height / 2 + 4, scale: Math.min(width / 2 - 4, height / 2 - 6) / extent };
}

/** Where a single map lies on its canvas. @param {HTMLCanvasElement} canvas @param {Topography} map */
export function placeOf(canvas, map) { return placeIn(map, 0, 0, canvas.clientWidth - 56, canvas.clientHeight); }

/** Limits that hold every map: about zero where values have a sign, else from zero: between positive sensors an interpolation may dip below it. @param {Topography[]} maps @param {boolean} isSigned @returns {Range} */
export function rangeOf(maps, isSigned) {
  let [low, high] = [Infinity, -Infinity];
  for (const map of maps) {
    for (const v of map.values) {
      if (v === null) continue;
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  const most = Math.max(Math.abs(low), Math.abs(high), 1e-30);
  return isSigned || low > high ? { low: -most, high: most, isSigned } : { low: maps.every(m => m.sensors.every(s => s.value >= 0)) ? 0 : low, high, isSigned };
}

/** The sensor next to a point of the canvas, or null where none is near. @param {Topography} map @param {Place} place @param {number} x @param {number} y */
export function sensorAt(map, place, x, y) {
  const [mx, my] = [(x - place.x) / place.scale, (place.y - y) / place.scale];
  let [best, least] = [/** @type {Topography['sensors'][0] | null} */ (null), map.radius * 0.12];
  for (const s of map.sensors) {
    const far = Math.hypot(s.x - mx, s.y - my);
    if (far < least) [best, least] = [s, far];
  }
  return best;
}

/** What a sensor measures, in words. @param {Topography} map @param {{ name: string, value: number }} sensor */
export function reading(map, sensor) { return `${sensor.name}: ${figure(sensor.value)} ${unitText(map.unit)}`; }

/** One map with its colour bar, filling a canvas. @param {HTMLCanvasElement} canvas @param {Topography} map @param {boolean} isSigned */
export function drawMap(canvas, map, isSigned) {
  const { g, w, h } = fitted(canvas);
  const range = rangeOf([map], isSigned);
  drawHead(g, map, placeOf(canvas, map), range);
  drawBar(g, w - 50, 24, h - 40, range, map.unit);
}

/** @param {CanvasRenderingContext2D} g @param {Topography} map @param {Place} place @param {Range} range */
export function drawHead(g, map, { x, y, scale }, { low, high, isSigned }) {
  const colours = palette(isSigned ? 'signed' : 'unsigned');
  const n = map.size;
  const image = new ImageData(n, n);
  map.values.forEach((v, i) => {
    if (v === null) return;
    const row = Math.floor(i / n);
    const at = 4 * ((n - 1 - row) * n + i % n);
    const c = 3 * Math.max(0, Math.min(255, Math.round(255 * (v - low) / (high - low || 1))));
    [image.data[at], image.data[at + 1], image.data[at + 2], image.data[at + 3]] = [colours[c], colours[c + 1], colours[c + 2], 255];
  });
  const small = new OffscreenCanvas(n, n);
  /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext('2d')).putImageData(image, 0, 0);
  g.imageSmoothingEnabled = true;
  g.imageSmoothingQuality = 'high';
  // Pixels stand for points: the outermost ones lie on the extent.
  const step = 2 * map.extent / (n - 1) * scale;
  g.drawImage(small, x - map.extent * scale - step / 2, y - map.extent * scale - step / 2, n * step, n * step);
  const radius = map.radius * scale;
  const isLarge = radius > 60;
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.moveTo(x - radius * 0.1, y - radius * 0.995);
  g.lineTo(x, y - radius * 1.13);
  g.lineTo(x + radius * 0.1, y - radius * 0.995);
  for (const side of [-1, 1]) {
    g.moveTo(x + side * radius * 1.03 + radius * 0.05, y);
    g.ellipse(x + side * radius * 1.03, y, radius * 0.05, radius * 0.16, 0, 0, 2 * Math.PI);
  }
  // Dark on a light edge: seen on every colour of a map and on both papers.
  for (const [colour, width] of /** @type {[string, number][]} */ ([['#ffffffc0', isLarge ? 3 : 2], ['#16202a', isLarge ? 1.5 : 1]])) {
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.stroke();
  }
  for (const s of map.sensors) {
    for (const [colour, size] of /** @type {[string, number][]} */ ([['#ffffffc0', isLarge ? 2.8 : 1.7], ['#16202a', isLarge ? 1.8 : 1]])) {
      g.fillStyle = colour;
      g.beginPath();
      g.arc(x + s.x * scale, y - s.y * scale, size, 0, 2 * Math.PI);
      g.fill();
    }
  }
}

/** @param {CanvasRenderingContext2D} g @param {number} left @param {number} top @param {number} height @param {Range} range @param {string} unit */
export function drawBar(g, left, top, height, { low, high, isSigned }, unit) {
  const colours = palette(isSigned ? 'signed' : 'unsigned');
  for (let i = 0; i < height; i++) {
    const c = 3 * Math.round(255 * (1 - i / height));
    g.fillStyle = `rgb(${colours[c]} ${colours[c + 1]} ${colours[c + 2]})`;
    g.fillRect(left, top + i, 10, 1.5);
  }
  g.fillStyle = ink('--ink');
  g.font = SMALL;
  g.textAlign = 'left';
  g.textBaseline = 'middle';
  g.fillText(figure(high), left + 13, top + 4);
  if (isSigned) g.fillText('0', left + 13, top + height / 2);
  g.fillText(figure(low), left + 13, top + height - 4);
  g.fillText(unitText(unit), left - 4, top - 14);
}
