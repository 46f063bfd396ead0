// The traces: which page, from where, drawn how. Pages come from the server, are kept, and the neighbours are fetched ahead.

import { getBytes } from './api.js';
import { decodePage } from './page.js';
import { view, now, desk, viewQuery, tell, note } from './state.js';
import { clock, span, timeOfDay } from './units.js';

const LABELS = 96;
const TOP = 22;
const MOST_KEPT = 24;
const PALETTE = { eeg: '--trace', eog: '#7a3e9d', ecg: '#b3261e', emg: '#1b6e3c', resp: '#0b6b8a', stim: '#7a5b00' };

export class TraceView {
  /** @param {HTMLElement} stage @param {() => readonly any[]} marks */
  constructor(stage, marks) {
    this.stage = stage;
    this.marks = marks;
    this.overlay = /** @type {HTMLCanvasElement} */ (stage.querySelector('#overlay'));
    const canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector('#traces'));
    this.worker = new Worker('/raster.js', { type: 'module' });
    const offscreen = canvas.transferControlToOffscreen();
    this.worker.postMessage({ canvas: offscreen }, [offscreen]);
    this.worker.onmessage = event => this.painted(event.data.ticket);
    /** @type {Map<string, Promise<import('./page.js').Page>>} */
    this.pages = new Map();
    /** @type {import('./page.js').Page | null} */
    this.page = null;
    /** @type {{ index: number, label: string, kind: string, y: number, scale: number, offset: number, colour: string, unit: string }[]} */
    this.lanes = [];
    this.ticket = 0;
    this.begun = 0;
    this.paintTimes = /** @type {number[]} */ ([]);
    this.waiting = /** @type {(() => void)[]} */ ([]);
    new ResizeObserver(() => this.show()).observe(stage);
  }

  get ratio() { return window.devicePixelRatio || 1; }
  get width() { return this.stage.clientWidth; }
  get height() { return this.stage.clientHeight; }
  get plotWidth() { return Math.max(16, this.width - LABELS); }

  /** CSS pixels per millimetre of the screen; 96 per inch where it was not calibrated. */
  get pxPerMm() { return desk.pxPerMm ?? 96 / 25.4; }

  /** @param {number} seconds */
  xOf(seconds) { return LABELS + (seconds - view.from) / view.seconds * this.plotWidth; }

  /** @param {number} x */
  timeAt(x) { return view.from + (x - LABELS) / this.plotWidth * view.seconds; }

  /** Indices of the rows that are shown, in their order. */
  rows() {
    const channels = now.recording?.channels ?? [];
    const shown = channels.map((_, i) => i).filter(i => !view.hidden.includes(channels[i].label));
    if (view.order.length) {
      const place = new Map(view.order.map((label, i) => [label, i]));
      shown.sort((a, b) => (place.get(channels[a].label) ?? 1e6 + a) - (place.get(channels[b].label) ?? 1e6 + b));
    }
    return shown;
  }

  /** @param {number} from */
  query(from) {
    const rows = this.rows();
    const all = rows.length === now.recording?.channels.length && rows.every((r, i) => r === i);
    return { ...viewQuery(), from, seconds: view.seconds, columns: Math.round(this.plotWidth * this.ratio), rows: all ? null : rows.join(',') };
  }

  /** @param {number} from @returns {Promise<import('./page.js').Page>} */
  fetch(from) {
    const query = this.query(from);
    const key = JSON.stringify(query);
    let page = this.pages.get(key);
    if (!page) {
      page = getBytes('/api/page', query).then(decodePage);
      page.catch(() => this.pages.delete(key));
      this.pages.set(key, page);
      if (this.pages.size > MOST_KEPT) this.pages.delete(/** @type {string} */ (this.pages.keys().next().value));
    } else {
      this.pages.delete(key);
      this.pages.set(key, page);
    }
    return page;
  }

  /** Shows the page that the view names; resolves when it is painted. */
  async show() {
    if (!now.recording || this.stage.clientWidth === 0) return;
    const ticket = ++this.ticket;
    this.begun = performance.now();
    const rows = this.rows();
    if (rows.length === 0) {
      note('Every channel is hidden.');
    }
    try {
      const page = await this.fetch(view.from);
      if (ticket !== this.ticket) return;
      this.page = page;
      this.paint(ticket);
      await new Promise(resolve => this.waiting.push(() => resolve(null)));
      if (ticket === this.ticket) this.fetchAhead();
    } catch (fault) {
      if (ticket === this.ticket) note(/** @type {Error} */ (fault).message, true);
    }
  }

  fetchAhead() {
    const last = Math.max(0, (now.recording?.duration ?? 0) - 0.001);
    for (const from of [view.from + view.seconds, view.from - view.seconds]) {
      if (from > -view.seconds && from <= last) this.fetch(from).catch(() => {});
    }
  }

  /** @param {number} ticket */
  painted(ticket) {
    if (ticket === this.ticket) {
      requestAnimationFrame(() => {
        this.paintTimes.push(performance.now() - this.begun);
        if (this.paintTimes.length > 500) this.paintTimes.shift();
        this.stage.dataset.painted = `${view.from} ${view.seconds}`;
        this.stage.dataset.ticket = String(ticket);
        for (const done of this.waiting.splice(0)) done();
        tell('painted');
      });
    }
  }

  /** @param {number} ticket */
  paint(ticket) {
    const page = this.page;
    if (!page) return;
    this.layOut(page);
    const r = this.ratio;
    const css = getComputedStyle(document.documentElement);
    const rgb = (/** @type {string} */ colour) => toRgb(colour.startsWith('--') ? css.getPropertyValue(colour).trim() : colour);
    this.worker.postMessage({
      page, ticket,
      geometry: {
        width: Math.round(this.width * r), height: Math.round(this.height * r), left: Math.round(LABELS * r), right: Math.round(this.width * r), thickness: 1.15 * r,
        lanes: this.lanes.map(l => ({ y: l.y * r, scale: l.scale * r, offset: l.offset, colour: rgb(l.colour) })),
      },
    });
    this.drawOverlay();
  }

  /** Where each trace lies and how tall a unit is. @param {import('./page.js').Page} page */
  layOut(page) {
    const channels = /** @type {import('./state.js').Recording} */ (now.recording).channels;
    const rows = this.rows();
    const room = this.height - TOP - 8;
    const step = view.butterfly ? 0 : room / Math.max(1, rows.length);
    this.lanes = rows.map((index, i) => {
      const channel = channels[index];
      const y = view.butterfly ? TOP + room / 2 : TOP + step * (i + 0.5);
      const up = view.negativeUp && ['eeg', 'seeg', 'ecog', 'eog'].includes(channel.kind) ? 1 : -1;
      const gain = view.gains[channel.label] ?? 1;
      let scale;
      let offset = 0;
      if (channel.micro !== null) {
        const usual = { ecg: 100 / 7, emg: 3, eog: 2 }[channel.kind] ?? 1;
        scale = up * channel.micro * gain * this.pxPerMm / (view.sensitivity * usual);
      } else {
        const [low, high] = extent(page, i);
        offset = (low + high) / 2;
        scale = up * gain * 0.8 * (step || room) / Math.max(high - low, 1e-12);
      }
      const colour = view.colours[channel.label] ?? (channel.bad ? '--bad' : /** @type {Record<string, string>} */ (PALETTE)[channel.kind] ?? '--trace');
      return { index, label: channel.label, kind: channel.kind, unit: channel.unit, y, scale, offset, colour };
    });
  }

  /** Grid, labels, gaps, annotations, cursor and selection. */
  drawOverlay() {
    const r = this.ratio;
    const canvas = this.overlay;
    const [w, h] = [Math.round(this.width * r), Math.round(this.height * r)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    g.setTransform(r, 0, 0, r, 0, 0);
    g.clearRect(0, 0, this.width, this.height);
    const css = getComputedStyle(document.documentElement);
    const colour = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
    g.font = '12px "DejaVu Sans", "Segoe UI", sans-serif';
    g.save();
    g.globalCompositeOperation = 'destination-over';
    const major = this.drawTime(g, colour);
    g.restore();
    this.drawGaps(g, colour);
    this.drawMarks(g, colour);
    this.drawLabels(g, colour);
    this.drawTimes(g, colour, major);
    this.drawCursor(g, colour);
  }

  /** @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawTime(g, colour) {
    const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];
    const major = steps.find(s => s / view.seconds * this.plotWidth > 86) ?? 3600;
    const minor = major <= 1 ? major / 5 : major === 2 ? 1 : [5, 10].includes(major) ? 1 : major / 6;
    g.lineWidth = 1;
    for (let k = Math.ceil(view.from / minor - 1e-9); k * minor <= view.from + view.seconds + 1e-9; k++) {
      const t = k * minor;
      const isMajor = Math.abs(t / major - Math.round(t / major)) < 1e-6;
      const x = Math.round(this.xOf(t)) + 0.5;
      g.strokeStyle = colour(isMajor ? '--grid-strong' : '--grid');
      g.beginPath();
      g.moveTo(x, TOP);
      g.lineTo(x, this.height);
      g.stroke();
    }
    return major;
  }

  /** Times along the top. @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour @param {number} major */
  drawTimes(g, colour, major) {
    g.fillStyle = colour('--paper');
    g.fillRect(0, 0, this.width, TOP - 2);
    g.fillStyle = colour('--soft');
    g.textBaseline = 'top';
    let free = 0;
    for (let k = Math.ceil(view.from / major - 1e-9); k * major <= view.from + view.seconds + 1e-9; k++) {
      const x = this.xOf(k * major) + 3;
      const day = major >= 1 ? timeOfDay(now.recording?.start ?? null, k * major) : null;
      const text = `${clock(k * major, major < 1 ? 1 : 0)}${day ? ` · ${day}` : ''}`;
      const wide = g.measureText(text).width;
      if (x < free || x + wide > this.width) continue;
      g.fillText(text, x, 4);
      free = x + wide + 8;
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawGaps(g, colour) {
    const recording = now.recording;
    if (!recording) return;
    const stretches = [];
    let end = 0;
    for (const [onset, duration] of recording.segments) {
      if (onset > end + 1e-6) stretches.push([end, onset, true]);
      end = Math.max(end, onset + duration);
    }
    stretches.push([end, Infinity, false]);
    if (view.from < 0) stretches.push([-Infinity, 0, false]);
    for (const [a, b, isGap] of /** @type {[number, number, boolean][]} */ (stretches)) {
      if (b <= view.from || a >= view.from + view.seconds) continue;
      const x0 = Math.max(LABELS, this.xOf(a));
      const x1 = Math.min(this.width, this.xOf(b));
      g.fillStyle = colour('--gap');
      g.fillRect(x0, TOP, x1 - x0, this.height - TOP);
      if (isGap && x1 - x0 > 3) {
        g.fillStyle = colour('--soft');
        g.textBaseline = 'middle';
        g.save();
        g.translate((x0 + x1) / 2, this.height / 2);
        if (x1 - x0 < 120) g.rotate(-Math.PI / 2);
        g.textAlign = 'center';
        g.fillText(`gap of ${span(b - a)}`, 0, 0);
        g.restore();
      }
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawMarks(g, colour) {
    const marks = this.marks();
    const to = view.from + view.seconds;
    let lane = 0;
    g.textBaseline = 'top';
    for (const mark of marks) {
      if (mark.onset > to) break;
      const end = mark.onset + mark.duration;
      if (end < view.from) continue;
      const x0 = this.xOf(Math.max(mark.onset, view.from));
      const x1 = this.xOf(Math.min(end, to));
      const row = mark.channel ? this.lanes.find(l => l.label === mark.channel) : null;
      const hue = hueOf(mark.text);
      const half = Math.max(8, (this.lanes[1]?.y - this.lanes[0]?.y || 40) / 2);
      const [y0, y1] = row ? [row.y - half, row.y + half] : [TOP, this.height];
      g.fillStyle = `hsl(${hue} 70% 50% / 0.16)`;
      if (x1 > x0) g.fillRect(x0, y0, x1 - x0, y1 - y0);
      g.strokeStyle = `hsl(${hue} 65% 42%)`;
      g.lineWidth = mark === this.selected ? 2.5 : 1;
      g.beginPath();
      g.moveTo(x0 + 0.5, y0);
      g.lineTo(x0 + 0.5, y1);
      g.stroke();
      if (mark.onset >= view.from) {
        const y = row ? y0 : TOP + 2 + 15 * (lane++ % 4);
        const text = mark.text.length > 40 ? mark.text.slice(0, 39) + '…' : mark.text;
        const wide = Math.min(g.measureText(text).width, this.width - x0 - 8);
        g.fillStyle = colour('--paper');
        g.globalAlpha = 0.85;
        g.fillRect(x0 + 2, y, wide + 4, 14);
        g.globalAlpha = 1;
        g.fillStyle = `hsl(${hue} 75% ${document.documentElement.dataset.theme === 'dark' ? 72 : 30}%)`;
        g.fillText(text, x0 + 4, y + 1, wide);
      }
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawLabels(g, colour) {
    g.fillStyle = colour('--paper');
    g.fillRect(0, 0, LABELS, this.height);
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    const room = (this.height - TOP) / Math.max(1, this.lanes.length);
    const size = Math.max(8, Math.min(12, room - 1));
    g.font = `${size}px "DejaVu Sans", "Segoe UI", sans-serif`;
    const every = Math.ceil(9 / Math.max(1, room));
    this.lanes.forEach((lane, i) => {
      if (!view.butterfly && i % every !== 0) return;
      if (view.butterfly && i > 0) return;
      g.fillStyle = lane.colour.startsWith('--') ? colour(lane.colour === '--trace' ? '--ink' : lane.colour) : lane.colour;
      g.fillText(view.butterfly ? `${this.lanes.length} traces` : lane.label, 6, lane.y, LABELS - 10);
    });
    this.drawScale(g, colour);
  }

  /** A bar of a round number of microvolts. @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawScale(g, colour) {
    const perMicro = this.pxPerMm / view.sensitivity;
    const micro = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(m => m * perMicro >= 24) ?? 5000;
    const tall = micro * perMicro;
    const x = this.width - 14;
    const y = this.height - 14;
    g.strokeStyle = colour('--accent');
    g.lineWidth = 2;
    g.beginPath();
    g.moveTo(x, y);
    g.lineTo(x, y - tall);
    g.stroke();
    g.font = '12px "DejaVu Sans", "Segoe UI", sans-serif';
    g.textAlign = 'right';
    const text = `${micro} µV`;
    g.fillStyle = colour('--paper');
    g.fillRect(x - g.measureText(text).width - 8, y - tall / 2 - 8, g.measureText(text).width + 5, 16);
    g.fillStyle = colour('--accent');
    g.fillText(text, x - 5, y - tall / 2);
    g.textAlign = 'left';
  }

  /** @param {CanvasRenderingContext2D} g @param {(name: string) => string} colour */
  drawCursor(g, colour) {
    if (now.selection) {
      const [a, b] = now.selection;
      g.fillStyle = colour('--select');
      const x0 = Math.max(LABELS, this.xOf(a));
      g.fillRect(x0, TOP, Math.max(1, Math.min(this.width, this.xOf(b)) - x0), this.height - TOP);
    }
    if (now.cursor !== null && now.cursor >= view.from && now.cursor <= view.from + view.seconds) {
      g.strokeStyle = colour('--accent');
      g.lineWidth = 1;
      const x = Math.round(this.xOf(now.cursor)) + 0.5;
      g.beginPath();
      g.moveTo(x, TOP);
      g.lineTo(x, this.height);
      g.stroke();
    }
  }

  /** The row under a height. @param {number} y */
  rowAt(y) {
    let best = 0;
    this.lanes.forEach((lane, i) => {
      if (Math.abs(lane.y - y) < Math.abs(this.lanes[best].y - y)) best = i;
    });
    return best;
  }

  /** Difference in a row's unit between two heights. @param {number} row @param {number} y0 @param {number} y1 */
  valueBetween(row, y0, y1) {
    return (y1 - y0) / (this.lanes[row]?.scale || 1);
  }

  /** @type {any} */
  selected = null;
}

/** Smallest and largest of a row. @param {import('./page.js').Page} page @param {number} r @returns {[number, number]} */
function extent(page, r) {
  let [low, high] = [Infinity, -Infinity];
  for (const stretch of page.rows[r]?.stretches ?? []) {
    const end = stretch.at + stretch.count * (page.rows[r].extremes ? 2 : 1);
    for (let i = stretch.at; i < end; i++) {
      const v = page.values[i];
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** @param {string} text */
export function hueOf(text) {
  let hash = 7;
  for (const c of text) hash = (hash * 31 + /** @type {number} */ (c.codePointAt(0))) % 360;
  return hash;
}

/** @param {string} colour #rgb or #rrggbb @returns {[number, number, number]} */
function toRgb(colour) {
  const hex = colour.length === 4 ? [...colour.slice(1)].map(c => c + c).join('') : colour.slice(1, 7);
  const value = parseInt(hex, 16);
  return [value >> 16 & 255, value >> 8 & 255, value & 255];
}
