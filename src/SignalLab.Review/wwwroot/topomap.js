// The map at the cursor: values come from the server, colours are chosen here; it is seen from above, nose up, left is left.

import { getJson, address } from './api.js';
import { now, view, viewQuery } from './state.js';
import { palette } from './colour.js';
import { fitted, ink, SMALL } from './canvas.js';
import { clock, figure, unitText } from './units.js';

export class MapPanel {
  constructor() {
    this.panel = document.createElement('section');
    this.panel.className = 'panel';
    this.panel.id = 'map-panel';
    this.panel.innerHTML = `<h2>Map <span class="size" id="map-time"></span></h2><canvas id="map-canvas" height="300" role="img" aria-label="Topographic map"></canvas>
      <div class="line"><label>Shows <select id="map-what"><option value="">value at the cursor</option><option value="delta">delta</option><option value="theta">theta</option><option value="alpha">alpha</option><option value="beta">beta</option><option value="gamma">gamma</option></select></label>
      <label><input type="checkbox" id="map-average" checked> average reference</label></div>
      <div class="line"><button type="button" id="map-animate" aria-pressed="false">Animate</button><button type="button" id="map-grid">Grid…</button><a id="map-png" href="#">Picture</a><a id="map-csv" href="#">Numbers</a></div><div id="map-value" aria-live="polite">&nbsp;</div>`;
    this.canvas = this.get('map-canvas');
    this.what = this.get('map-what');
    this.average = this.get('map-average');
    for (const input of [this.what, this.average]) input.addEventListener('change', () => this.show());
    this.canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => this.read(e.offsetX, e.offsetY));
    this.get('map-animate').addEventListener('click', () => this.animate());
    this.ticket = 0;
    /** @type {any} */
    this.map = null;
    this.playing = 0;
  }

  /** @param {string} id @returns {any} */
  get(id) { return this.panel.querySelector('#' + id); }

  query() {
    const time = now.cursor ?? view.from + view.seconds / 2;
    const { montage, own, ...rest } = viewQuery();
    const band = this.what.value;
    const [from, to] = now.selection ?? [view.from, Math.min(now.recording?.duration ?? 0, view.from + view.seconds)];
    return { ...rest, average: this.average.checked, ...(band ? { band, from: Math.max(0, from), to } : { time }) };
  }

  async show() {
    if (!this.panel.isConnected || !now.recording) return;
    const ticket = ++this.ticket;
    const query = this.query();
    try {
      const map = await getJson('/api/map', query);
      if (ticket !== this.ticket) return;
      this.map = map;
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

  draw() { drawMap(this.canvas, this.map, !this.what.value); }

  /** @param {number} x @param {number} y */
  read(x, y) {
    const map = this.map;
    if (!map) return;
    const place = placeOf(this.canvas, map);
    const [mx, my] = [(x - place.x) / place.scale, (place.y - y) / place.scale];
    const near = map.sensors.map((/** @type {any} */ s) => ({ ...s, far: Math.hypot(s.x - mx, s.y - my) })).sort((/** @type {any} */ a, /** @type {any} */ b) => a.far - b.far)[0];
    if (near && near.far < map.radius * 0.12) this.get('map-value').textContent = `${near.name}: ${figure(near.value)} ${unitText(map.unit)}`;
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

/** @param {HTMLCanvasElement} canvas @param {any} map */
function placeOf(canvas, map) {
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const extent = Math.max(map.extent, map.radius * 1.16);
  const scale = Math.min((w - 64) / 2, h / 2 - 6) / extent;
  return { x: (w - 56) / 2, y: h / 2 + 4, scale };
}

/** @param {HTMLCanvasElement} canvas @param {any} map @param {boolean} signed */
export function drawMap(canvas, map, signed) {
  const { g, w, h } = fitted(canvas);
  const colour = ink('--ink');
  const { x, y, scale } = placeOf(canvas, map);
  const values = map.values.filter((/** @type {number | null} */ v) => v !== null);
  const most = Math.max(...values.map(Math.abs), 1e-30);
  const [low, high] = signed ? [-most, most] : [Math.min(...values), Math.max(...values)];
  const colours = palette(signed ? 'signed' : 'unsigned');
  const n = map.size;
  const image = new ImageData(n, n);
  map.values.forEach((/** @type {number | null} */ v, /** @type {number} */ i) => {
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
  g.strokeStyle = colour;
  g.lineWidth = 1.5;
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.moveTo(x - radius * 0.1, y - radius * 0.995);
  g.lineTo(x, y - radius * 1.13);
  g.lineTo(x + radius * 0.1, y - radius * 0.995);
  g.stroke();
  for (const side of [-1, 1]) {
    g.beginPath();
    g.ellipse(x + side * radius * 1.03, y, radius * 0.05, radius * 0.16, 0, 0, 2 * Math.PI);
    g.stroke();
  }
  g.fillStyle = colour;
  for (const s of map.sensors) {
    g.beginPath();
    g.arc(x + s.x * scale, y - s.y * scale, 1.8, 0, 2 * Math.PI);
    g.fill();
  }
  const bar = { x: w - 50, y: 24, h: h - 40 };
  for (let i = 0; i < bar.h; i++) {
    const c = 3 * Math.round(255 * (1 - i / bar.h));
    g.fillStyle = `rgb(${colours[c]} ${colours[c + 1]} ${colours[c + 2]})`;
    g.fillRect(bar.x, bar.y + i, 10, 1.5);
  }
  g.fillStyle = colour;
  g.font = SMALL;
  g.textBaseline = 'middle';
  g.fillText(figure(high), bar.x + 13, bar.y + 4);
  if (signed) g.fillText('0', bar.x + 13, bar.y + bar.h / 2);
  g.fillText(figure(low), bar.x + 13, bar.y + bar.h - 4);
  g.fillText(unitText(map.unit), bar.x - 4, 10);
}
