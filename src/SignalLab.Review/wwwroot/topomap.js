// The map at the cursor or of a band, and a grid of maps below it: values come from the server, colours are chosen here.

import { getJson, address } from './api.js';
import { now, view, viewQuery, on, tell } from './state.js';
import { drawMap, placeOf, sensorAt, reading } from './topodraw.js';
import { MapGrid } from './topogrid.js';
import { clock } from './units.js';

export class MapPanel {
  constructor() {
    this.panel = document.createElement('section');
    this.panel.className = 'panel';
    this.panel.id = 'map-panel';
    this.panel.innerHTML = `<h2>Map <span class="size" id="map-time"></span></h2><canvas id="map-canvas" height="300" role="img" aria-label="Topographic map"></canvas>
      <div class="line"><label>Shows <select id="map-what"><option value="">value at the cursor</option><option value="delta">delta</option><option value="theta">theta</option><option value="alpha">alpha</option><option value="beta">beta</option><option value="gamma">gamma</option></select></label>
      <label><input type="checkbox" id="map-average" checked> average reference</label></div>
      <div class="line"><button type="button" id="map-animate" aria-pressed="false">Animate</button><button type="button" id="map-grid" aria-pressed="false">Grid</button><a id="map-png" href="#" download="map.png">Picture</a><a id="map-csv" href="#" download="map.csv">Numbers</a></div><div id="map-value" aria-live="polite">&nbsp;</div>`;
    this.canvas = this.get('map-canvas');
    this.what = this.get('map-what');
    this.average = this.get('map-average');
    for (const input of [this.what, this.average]) input.addEventListener('change', () => this.show());
    this.canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => this.read(e.offsetX, e.offsetY));
    this.canvas.addEventListener('click', (/** @type {PointerEvent} */ event) => {
      const sensor = this.map && sensorAt(this.map, placeOf(this.canvas, this.map), event.offsetX, event.offsetY);
      if (sensor) tell('sensor', sensor.name);
    });
    this.grid = new MapGrid(band => this.query(band));
    this.panel.append(this.grid.panel);
    this.get('map-grid').addEventListener('click', () => this.toggleGrid());
    on('band', band => { this.what.value = band; this.showOne(); });
    this.get('map-animate').addEventListener('click', () => this.animate());
    this.ticket = 0;
    /** @type {any} */
    this.map = null;
    this.isSigned = true;
    this.playing = 0;
  }

  /** @param {string} id @returns {any} */
  get(id) { return this.panel.querySelector('#' + id); }

  async toggleGrid() {
    const isOn = this.grid.panel.hidden;
    this.grid.panel.hidden = !isOn;
    this.panel.classList.toggle('wide', isOn);
    this.get('map-grid').setAttribute('aria-pressed', String(isOn));
    if (this.map) this.draw();
    await this.grid.show();
    if (isOn) this.grid.panel.scrollIntoView({ block: 'nearest' });
  }

  /** @param {string} band empty for the value at the cursor */
  query(band) {
    const time = now.cursor ?? view.from + view.seconds / 2;
    const { montage, own, ...rest } = viewQuery();
    const [from, to] = now.selection ?? [view.from, Math.min(now.recording?.duration ?? 0, view.from + view.seconds)];
    return { ...rest, average: this.average.checked, ...(band ? { band, from: Math.max(0, from), to } : { time }) };
  }

  show() {
    if (!this.playing) this.grid.show();
    return this.showOne();
  }

  async showOne() {
    if (!this.panel.isConnected || !now.recording) return;
    if (this.map) this.draw();
    const ticket = ++this.ticket;
    const query = this.query(this.what.value);
    try {
      const map = await getJson('/api/map', query);
      if (ticket !== this.ticket) return;
      this.map = map;
      this.isSigned = !this.what.value;
      this.get('map-time').textContent = this.what.value ? `${this.what.value} power` : clock(/** @type {any} */ (query).time, 3);
      this.get('map-png').href = address('/api/map/figure', { ...query, ending: '.png' });
      this.get('map-csv').href = address('/api/map/figure', { ...query, ending: '.csv' });
      this.get('map-value').textContent = ' ';
      this.draw();
      this.panel.dataset.shown = String(ticket);
    } catch (fault) {
      this.get('map-value').textContent = /** @type {Error} */ (fault).message;
    }
  }

  draw() { drawMap(this.canvas, this.map, this.isSigned); }

  /** @param {number} x @param {number} y */
  read(x, y) {
    const sensor = this.map && sensorAt(this.map, placeOf(this.canvas, this.map), x, y);
    if (sensor) this.get('map-value').textContent = reading(this.map, sensor);
  }

  animate() {
    const button = this.get('map-animate');
    if (this.playing) {
      clearInterval(this.playing);
      this.playing = 0;
    } else {
      this.what.value = '';
      now.cursor ??= view.from;
      this.playing = window.setInterval(() => {
        now.cursor = Math.min((now.cursor ?? 0) + 0.02, (now.recording?.duration ?? 0) - 0.01);
        if (now.cursor > view.from + view.seconds) now.cursor = view.from;
        document.dispatchEvent(new Event('cursor'));
      }, 60);
    }
    button.setAttribute('aria-pressed', String(this.playing !== 0));
  }
}
