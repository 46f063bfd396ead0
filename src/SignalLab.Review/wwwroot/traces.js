// The traces: which page, from where, drawn how. They come from the server in tiles as long as a page, which are kept; the neighbours are fetched ahead. A page that begins within a tile is drawn from two.

import { getBytes } from './api.js';
import { decodePage } from './page.js';
import { pxPerMm, ratio } from './canvas.js';
import { view, now, viewQuery, tell, note } from './state.js';
import { TraceOverlay, LABELS, TOP } from './trace-overlay.js';

const MOST_KEPT = 24;
const PALETTE = { eeg: '--trace', eog: '#7a3e9d', ecg: '#b3261e', emg: '#1b6e3c', resp: '#0b6b8a', stim: '#7a5b00' };

export class TraceView {
  /** @param {HTMLElement} stage @param {() => readonly any[]} marks */
  constructor(stage, marks) {
    this.stage = stage;
    this.marks = marks;
    this.over = new TraceOverlay(this);
    this.grid = /** @type {HTMLCanvasElement} */ (stage.querySelector('#time-grid'));
    this.overlay = /** @type {HTMLCanvasElement} */ (stage.querySelector('#overlay'));
    const canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector('#traces'));
    this.worker = new Worker('/raster.js', { type: 'module' });
    const offscreen = canvas.transferControlToOffscreen();
    this.worker.postMessage({ canvas: offscreen }, [offscreen]);
    this.worker.onmessage = event => this.painted(event.data.ticket);
    /** @type {Map<string, Promise<import('./page.js').Page>>} */
    this.kept = new Map();
    /** Those on the screen. @type {import('./page.js').Page[]} */
    this.tiles = [];
    /** Those that the worker has, with the number that it knows them by. @type {Map<import('./page.js').Page, number>} */
    this.sent = new Map();
    this.lastSent = 0;
    /** @type {{ index: number, label: string, kind: string, y: number, scale: number, offset: number, colour: string, unit: string }[]} */
    this.lanes = [];
    this.ticket = 0;
    this.begun = 0;
    /** Milliseconds from asking for the first page until it was painted. */
    this.firstPaint = /** @type {number | null} */ (null);
    this.waiting = /** @type {(() => void)[]} */ ([]);
    new ResizeObserver(() => this.show()).observe(stage);
  }

  get ratio() { return ratio(); }
  get width() { return this.stage.clientWidth; }
  get height() { return this.stage.clientHeight; }
  get plotWidth() { return Math.max(16, this.width - LABELS); }

  get pxPerMm() { return pxPerMm(); }

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

  /** @param {number} tile */
  query(tile) {
    const rows = this.rows();
    const all = rows.length === now.recording?.channels.length && rows.every((r, i) => r === i);
    return { ...viewQuery(), from: tile * view.seconds, seconds: view.seconds, columns: Math.round(this.plotWidth * this.ratio), rows: all ? null : rows.join(',') };
  }

  /** @param {number} tile Its number: tile 0 begins with the recording. @returns {Promise<import('./page.js').Page>} */
  fetch(tile) {
    const query = this.query(tile);
    const key = JSON.stringify(query);
    let page = this.kept.get(key);
    if (page) this.kept.delete(key);
    else {
      page = getBytes('/api/page', query).then(decodePage);
      page.catch(() => this.kept.delete(key));
    }
    this.kept.set(key, page);
    if (this.kept.size > MOST_KEPT) this.drop(/** @type {string} */ (this.kept.keys().next().value));
    return page;
  }

  /** Forgets a tile, here and in the worker. @param {string} key */
  drop(key) {
    this.kept.get(key)?.then(page => {
      const id = this.sent.get(page);
      if (id && this.sent.delete(page)) this.worker.postMessage({ drop: id });
    }, () => {});
    this.kept.delete(key);
  }

  /** The number of a tile in the worker, which gets its samples once. @param {import('./page.js').Page} page */
  idOf(page) {
    let id = this.sent.get(page);
    if (!id) {
      this.sent.set(page, id = ++this.lastSent);
      this.worker.postMessage({ tile: id, page });
    }
    return id;
  }

  /** Numbers of the tiles that the page lies in, and of one more on each side. */
  where() {
    const first = Math.floor(view.from / view.seconds + 1e-6);
    const last = Math.max(first, Math.ceil((view.from + view.seconds) / view.seconds - 1e-6) - 1);
    const exists = (/** @type {number} */ tile) => tile >= 0 && tile * view.seconds < (now.recording?.duration ?? 0);
    return { shown: first === last ? [first] : [first, last].filter(exists), beside: [last + 1, first - 1].filter(exists) };
  }

  /** Shows the page that the view names; resolves when it is painted. */
  async show() {
    if (!now.recording || this.stage.clientWidth === 0) return;
    const ticket = ++this.ticket;
    this.begun = performance.now();
    if (this.rows().length === 0) note('Every channel is hidden.');
    try {
      const tiles = await Promise.all(this.where().shown.map(tile => this.fetch(tile)));
      if (ticket !== this.ticket) return;
      this.tiles = tiles;
      this.paint();
      await new Promise(resolve => this.waiting.push(() => resolve(null)));
      if (ticket === this.ticket) for (const tile of this.where().beside) this.fetch(tile).catch(() => {});
    } catch (fault) {
      if (ticket !== this.ticket) return;
      note(/** @type {Error} */ (fault).message, true);
      this.settled();
    }
  }

  /** Nobody waits for a page any longer. */
  settled() { for (const done of this.waiting.splice(0)) done(); }

  /** @param {number} ticket */
  painted(ticket) {
    if (ticket !== this.ticket) return;
    this.firstPaint ??= performance.now() - this.begun;
    this.stage.dataset.painted = `${view.from} ${view.seconds}`;
    this.stage.dataset.ticket = String(ticket);
    this.settled();
    tell('painted');
  }

  /** Draws the tiles that are there, as the view wants them now. */
  paint() {
    if (this.tiles.length === 0 || this.stage.clientWidth === 0) return;
    this.layOut();
    const r = this.ratio;
    const css = getComputedStyle(document.documentElement);
    const rgb = (/** @type {string} */ colour) => toRgb(colour.startsWith('--') ? css.getPropertyValue(colour).trim() : colour);
    this.worker.postMessage({
      show: this.tiles.map(tile => this.idOf(tile)), ticket: this.ticket,
      geometry: {
        from: view.from, seconds: view.seconds,
        width: Math.round(this.width * r), height: Math.round(this.height * r), left: Math.round(LABELS * r), right: Math.round(this.width * r), thickness: 1.15 * r,
        above: this.lanes.findIndex(l => l.index === now.row),
        lanes: this.lanes.map(l => ({ y: l.y * r, scale: l.scale * r, offset: l.offset, colour: rgb(l.colour) })),
      },
    });
    this.drawOverlay();
  }

  /** Where each trace lies and how tall a unit is. */
  layOut() {
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
        const [low, high] = extent(this.tiles, i);
        offset = (low + high) / 2;
        scale = up * gain * 0.8 * (step || room) / Math.max(high - low, 1e-12);
      }
      const colour = view.colours[channel.label] ?? (view.butterfly && index === now.row ? '--accent' : null) ?? (channel.bad ? '--bad' : /** @type {Record<string, string>} */ (PALETTE)[channel.kind] ?? '--trace');
      return { index, label: channel.label, kind: channel.kind, unit: channel.unit, y, scale, offset, colour };
    });
  }

  drawOverlay() { this.over.draw(); }

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

/** Smallest and largest of a row. @param {import('./page.js').Page[]} pages @param {number} r @returns {[number, number]} */
function extent(pages, r) {
  let [low, high] = [Infinity, -Infinity];
  for (const { rows, values } of pages) {
    for (const stretch of rows[r]?.stretches ?? []) {
      const end = stretch.at + stretch.count * (rows[r].extremes ? 2 : 1);
      for (let i = stretch.at; i < end; i++) {
        const v = values[i];
        if (v < low) low = v;
        if (v > high) high = v;
      }
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** @param {string} colour #rgb or #rrggbb @returns {[number, number, number]} */
function toRgb(colour) {
  const hex = colour.length === 4 ? [...colour.slice(1)].map(c => c + c).join('') : colour.slice(1, 7);
  const value = parseInt(hex, 16);
  return [value >> 16 & 255, value >> 8 & 255, value & 255];
}
