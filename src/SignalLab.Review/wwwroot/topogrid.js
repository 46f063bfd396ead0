// A grid of maps over latencies or bands, in one colour scale: a click on a map goes to its time.

import { getJson, address } from './api.js';
import { now, on, tell } from './state.js';
import { sized, ink, FONT, SMALL } from './canvas.js';
import { placeIn, rangeOf, sensorAt, reading, drawHead, drawBar } from './topodraw.js';
import { clock } from './units.js';

/** Bands and their upper ends in Hz. */
const BANDS = Object.entries({ delta: 4, theta: 8, alpha: 13, beta: 30, gamma: 45 });
const BAR = 64;
const LEAST_MAP = 100;
const TITLE = 18;

/** @typedef {import('./topodraw.js').Topography} Topography */

export class MapGrid {
  /** @param {(band: string) => Record<string, any>} query of the map at the cursor, or of a band */
  constructor(query) {
    this.query = query;
    this.panel = document.createElement('div');
    this.panel.id = 'grid';
    this.panel.hidden = true;
    this.panel.innerHTML = `<div class="line"><label>Over <select id="grid-over"><option value="cursor">latencies about the cursor</option><option value="average">latencies of the average</option><option value="bands">bands</option></select></label></div>
      <div class="line" id="grid-range"><label>From <input type="text" inputmode="decimal" id="grid-from" value="-100" size="5"></label><label>to <input type="text" inputmode="decimal" id="grid-to" value="100" size="5"></label><label>step <input type="text" inputmode="decimal" id="grid-step" value="20" size="4"> ms</label></div>
      <canvas id="grid-canvas" tabindex="0" role="slider" aria-label="Maps: arrows go from map to map" aria-valuemin="1" aria-valuemax="1" aria-valuenow="1"></canvas>
      <div class="line"><a id="grid-png" href="#" download="maps.png">Picture</a><a id="grid-csv" href="#" download="maps.csv">Numbers</a><span id="grid-value" aria-live="polite">&nbsp;</span></div>`;
    this.canvas = /** @type {HTMLCanvasElement} */ (this.get('grid-canvas'));
    /** @type {Topography[]} */
    this.maps = [];
    /** Seconds of each map about the time that the grid is about; none of bands. @type {number[]} */
    this.latencies = [];
    /** @type {string[]} */
    this.bands = [];
    this.key = '';
    this.chosen = -1;
    this.columns = 1;
    this.ticket = 0;
    /** The time the grid is about, and the one it went to itself: going there does not move the grid. */
    this.about = 0;
    this.own = NaN;
    this.get('grid-over').addEventListener('change', () => this.begin());
    on('average', () => { if (this.over === 'average') this.begin(); });
    for (const id of ['grid-from', 'grid-to', 'grid-step']) this.get(id).addEventListener('change', () => this.show());
    this.canvas.addEventListener('pointermove', event => this.read(event.offsetX, event.offsetY));
    this.canvas.addEventListener('click', event => {
      const i = this.mapAt(event.offsetX, event.offsetY);
      if (i < 0) return;
      const sensor = sensorAt(this.maps[i], this.placeOf(i), event.offsetX, event.offsetY);
      this.choose(i);
      if (sensor) tell('sensor', sensor.name);
    });
    this.canvas.addEventListener('keydown', event => {
      const way = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns }[event.key];
      if (way === undefined || !this.maps.length) return;
      event.preventDefault();
      event.stopPropagation();
      this.choose(Math.max(0, Math.min(this.maps.length - 1, this.chosen + way)));
    });
  }

  /** @param {string} id @returns {any} */
  get(id) { return this.panel.querySelector('#' + id); }

  get over() { return this.get('grid-over').value; }

  /** Another kind of grid: latencies that suit it. */
  begin() {
    const about = this.over === 'average' && now.average;
    const [from, to, step] = about ? [-1000 * Number(about.before), 1000 * Number(about.after), 50 * Math.max(1, Math.round((Number(about.before) + Number(about.after)) * 2))] : [-100, 100, 20];
    this.get('grid-from').value = String(from);
    this.get('grid-to').value = String(to);
    this.get('grid-step').value = String(step);
    this.own = NaN;
    this.key = '';
    this.show();
  }

  /** What is asked for, from the fields as they are. */
  asked() {
    const { over } = this;
    if (over === 'bands') {
      const { band, ...rest } = this.query('alpha');
      const rate = Math.min(...(now.recording?.channels ?? []).filter(c => ['eeg', 'mag', 'grad'].includes(c.kind)).map(c => c.rate));
      this.bands = BANDS.filter(([, high]) => high <= rate / 2).map(([name]) => name);
      return { ...rest, bands: this.bands.join(',') };
    }
    if (over === 'average' && !now.average) throw new Error('No average yet: make one first (U).');
    const [from, to, step] = ['grid-from', 'grid-to', 'grid-step'].map(id => Number(this.get(id).value.replace(',', '.').replace('−', '-')));
    if (!(step > 0 && to >= from)) throw new Error('Latencies: expected from, to and a step in ms, the step above 0.');
    const { time, band, from: _, to: __, ...rest } = this.query('');
    const isAverage = over === 'average';
    this.about = isAverage ? 0 : time;
    const last = isAverage ? Infinity : (now.recording?.duration ?? 0);
    this.latencies = Array.from({ length: Math.min(1000, Math.floor((to - from) / step + 1e-9) + 1) }, (_, i) => +((from + i * step) / 1000).toFixed(6)).filter(l => isAverage || (this.about + l >= 0 && this.about + l < last));
    return { ...rest, ...(isAverage ? now.average : {}), time: this.about, latencies: this.latencies.join(',') };
  }

  async show() {
    if (this.panel.hidden) return;
    this.get('grid-range').hidden = this.over === 'bands';
    if (this.over === 'cursor' && now.cursor === this.own) return;
    const ticket = ++this.ticket;
    try {
      const query = this.asked();
      const key = JSON.stringify(query);
      if (key === this.key) {
        this.draw();
        return;
      }
      const { maps } = await getJson('/api/maps', { ...query, grid: 48 });
      if (ticket !== this.ticket) return;
      this.maps = maps;
      this.key = key;
      this.chosen = this.over === 'bands' ? -1 : this.latencies.reduce((best, l, i) => Math.abs(l) < Math.abs(this.latencies[best]) ? i : best, 0);
      this.get('grid-png').href = address('/api/map/figure', { ...query, ending: '.png' });
      this.get('grid-csv').href = address('/api/map/figure', { ...query, ending: '.csv' });
      this.get('grid-value').textContent = ' ';
      this.draw();
      this.panel.dataset.shown = String(ticket);
    } catch (fault) {
      if (ticket !== this.ticket) return;
      this.key = '';
      this.get('grid-value').textContent = /** @type {Error} */ (fault).message;
    }
  }

  draw() {
    const { canvas, maps } = this;
    if (!maps.length || !this.panel.isConnected) return;
    const width = this.panel.clientWidth;
    this.columns = Math.max(1, Math.min(maps.length, Math.floor((width - BAR) / LEAST_MAP)));
    this.cell = Math.floor((width - BAR) / this.columns);
    const rows = Math.ceil(maps.length / this.columns);
    const height = Math.max(130, rows * (this.cell + TITLE));
    const g = sized(canvas, width, height);
    const range = rangeOf(maps, this.over !== 'bands');
    maps.forEach((map, i) => {
      const [left, top] = this.cornerOf(i);
      drawHead(g, map, this.placeOf(i), range);
      g.font = i === this.chosen ? FONT : SMALL;
      g.fillStyle = ink('--ink');
      g.textAlign = 'center';
      g.textBaseline = 'middle';
      g.fillText(map.title, left + this.cell / 2, top + TITLE / 2, this.cell - 4);
      if (i !== this.chosen) return;
      g.strokeStyle = ink('--accent');
      g.lineWidth = 2;
      g.strokeRect(left + 1, top + 1, this.cell - 2, this.cell + TITLE - 2);
    });
    drawBar(g, width - 54, 30, Math.min(240, height - 44), range, maps[0].unit);
    canvas.setAttribute('aria-valuemax', String(maps.length));
    canvas.setAttribute('aria-valuenow', String(this.chosen + 1));
    canvas.setAttribute('aria-valuetext', maps[this.chosen]?.title ?? '');
  }

  cell = LEAST_MAP;

  /** @param {number} i @returns {[number, number]} */
  cornerOf(i) { return [i % this.columns * this.cell, Math.floor(i / this.columns) * (this.cell + TITLE)]; }

  /** @param {number} i */
  placeOf(i) {
    const [left, top] = this.cornerOf(i);
    return placeIn(this.maps[i], left, top + TITLE, this.cell, this.cell);
  }

  /** The map under a point, or -1. @param {number} x @param {number} y */
  mapAt(x, y) {
    const [column, row] = [Math.floor(x / this.cell), Math.floor(y / (this.cell + TITLE))];
    const i = row * this.columns + column;
    return column >= 0 && column < this.columns && row >= 0 && i < this.maps.length ? i : -1;
  }

  /** @param {number} x @param {number} y */
  read(x, y) {
    const i = this.mapAt(x, y);
    const sensor = i < 0 ? null : sensorAt(this.maps[i], this.placeOf(i), x, y);
    if (sensor) this.get('grid-value').textContent = `${reading(this.maps[i], sensor)} (${this.maps[i].title})`;
  }

  /** Goes to a map's time or band. @param {number} i */
  choose(i) {
    this.chosen = i;
    this.draw();
    if (this.over === 'bands') tell('band', this.bands[i]);
    else if (this.over === 'average') tell('latency', this.latencies[i]);
    else {
      this.own = this.about + this.latencies[i];
      tell('time', this.own);
    }
    this.get('grid-value').textContent = `${this.maps[i].title}${this.over === 'cursor' ? ` about ${clock(this.about, 3)}` : ''}`;
  }
}
