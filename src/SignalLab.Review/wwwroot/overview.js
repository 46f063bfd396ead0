// The whole recording in a strip, that navigates.

import { getJson, getOverview } from './api.js';
import { now, view, note } from './state.js';
import { palette } from './colour.js';
import { fitted, ink, SMALL } from './canvas.js';
import { clock } from './units.js';

export const KINDS = [
  ['spectrogram', 'Spectrogram (left over right)'], ['aeeg', 'Amplitude (aEEG)'], ['rms', 'RMS'], ['ratio', 'Alpha/delta ratio'], ['asymmetry', 'Asymmetry'], ['heart', 'Heart rate'], ['hypnogram', 'Hypnogram'],
];
const STAGES = ['W', 'R', 'N1', 'N2', 'N3'];

/** @typedef {{ epochs: number, bins: number, seconds: number, binHz: number, sides: { densities: Float32Array, lower: Float32Array, upper: Float32Array }[], heart: Float32Array }} Overview */

/** @param {ArrayBuffer} bytes @returns {Overview} */
export function decodeOverview(bytes) {
  const head = new DataView(bytes);
  const [epochs, bins, sides] = [4, 8, 12].map(at => head.getUint32(at, true));
  let at = 32;
  const take = (/** @type {number} */ count) => {
    const values = new Float32Array(bytes, at, count);
    at += 4 * count;
    return values;
  };
  return {
    epochs, bins, seconds: head.getFloat64(16, true), binHz: head.getFloat64(24, true),
    sides: Array.from({ length: sides }, () => ({ densities: take(epochs * bins), lower: take(epochs), upper: take(epochs) })), heart: take(epochs),
  };
}

export class OverviewStrip {
  /** @param {HTMLCanvasElement} canvas @param {HTMLSelectElement} chooser @param {() => readonly any[]} marks @param {(time: number) => void} go */
  constructor(canvas, chooser, marks, go) {
    this.canvas = canvas;
    this.marks = marks;
    /** @type {Overview | null} */
    this.data = null;
    this.progress = 0;
    /** Share of the extremes that long pages are drawn from. */
    this.prepared = 1;
    this.kind = 'spectrogram';
    this.round = 0;
    /** What does not move with the page. */
    this.drawn = new OffscreenCanvas(1, 1);
    chooser.replaceChildren(...KINDS.map(([value, text]) => new Option(text, value)));
    chooser.addEventListener('change', () => { this.kind = chooser.value; this.draw(); });
    const to = (/** @type {PointerEvent} */ event) => go(Math.max(0, (event.offsetX / canvas.clientWidth) * this.duration - view.seconds / 2));
    canvas.addEventListener('pointerdown', event => { canvas.setPointerCapture(event.pointerId); to(event); });
    canvas.addEventListener('pointermove', event => { if (event.buttons & 1) to(event); });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  get duration() { return Math.max(1e-3, now.recording?.duration ?? 1); }

  async load() {
    const round = ++this.round;
    this.data = null;
    this.progress = 0;
    this.draw();
    while (round === this.round) {
      try {
        const answer = await getOverview({ file: view.file, recording: view.recording });
        if (round !== this.round) return;
        this.progress = answer.progress;
        if (answer.bytes) {
          this.data = decodeOverview(answer.bytes);
          this.canvas.dataset.ready = 'true';
          this.draw();
          await this.prepare(round);
          return;
        }
        this.draw();
      } catch (fault) {
        note(/** @type {Error} */ (fault).message, true);
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }

  /** Tells how far the extremes are that long pages are drawn from. @param {number} round */
  async prepare(round) {
    while (round === this.round) {
      const { progress } = await getJson('/api/pyramid', { file: view.file, recording: view.recording });
      if (round !== this.round) return;
      const changed = this.prepared !== progress;
      this.prepared = progress;
      if (changed) this.place();
      if (progress >= 1) return;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  /** Draws the whole strip: after a change of what it shows. */
  draw() {
    if (this.canvas.clientWidth === 0) return;
    const { g, w, h } = fitted(this.canvas);
    g.fillStyle = ink('--paper');
    g.fillRect(0, 0, w, h);
    g.font = SMALL;
    if (this.kind === 'hypnogram') this.drawHypnogram(g, w, h);
    else if (!this.data) this.say(g, w, h, `The overview is being computed: ${Math.round(100 * this.progress)} %`);
    else this.drawData(g, w, h);
    const scale = w / this.duration;
    g.fillStyle = ink('--accent');
    for (const mark of this.marks()) {
      g.fillRect(mark.onset * scale, 0, Math.max(1, mark.duration * scale), 3);
    }
    [this.drawn.width, this.drawn.height] = [this.canvas.width, this.canvas.height];
    /** @type {OffscreenCanvasRenderingContext2D} */ (this.drawn.getContext('2d')).drawImage(this.canvas, 0, 0);
    this.place();
  }

  /** Draws only where the page is: turning pages costs no more than this. */
  place() {
    if (this.canvas.clientWidth === 0) return;
    const { g, w, h } = fitted(this.canvas);
    g.drawImage(this.drawn, 0, 0, w, h);
    const scale = w / this.duration;
    g.strokeStyle = ink('--accent');
    g.lineWidth = 2;
    g.strokeRect(Math.max(1, view.from * scale), 1, Math.max(3, view.seconds * scale), h - 2);
    if (this.prepared < 1) this.preparing(g, w, h);
    this.canvas.setAttribute('aria-valuemax', String(Math.round(this.duration)));
    this.canvas.setAttribute('aria-valuenow', String(Math.round(view.from)));
    this.canvas.setAttribute('aria-valuetext', clock(view.from));
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h */
  preparing(g, w, h) {
    const line = `Long pages are being prepared: ${Math.floor(100 * this.prepared)} %`;
    g.font = SMALL;
    const wide = g.measureText(line).width + 12;
    g.fillStyle = ink('--paper');
    g.fillRect(w - wide, h - 17, wide, 17);
    g.fillStyle = ink('--soft');
    g.textBaseline = 'middle';
    g.fillText(line, w - wide + 6, h - 8);
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h @param {string} line */
  say(g, w, h, line) {
    g.fillStyle = ink('--soft');
    g.textBaseline = 'middle';
    g.fillText(line, 10, h / 2);
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h */
  drawData(g, w, h) {
    const data = /** @type {Overview} */ (this.data);
    const sides = data.sides;
    if (this.kind !== 'heart' && sides.length === 0) {
      this.say(g, w, h, 'This recording has no EEG channels for this trend.');
      return;
    }
    if (this.kind === 'spectrogram') {
      this.drawSpectrogram(g, w, h);
      return;
    }
    const band = (/** @type {Float32Array} */ d, /** @type {number} */ e, /** @type {number} */ low, /** @type {number} */ high) => {
      let sum = 0;
      for (let k = Math.round(low / data.binHz) - 1; k < Math.round(high / data.binHz) - 1; k++) sum += d[e * data.bins + Math.max(0, k)] * data.binHz;
      return sum;
    };
    const series = /** @type {Record<string, () => { rows: Float32Array[], unit: string, log: boolean }>} */ ({
      aeeg: () => ({ rows: sides.flatMap(s => [s.lower, s.upper]), unit: 'µV', log: true }),
      rms: () => ({ rows: sides.map(s => Float32Array.from({ length: data.epochs }, (_, e) => Math.sqrt(band(s.densities, e, 1, 30)))), unit: 'µV', log: false }),
      ratio: () => ({ rows: sides.map(s => Float32Array.from({ length: data.epochs }, (_, e) => band(s.densities, e, 8, 13) / band(s.densities, e, 1, 4))), unit: '', log: true }),
      asymmetry: () => ({ rows: sides.length < 2 ? [] : [Float32Array.from({ length: data.epochs }, (_, e) => { const [l, x] = sides.map(s => band(s.densities, e, 1, 18)); return 100 * (x - l) / (x + l); })], unit: '% right', log: false }),
      heart: () => ({ rows: [data.heart], unit: '/min', log: false }),
    })[this.kind]?.() ?? { rows: [], unit: '', log: false };
    this.drawLines(g, w, h, series.rows, series.unit, series.log);
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h @param {Float32Array[]} rows @param {string} unit @param {boolean} log */
  drawLines(g, w, h, rows, unit, log) {
    const f = (/** @type {number} */ v) => log ? Math.log10(Math.max(v, 1e-6)) : v;
    const values = rows.flatMap(r => [...r].filter(Number.isFinite)).map(f).sort((a, b) => a - b);
    if (values.length === 0) {
      this.say(g, w, h, this.kind === 'heart' ? 'This recording has no ECG channel.' : 'Nothing to show: the electrodes’ names tell no side.');
      return;
    }
    const low = values[Math.floor(values.length * 0.005)];
    const high = values[Math.min(values.length - 1, Math.ceil(values.length * 0.995))];
    const y = (/** @type {number} */ v) => h - 4 - (f(v) - low) / Math.max(1e-9, high - low) * (h - 12);
    const data = /** @type {Overview} */ (this.data);
    const hues = ['#0b57d0', '#c2410c'];
    rows.forEach((row, i) => {
      g.strokeStyle = hues[rows.length > 2 ? i >> 1 : i];
      g.lineWidth = 1;
      g.beginPath();
      let down = false;
      for (let e = 0; e < data.epochs; e++) {
        if (!Number.isFinite(row[e])) { down = false; continue; }
        const x = (e + 0.5) * data.seconds / this.duration * w;
        if (down) g.lineTo(x, y(row[e])); else g.moveTo(x, y(row[e]));
        down = true;
      }
      g.stroke();
    });
    g.fillStyle = ink('--soft');
    g.textBaseline = 'top';
    const back = (/** @type {number} */ v) => +(log ? 10 ** v : v).toPrecision(2);
    g.fillText(`${back(high)} ${unit}`, 4, 4);
    g.fillText(`${back(low)} ${unit}`, 4, h - 14);
    if (rows.length > 1) {
      g.fillStyle = hues[0];
      g.fillText('left', w - 74, 4);
      g.fillStyle = hues[1];
      g.fillText('right', w - 40, 4);
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h */
  drawSpectrogram(g, w, h) {
    const data = /** @type {Overview} */ (this.data);
    const shown = Math.min(data.bins, Math.round(25 / data.binHz));
    const colours = palette('unsigned');
    const tall = h / data.sides.length;
    data.sides.forEach((side, s) => {
      const logs = Float32Array.from(side.densities, v => 10 * Math.log10(v));
      const sorted = logs.filter(Number.isFinite).sort();
      const [low, high] = [sorted[Math.floor(sorted.length * 0.05)], sorted[Math.floor(sorted.length * 0.99)]];
      const image = new ImageData(Math.max(1, data.epochs), shown);
      for (let e = 0; e < data.epochs; e++) {
        for (let k = 0; k < shown; k++) {
          const v = logs[e * data.bins + k];
          const at = 4 * ((shown - 1 - k) * data.epochs + e);
          const c = 3 * Math.max(0, Math.min(255, Math.round(255 * (v - low) / (high - low))));
          image.data[at + 3] = Number.isFinite(v) ? 255 : 0;
          if (Number.isFinite(v)) [image.data[at], image.data[at + 1], image.data[at + 2]] = [colours[c], colours[c + 1], colours[c + 2]];
        }
      }
      const small = new OffscreenCanvas(image.width, image.height);
      /** @type {OffscreenCanvasRenderingContext2D} */ (small.getContext('2d')).putImageData(image, 0, 0);
      g.imageSmoothingEnabled = false;
      g.drawImage(small, 0, s * tall, w * data.epochs * data.seconds / this.duration, tall - 1);
      g.fillStyle = '#fff';
      g.strokeStyle = '#000';
      g.lineWidth = 3;
      g.textBaseline = 'top';
      const text = `${data.sides.length === 1 ? 'all' : s === 0 ? 'left' : 'right'} 0–25 Hz, ${low?.toFixed(0)} to ${high?.toFixed(0)} dB(µV²/Hz)`;
      g.strokeText(text, 4, s * tall + 3);
      g.fillText(text, 4, s * tall + 3);
    });
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h */
  drawHypnogram(g, w, h) {
    const row = (h - 8) / STAGES.length;
    g.textBaseline = 'middle';
    STAGES.forEach((stage, i) => {
      g.fillStyle = ink('--soft');
      g.fillText(stage, 4, 4 + row * (i + 0.5));
    });
    for (const mark of this.marks()) {
      const { stage } = mark;
      if (!stage) continue;
      g.fillStyle = stage === 'R' ? '#c2410c' : ink('--accent');
      g.fillRect(Math.max(24, mark.onset / this.duration * w), 4 + row * STAGES.indexOf(stage) + row * 0.2, Math.max(1, mark.duration / this.duration * w), row * 0.6);
    }
  }
}
