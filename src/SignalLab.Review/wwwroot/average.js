// Averages on a kind of annotation: all traces over one another, the map at the latency of the cursor.

import { getJson } from './api.js';
import { now, viewQuery, note, on, tell } from './state.js';
import { drawMap } from './topodraw.js';
import { figure, unitText } from './units.js';
import { fitted, ink, SMALL } from './canvas.js';

/** @param {import('./marks.js').Marks} marks */
export function averagePanel(marks) {
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'average-panel';
  panel.innerHTML = `<h2>Average on an annotation</h2><div class="line"><label>Event <select id="average-event"></select></label></div>
    <div class="line"><label>Before <input type="text" inputmode="decimal" id="average-before" value="0.2" size="4"> s</label><label>After <input type="text" inputmode="decimal" id="average-after" value="0.8" size="4"> s</label><button type="button" id="average-make">Average</button></div>
    <canvas id="average-canvas" height="180" tabindex="0" role="slider" aria-label="Latency" aria-valuenow="0"></canvas><div id="average-line" aria-live="polite">&nbsp;</div><canvas id="average-map" height="260" role="img" aria-label="Map at the latency"></canvas>`;
  const get = (/** @type {string} */ id) => /** @type {any} */ (panel.querySelector('#' + id));
  const canvas = /** @type {HTMLCanvasElement} */ (get('average-canvas'));
  /** @type {any} */
  let average = null;
  let latency = 0;
  let ticket = 0;

  const draw = () => {
    const chosen = get('average-event').value;
    const counts = new Map();
    for (const m of marks.all) counts.set(m.text, (counts.get(m.text) ?? 0) + 1);
    get('average-event').replaceChildren(...[...counts].sort().map(([text, count]) => new Option(`${text} (${count})`, text)));
    if (counts.has(chosen)) get('average-event').value = chosen;
    paint();
  };

  const paint = () => {
    if (!average) return;
    const { g, w, h } = fitted(canvas);
    const count = average.traces[0]?.values.length ?? 0;
    const most = Math.max(1e-12, ...average.traces.map((/** @type {any} */ t) => Math.max(...t.values.map(Math.abs))));
    const x = (/** @type {number} */ s) => (s - average.first) / (count / average.rate) * w;
    const y = (/** @type {number} */ v) => h / 2 + v / most * (h / 2 - 14);
    g.strokeStyle = ink('--grid-strong');
    g.beginPath();
    g.moveTo(0, y(0));
    g.lineTo(w, y(0));
    g.moveTo(x(0), 0);
    g.lineTo(x(0), h);
    g.stroke();
    g.strokeStyle = ink('--trace');
    g.lineWidth = 0.7;
    for (const trace of average.traces) {
      g.beginPath();
      trace.values.forEach((/** @type {number} */ v, /** @type {number} */ i) => g.lineTo(x(average.first + i / average.rate), y(v)));
      g.stroke();
    }
    g.strokeStyle = ink('--accent');
    g.lineWidth = 1.5;
    g.beginPath();
    g.moveTo(x(latency), 0);
    g.lineTo(x(latency), h);
    g.stroke();
    g.font = SMALL;
    g.fillStyle = ink('--soft');
    g.fillText(`−${figure(most)} ${unitText(average.unit)} (negative up)`, 4, 11);
    g.fillText(`n = ${average.nave}`, w - 60, 11);
  };

  const query = () => ({ ...viewQuery(), event: get('average-event').value, before: get('average-before').value, after: get('average-after').value });

  const at = async (/** @type {number} */ seconds) => {
    if (!average) return;
    const last = average.first + ((average.traces[0]?.values.length ?? 1) - 1) / average.rate;
    latency = Math.max(average.first, Math.min(last, seconds));
    canvas.setAttribute('aria-valuenow', String(Math.round(latency * 1000)));
    get('average-line').textContent = `${Math.round(latency * 1000)} ms`;
    paint();
    const mine = ++ticket;
    const { montage, own, ...rest } = query();
    try {
      const map = await getJson('/api/map', { ...rest, average: true, time: latency });
      if (mine === ticket) drawMap(get('average-map'), map, true);
    } catch (fault) {
      get('average-line').textContent = /** @type {Error} */ (fault).message;
    }
  };

  get('average-make').addEventListener('click', async () => {
    try {
      average = await getJson('/api/average', query());
      panel.dataset.nave = String(average.nave);
      now.average = { event: get('average-event').value, before: get('average-before').value, after: get('average-after').value };
      tell('average');
      let [best, most] = [0, -1];
      for (const trace of average.traces) trace.values.forEach((/** @type {number} */ v, /** @type {number} */ i) => { if (Math.abs(v) > most) { most = Math.abs(v); best = i; } });
      await at(average.first + best / average.rate);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  });
  canvas.addEventListener('pointerdown', event => at(average?.first + event.offsetX / canvas.clientWidth * average?.traces[0].values.length / average?.rate));
  canvas.addEventListener('keydown', event => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way && average) {
      event.preventDefault();
      event.stopPropagation();
      at(latency + way / average.rate);
    }
  });
  on('latency', seconds => at(seconds));
  return { panel, draw };
}
