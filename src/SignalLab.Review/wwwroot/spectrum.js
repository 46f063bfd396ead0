// Spectrum and band powers of the selection in the row of the cursor.

import { getJson } from './api.js';
import { now, view, viewQuery } from './state.js';
import { figure, unitText } from './units.js';
import { fitted, ink, SMALL } from './canvas.js';

export class SpectrumPanel {
  constructor() {
    this.panel = document.createElement('section');
    this.panel.className = 'panel';
    this.panel.id = 'spectrum-panel';
    this.panel.innerHTML = `<h2>Spectrum <span class="size" id="spectrum-of"></span></h2><canvas id="spectrum-canvas" height="190" role="img" aria-label="Power spectrum"></canvas><table><thead><tr><th>Band</th><th class="number">Power <span id="spectrum-unit"></span></th><th class="number">Share</th></tr></thead><tbody id="spectrum-bands"></tbody></table>`;
    this.ticket = 0;
  }

  /** @param {string} id @returns {any} */
  get(id) { return this.panel.querySelector('#' + id); }

  async show() {
    if (!this.panel.isConnected || !now.recording) return;
    const ticket = ++this.ticket;
    let [from, to] = now.selection ?? [view.from, view.from + view.seconds];
    from = Math.max(0, from);
    to = Math.min(to, now.recording.duration, from + 600);
    try {
      const answer = await getJson('/api/spectrum', { ...viewQuery(), channel: now.row, from, seconds: to - from });
      if (ticket !== this.ticket) return;
      this.get('spectrum-of').textContent = `${answer.label}, ${(to - from).toFixed(2)} s, peak ${figure(answer.peak)} Hz`;
      this.get('spectrum-unit').textContent = unitText(answer.powerUnit);
      this.get('spectrum-bands').replaceChildren(...answer.bands.map((/** @type {any} */ b) => {
        const row = document.createElement('tr');
        for (const [text, isNumber] of [[`${b.name} ${b.low}–${b.high} Hz`, false], [figure(b.power), true], [`${(100 * b.share).toFixed(1)} %`, true]]) {
          const cell = document.createElement('td');
          cell.textContent = /** @type {string} */ (text);
          if (isNumber) cell.className = 'number';
          row.append(cell);
        }
        return row;
      }));
      this.draw(answer);
      this.panel.dataset.shown = String(ticket);
    } catch (fault) {
      this.get('spectrum-of').textContent = /** @type {Error} */ (fault).message;
    }
  }

  /** @param {any} answer */
  draw(answer) {
    const canvas = /** @type {HTMLCanvasElement} */ (this.get('spectrum-canvas'));
    const { g, w, h } = fitted(canvas);
    const logs = answer.density.map((/** @type {number | null} */ v) => v && v > 0 ? 10 * Math.log10(v) : NaN);
    const finite = logs.filter(Number.isFinite);
    const [low, high] = [Math.max(Math.min(...finite), Math.max(...finite) - 60), Math.max(...finite) + 2];
    const [left, bottom] = [44, h - 30];
    const most = answer.frequencies.at(-1) || 1;
    const x = (/** @type {number} */ f) => left + f / most * (w - left - 8);
    const y = (/** @type {number} */ v) => 6 + (high - Math.max(low, v)) / (high - low) * (bottom - 6);
    g.font = SMALL;
    g.fillStyle = ink('--soft');
    g.strokeStyle = ink('--grid-strong');
    g.textAlign = 'center';
    for (let f = 0; f <= most; f += most > 40 ? 10 : 5) {
      g.beginPath();
      g.moveTo(x(f), 6);
      g.lineTo(x(f), bottom);
      g.stroke();
      g.fillText(String(f), x(f), bottom + 13);
    }
    g.fillText('Hz', w - 18, h - 4);
    g.textAlign = 'right';
    for (let v = Math.ceil(low / 10) * 10; v <= high; v += 20) g.fillText(String(v), left - 5, y(v) + 4);
    g.textAlign = 'left';
    g.fillText(`dB(${unitText(answer.unit)})`, 2, h - 4);
    g.strokeStyle = ink('--accent');
    g.lineWidth = 1.5;
    g.beginPath();
    logs.forEach((/** @type {number} */ v, /** @type {number} */ i) => {
      if (i === 0 || !Number.isFinite(v)) return;
      if (i === 1) g.moveTo(x(answer.frequencies[i]), y(v)); else g.lineTo(x(answer.frequencies[i]), y(v));
    });
    g.stroke();
  }
}
