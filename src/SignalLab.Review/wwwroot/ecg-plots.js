// Plots of the beats of a long recording: heart rate over the day, intervals one by one, each interval against the next.

import { CLASSES } from './ecg-data.js';
import { ink, sized, FONT } from './canvas.js';
import { timeOfDay, clock } from './units.js';

const LEFT = 44;
const BOTTOM = 20;

/** Round steps of an axis. @param {number} low @param {number} high @param {number} most */
export function ticks(low, high, most) {
  const raw = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(raw || 1));
  const step = unit * ([1, 2, 5, 10].find(k => k * unit >= raw) ?? 10);
  const found = [];
  for (let v = Math.ceil(low / step) * step; v <= high + 1e-9; v += step) found.push(+v.toPrecision(10));
  return found;
}

const TIME_STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 21600];

/** Frame, grid and words of a plot over time; gives the places of values. @param {HTMLCanvasElement} canvas @param {{ from: number, to: number, low: number, high: number, unit: string, start: string | null }} plot */
export function timePlot(canvas, plot) {
  const [w, h] = [canvas.parentElement?.clientWidth ?? 600, Number(canvas.dataset.high)];
  const g = sized(canvas, w, h);
  const x = (/** @type {number} */ t) => LEFT + (t - plot.from) / (plot.to - plot.from) * (w - LEFT - 8);
  const y = (/** @type {number} */ v) => 6 + (plot.high - v) / (plot.high - plot.low) * (h - BOTTOM - 6);
  g.strokeStyle = ink('--grid-strong');
  g.fillStyle = ink('--soft');
  g.lineWidth = 0.6;
  g.textBaseline = 'middle';
  g.textAlign = 'right';
  for (const v of ticks(plot.low, plot.high, Math.max(2, Math.floor(h / 34)))) {
    g.beginPath();
    g.moveTo(LEFT, y(v));
    g.lineTo(w - 8, y(v));
    g.stroke();
    g.fillText(String(v), LEFT - 4, y(v));
  }
  g.textAlign = 'center';
  g.textBaseline = 'top';
  const step = TIME_STEPS.find(s => (plot.to - plot.from) / s <= w / 90) ?? 43200;
  const offset = plot.start ? secondsOfDay(plot.start) : 0;
  for (let t = Math.ceil((plot.from + offset) / step) * step - offset; t <= plot.to; t += step) {
    g.beginPath();
    g.moveTo(x(t), 6);
    g.lineTo(x(t), h - BOTTOM);
    g.stroke();
    const words = timeOfDay(plot.start, t) ?? clock(t);
    if (x(t) < w - 24 && x(t) > LEFT + 16) g.fillText(step >= 60 && words.endsWith(':00') ? words.slice(0, -3) : words, x(t), h - BOTTOM + 4);
  }
  g.textAlign = 'left';
  g.fillText(plot.unit, 2, h - 14);
  return { g, x, y, w, h, timeAt: (/** @type {number} */ px) => plot.from + (px - LEFT) / (w - LEFT - 8) * (plot.to - plot.from) };
}

/** @param {string} start */
function secondsOfDay(start) {
  const [h, m, s] = start.slice(11).split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/** Marks of a class: a dot for normal beats, shapes for others. @param {CanvasRenderingContext2D} g @param {string} kind @param {number} x @param {number} y @param {number} [size] */
export function beatDot(g, kind, x, y, size = 1) {
  if (kind === 'N') g.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
  else if (kind === 'V') g.fillRect(x - 2.5 * size, y - 2.5 * size, 5 * size, 5 * size);
  else {
    const r = size * (kind === 'S' ? 3.4 : 2.8);
    g.beginPath();
    if (kind === 'S') {
      g.moveTo(x, y - r);
      g.lineTo(x + r, y + r);
      g.lineTo(x - r, y + r);
    } else if (kind === 'F') {
      g.moveTo(x, y - r);
      g.lineTo(x + r, y);
      g.lineTo(x, y + r);
      g.lineTo(x - r, y);
    } else g.arc(x, y, r, 0, 2 * Math.PI);
    g.closePath();
    if (kind === 'Q') g.stroke();
    else g.fill();
  }
}

const highest = /** @type {WeakMap<(number | null)[], number>} */ (new WeakMap());

/** Highest interval shown: nearly all, and not one artefact for the scale. @param {(number | null)[]} rr */
export function highestRr(rr) {
  let found = highest.get(rr);
  if (found === undefined) highest.set(rr, found = highestOf(rr));
  return found;
}

/** @param {(number | null)[]} rr */
function highestOf(rr) {
  const known = Float64Array.from(rr.filter(v => v !== null)).sort();
  return known.length ? Math.min(known[known.length - 1], Math.max(1.5 * known[known.length >> 1], known[Math.floor(0.999 * (known.length - 1))])) : 1;
}

/** Draws beats class by class, the frequent ones first; of dots that would fall on one another only the first. @param {CanvasRenderingContext2D} g @param {string} classes @param {number} first @param {number} end @param {(i: number) => [number, number] | null} place */
export function drawBeats(g, classes, first, end, place) {
  const size = end - first > 5000 ? 0.5 : end - first > 1500 ? 0.75 : 1;
  const wide = 4096;
  for (const kind of Object.keys(CLASSES)) {
    g.fillStyle = g.strokeStyle = ink(CLASSES[kind][1]);
    g.lineWidth = 1;
    const taken = new Set();
    for (let i = classes.indexOf(kind, first); i >= 0 && i < end; i = classes.indexOf(kind, i + 1)) {
      const at = place(i);
      if (!at) continue;
      const dot = Math.round(at[0]) + wide * Math.round(at[1]);
      if (taken.has(dot)) continue;
      taken.add(dot);
      beatDot(g, kind, at[0], at[1], size);
    }
  }
}

/** A drawing that is kept, so that only what lies over it is drawn anew. */
export class Kept {
  /** @type {OffscreenCanvas | null} */
  picture = null;
  key = '';

  /** @param {HTMLCanvasElement} canvas @param {string} key what the drawing depends on @param {() => void} draw @param {(g: CanvasRenderingContext2D) => void} over */
  show(canvas, key, draw, over) {
    const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    if (this.key !== key || !this.picture) {
      draw();
      this.key = key;
      this.picture = new OffscreenCanvas(canvas.width, canvas.height);
      /** @type {OffscreenCanvasRenderingContext2D} */ (this.picture.getContext('2d')).drawImage(canvas, 0, 0);
    } else {
      g.save();
      g.resetTransform();
      g.clearRect(0, 0, canvas.width, canvas.height);
      g.drawImage(this.picture, 0, 0);
      g.restore();
    }
    over(g);
  }
}

/** Legend of the classes that are there. @param {CanvasRenderingContext2D} g @param {string} classes @param {number} x @param {number} y */
export function legend(g, classes, x, y) {
  g.font = FONT;
  g.textBaseline = 'middle';
  g.textAlign = 'left';
  for (const [kind, [words, colour]] of Object.entries(CLASSES)) {
    if (!classes.includes(kind)) continue;
    g.fillStyle = g.strokeStyle = ink(colour);
    beatDot(g, kind, x + 4, y);
    g.fillStyle = ink('--soft');
    g.fillText(words, x + 12, y);
    x += 24 + g.measureText(words).width;
  }
}
