// Strips of ECG for the report: what is chosen with the pointer, and what stands around a beat, a pause, a finding or a shape.

import { ink } from './canvas.js';
import { tell } from './state.js';
import { make } from './controls.js';

/** @typedef {{ from: number, seconds: number, channels: number[] | null, layout: string | null, isCabrera: boolean, speed: number, gain: number, high: number | null, caption: string }} Strip */

/** One line of a report at 25 mm/s. */
export const LINE_SECONDS = 6.4;
const LONGEST = 19;
const LEAST_PIXELS = 6;

/** Upper cut-off of the bench's filter. @param {import('./ecg-data.js').Lead[]} leads */
export function filterHigh(leads) { return Math.min(150, Math.floor(0.45 * leads[0].rate)); }

/** Channels of the usual rhythm strip: II, V1 and V5, else the first three leads. @param {import('./ecg-data.js').Lead[]} leads */
function rhythmChannels(leads) {
  const usual = ['II', 'V1', 'V5'].map(name => leads.find(l => l.standard === name)).filter(l => l !== undefined);
  return (usual.length === 3 ? usual : leads.slice(0, 3)).map(l => l.channel);
}

/** Takes a strip into the report. @param {Partial<Strip> & { from: number, seconds: number }} strip */
export function addStrip(strip) {
  tell('strip', { channels: null, layout: null, isCabrera: false, speed: 25, gain: 10, high: null, caption: '', ...strip, from: Math.max(0, +strip.from.toFixed(2)) });
}

/** Takes the strip around something into the report: short things in the middle of a line, long ones from a second before. @param {import('./ecg-data.js').Examination} examination @param {number} onset @param {number} end @param {string} caption @param {number | null} high */
export function addAround(examination, onset, end, caption, high = null) {
  const isShort = end - onset <= LINE_SECONDS - 2;
  const seconds = Math.min(examination.duration, isShort ? LINE_SECONDS : Math.min(LONGEST, end - onset + 2));
  const from = isShort ? (onset + end - LINE_SECONDS) / 2 : onset - 1;
  addStrip({ from: Math.max(0, Math.min(from, examination.duration - seconds)), seconds, channels: rhythmChannels(examination.leads), high, caption });
}

/** A button that takes something into the report. @param {string} words @param {string} label @param {() => void} then @param {string} [id] */
export function reportButton(words, label, then, id = '') {
  const button = make('button', { type: 'button', className: 'ecg-to-report', textContent: words, title: label, 'aria-label': label });
  if (id) button.id = id;
  button.addEventListener('click', then);
  return button;
}

/** A stretch drawn with the pointer. */
export class Stretch {
  /** @type {{ x0: number, x1: number, y0: number, y1: number } | null} */
  box = null;
  isHeld = false;

  /** @param {number} x @param {number} y */
  begin(x, y) {
    this.box = { x0: x, x1: x, y0: y, y1: y };
    this.isHeld = true;
  }

  /** @param {number} x @param {number} y */
  to(x, y) {
    if (this.isHeld && this.box) Object.assign(this.box, { x1: x, y1: y });
  }

  /** True where it was drawn wide enough to be meant. */
  end() {
    this.isHeld = false;
    if (this.box && Math.abs(this.box.x1 - this.box.x0) < LEAST_PIXELS) this.box = null;
    return this.box !== null;
  }

  /** Its ends in order. @returns {[number, number, number, number]} */
  get ends() {
    const { x0, x1, y0, y1 } = this.box ?? { x0: 0, x1: 0, y0: 0, y1: 0 };
    return [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)];
  }

  /** @param {CanvasRenderingContext2D} g @param {number} left @param {number} right @param {number} top @param {number} bottom */
  draw(g, left, right, top, bottom) {
    g.fillStyle = ink('--select');
    g.strokeStyle = ink('--accent');
    g.lineWidth = 1.5;
    g.fillRect(left, top, right - left, bottom - top);
    g.strokeRect(left, top, right - left, bottom - top);
  }
}
