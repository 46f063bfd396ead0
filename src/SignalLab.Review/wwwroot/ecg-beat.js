// The usual beat: all leads over each other, with the ends of the waves to be dragged or moved by keys; intervals follow at once.

import { numbersOf, markOf, MARKS, MOVABLE } from './ecg-data.js';
import { make, choice } from './controls.js';
import { ink, sized, FONT } from './canvas.js';
import { grid, BOLD } from './ecg-paper.js';
import { post } from './api.js';
import { desk, note } from './state.js';

const NEAR = 9;
const TOP = 30;
const FOUND = 'as found';

export class UsualBeat {
  /** @type {HTMLCanvasElement} */
  canvas = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  stage = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  tools = /** @type {any} */ (null);
  /** @type {any} */
  fields = /** @type {any} */ (null);
  /** @type {any} */
  leadChoice = /** @type {any} */ (null);

  /** @param {import('./ecg-data.js').Place} place @param {import('./ecg-data.js').Examination} examination @param {(numbers: import('./ecg-data.js').Numbers) => void} changed @param {(words: string) => void} tell */
  constructor(place, examination, changed, tell) {
    this.place = place;
    this.examination = examination;
    this.changed = changed;
    this.tell = tell;
    this.median = /** @type {import('./ecg-data.js').Median} */ (examination.median);
    this.waves = this.median.samples.map((text, i) => numbersOf(text).map(v => v * (examination.leads[i]?.milli ?? 1)));
    this.numbers = examination.measured;
    this.kept = structuredClone(this.numbers);
    this.lead = -1;
    this.chosen = 'qrs_on';
    /** @type {string | null} */
    this.held = null;
    this.keeping = 0;
    this.asking = false;
    /** @type {{ name: string, to: number | null } | null} */
    this.waiting = null;
    this.build();
  }

  build() {
    this.canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { id: 'ecg-beat', tabIndex: 0, role: 'application', 'aria-label': 'Usual beat: 1 to 6 choose the end of a wave, left and right move it by a sample, with shift by five, Delete takes it out, up and down choose the lead' }));
    this.stage = make('div', { className: 'ecg-stage ecg-beat-stage' }, this.canvas);
    this.fields = make('table', { className: 'ecg-fiducials', id: 'ecg-fiducials' });
    this.rule = make('p', { className: 'size', id: 'ecg-rule' });
    const leads = /** @type {[string, string][]} */ ([['-1', 'all leads'], ...this.examination.leads.map((l, i) => [String(i), l.standard ?? l.label])]);
    this.leadChoice = choice('Lead', 'ecg-lead', leads, '-1', v => this.choose(Number(v)));
    this.words = make('span', { className: 'size', textContent: `${this.median.count} beats averaged · ${this.median.rate} Hz` });
    this.tools = make('div', { className: 'line', role: 'toolbar', 'aria-label': 'Usual beat' }, this.leadChoice, this.words);
    this.canvas.addEventListener('pointerdown', e => this.grab(e));
    this.canvas.addEventListener('pointermove', e => this.drag(e));
    this.canvas.addEventListener('pointerup', () => this.release());
    this.canvas.addEventListener('keydown', e => {
      if (!this.key(e)) return;
      e.preventDefault();
      e.stopPropagation();
    });
  }

  /** The marks of the chosen lead, or of all together. @returns {import('./ecg-data.js').Places} */
  get places() { return (this.lead < 0 ? this.numbers.global : this.numbers.leads?.[this.lead]) ?? MARKS.map(() => null); }

  /** As they were found by the program. */
  get found() { return this.lead < 0 ? this.median.found : this.median.foundLeads[this.lead]; }

  /** @param {number} lead */
  choose(lead) {
    this.lead = lead;
    this.leadChoice.querySelector('select').value = String(lead);
    this.show();
  }

  show() {
    this.draw();
    this.drawFields();
  }

  // ---- Drawing ----

  layOut() {
    const box = this.stage.getBoundingClientRect();
    const [width, height] = [Math.max(300, box.width - 4), Math.max(260, box.height - 4)];
    const level = this.waves.map(w => this.levelOf(w));
    const all = this.waves.flatMap((w, i) => Array.from(w, v => v - level[i])).filter(Number.isFinite);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const perMillivolt = (height - TOP - 30) / Math.max(0.5, high - low);
    const perSecond = width / (this.median.length / this.median.rate);
    return { width, height, level, perMillivolt, perSecond, zero: TOP + high * perMillivolt + 10 };
  }

  /** Mean of the last 8 ms before the QRS complex. @param {Float32Array} wave */
  levelOf(wave) {
    const on = Math.round((markOf(this.numbers.global, 'qrs_on') ?? this.median.peak - 0.05) * this.median.rate);
    const count = Math.max(1, Math.floor(0.008 * this.median.rate));
    let sum = 0;
    let n = 0;
    for (let i = Math.max(0, on - count + 1); i <= on && i < wave.length; i++, n++) sum += wave[i];
    return n ? sum / n : 0;
  }

  draw() {
    if (!this.stage.isConnected) return;
    const plan = this.plan = this.layOut();
    const g = sized(this.canvas, plan.width, plan.height);
    grid(g, plan.width, plan.height, 0.04 * plan.perSecond, 0.1 * plan.perMillivolt, 0, plan.zero);
    if (this.lead >= 0) for (const [name, , colour] of MOVABLE) this.drawCommon(g, name, ink(colour));
    this.waves.forEach((wave, i) => { if (i !== this.lead) this.drawWave(g, wave, plan.level[i], this.lead < 0 ? ink('--trace') : ink('--soft'), this.lead < 0 ? 1 : 0.5); });
    if (this.lead >= 0) {
      this.drawWave(g, this.waves[this.lead], plan.level[this.lead], ink('--trace'), 2);
      this.drawTangent(g);
    }
    this.drawEnds(g);
    for (const [name, words, colour] of MOVABLE) this.drawMark(g, name, this.origin(name) === FOUND ? words : `${words} *`, ink(colour));
    g.fillStyle = ink('--soft');
    g.font = FONT;
    g.textAlign = 'left';
    g.textBaseline = 'bottom';
    g.fillText(`small squares 40 ms and 0.1 mV, large ones 200 ms and 0.5 mV${this.lead < 0 ? '' : ' · broken lines: over all leads'} · * not as found`, 6, plan.height - 4);
    this.canvas.dataset.pxPerSecond = String(plan.perSecond);
    this.canvas.dataset.places = JSON.stringify(this.places);
  }

  /** @param {number} seconds */
  x(seconds) { return seconds * (this.plan?.perSecond ?? 1); }

  /** @param {number} millivolts above the level */
  y(millivolts) { return (this.plan?.zero ?? 0) - millivolts * (this.plan?.perMillivolt ?? 1); }

  /** @param {CanvasRenderingContext2D} g @param {Float32Array} wave @param {number} level @param {string} colour @param {number} width */
  drawWave(g, wave, level, colour, width) {
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.beginPath();
    wave.forEach((v, i) => g.lineTo(this.x(i / this.median.rate), this.y(v - level)));
    g.stroke();
  }

  /** The tangent at the steepest last slope of the T wave, down to the level where it ends. @param {CanvasRenderingContext2D} g */
  drawTangent(g) {
    const [peak, end] = [markOf(this.places, 't_peak'), markOf(this.places, 't_tangent')];
    if (peak === null || end === null || !this.plan) return;
    const { rate } = this.median;
    const wave = this.waves[this.lead];
    let [steepest, most] = [-1, 0];
    for (let i = Math.round(peak * rate) + 2; i < Math.round(end * rate) && i + 2 < wave.length; i++) {
      const slope = Math.abs(wave[i + 2] - wave[i - 2]);
      if (slope > most) [steepest, most] = [i, slope];
    }
    if (steepest < 0) return;
    const level = this.plan.level[this.lead];
    const [x0, y0, x1, y1] = [this.x(steepest / rate), this.y(wave[steepest] - level), this.x(end), this.y(0)];
    g.strokeStyle = ink('--ecg-t');
    g.lineWidth = 1.5;
    g.setLineDash([5, 3]);
    g.beginPath();
    g.moveTo(x0 - 0.6 * (x1 - x0), y0 - 0.6 * (y1 - y0));
    g.lineTo(x1, y1);
    g.moveTo(this.x(peak), y1);
    g.lineTo(x1 + 60, y1);
    g.stroke();
    g.setLineDash([]);
  }

  /** Ends of T by tangent and by threshold. @param {CanvasRenderingContext2D} g */
  drawEnds(g) {
    if (!this.plan) return;
    const ends = /** @type {[string, string, number][]} */ ([['t_tangent', 'tangent', 34], ['t_threshold', 'threshold', 18]]);
    for (const [name, words, up] of ends) {
      const at = markOf(this.places, name);
      if (at === null) continue;
      g.strokeStyle = g.fillStyle = ink('--ecg-t');
      g.lineWidth = 1;
      g.setLineDash(name === 't_tangent' ? [6, 3] : [1, 3]);
      g.beginPath();
      g.moveTo(this.x(at), this.plan.zero - 70);
      g.lineTo(this.x(at), this.plan.height - up);
      g.stroke();
      g.setLineDash([]);
      g.font = FONT;
      g.textAlign = 'left';
      g.textBaseline = 'bottom';
      g.fillText(words, this.x(at) + 3, this.plan.height - up);
    }
  }

  /** Where the mark over all leads stands, in the view of one lead. @param {CanvasRenderingContext2D} g @param {string} name @param {string} colour */
  drawCommon(g, name, colour) {
    const at = markOf(this.numbers.global, name);
    if (at === null || !this.plan) return;
    g.strokeStyle = colour;
    g.lineWidth = 1;
    g.setLineDash([2, 4]);
    g.beginPath();
    g.moveTo(this.x(at), TOP + 10);
    g.lineTo(this.x(at), this.plan.height - 40);
    g.stroke();
    g.setLineDash([]);
  }

  /** @param {CanvasRenderingContext2D} g @param {string} name @param {string} words @param {string} colour */
  drawMark(g, name, words, colour) {
    const at = markOf(this.places, name);
    if (at === null || !this.plan) return;
    const isChosen = name === this.chosen;
    const x = this.x(at);
    const y = name.endsWith('_on') || name === 't_peak' ? 3 : 18;
    g.strokeStyle = colour;
    g.lineWidth = isChosen ? 2.5 : 1.2;
    g.beginPath();
    g.moveTo(x, y + 12);
    g.lineTo(x, this.plan.height - 40);
    g.stroke();
    g.font = isChosen ? BOLD : FONT;
    g.textBaseline = 'top';
    const wide = g.measureText(words).width + 8;
    const left = Math.max(0, Math.min(this.plan.width - wide, name.endsWith('_on') ? x - wide : name === 't_peak' ? x - wide / 2 : x));
    g.fillStyle = colour;
    g.fillRect(left, y, wide, 15);
    g.fillStyle = ink('--paper');
    g.textAlign = 'left';
    g.fillText(words, left + 4, y + 1);
  }

  /** How a mark came to its place. @param {string} name @param {number} [lead] */
  origin(name, lead = this.lead) {
    const label = lead < 0 ? null : this.examination.leads[lead].label;
    if (this.numbers.set.some(s => s.lead === label && s.name === name)) return 'set by hand';
    return lead < 0 && this.numbers.derived.includes(name) ? 'from the leads' : FOUND;
  }

  /** The mark over all leads as the view of one lead tells it. @param {string} name */
  common(name) {
    const at = markOf(this.numbers.global, name);
    if (at === null) return 'none';
    const origin = this.origin(name, -1);
    const beyond = ((markOf(this.places, name) ?? NaN) - at) * (name.endsWith('_on') ? -1 : 1) * this.median.rate;
    const role = Math.abs(beyond) < 0.5 ? ', this lead' : beyond > 0 && origin === 'from the leads' && name !== 't_peak' ? ', this lead left out' : '';
    return `${(1000 * at).toFixed(1)}, ${origin}${role}`;
  }

  drawFields() {
    const focused = document.activeElement?.closest('#ecg-fiducials') ? document.activeElement.id : '';
    const body = make('tbody');
    MOVABLE.forEach(([name, words], i) => {
      const at = markOf(this.places, name);
      const found = markOf(this.found, name);
      const places = found === null ? 'none' : (1000 * found).toFixed(1);
      const input = make('input', { type: 'number', id: `ecg-${name}`, step: String(+(1000 / this.median.rate).toFixed(4)), value: at === null ? '' : (1000 * at).toFixed(1), 'aria-label': `${words} in milliseconds` });
      input.addEventListener('change', () => this.move(name, input.value === '' ? null : Number(input.value) / 1000, true));
      input.addEventListener('focus', () => { this.chosen = name; this.draw(); });
      const back = make('button', { type: 'button', id: `ecg-${name}-back`, textContent: 'Reset', disabled: this.origin(name) !== 'set by hand', title: `As found: ${places} ms`, 'aria-label': `${words} as found` });
      back.addEventListener('click', () => this.send(name, { back: [name] }, true));
      const cells = [make('td', { id: `ecg-${name}-origin`, textContent: this.origin(name) }), this.lead < 0 ? make('td', { className: 'number', textContent: places }) : make('td', { id: `ecg-${name}-common`, className: 'ecg-common', textContent: this.common(name) })];
      body.append(make('tr', {}, make('th', { scope: 'row', textContent: `${i + 1} ${words}` }), make('td', {}, input), ...cells, make('td', {}, back)));
    });
    const columns = ['Mark', 'Place, ms', 'Origin', this.lead < 0 ? 'Found, ms' : 'All leads, ms', ''];
    const head = make('thead', {}, make('tr', {}, ...columns.map(text => make('th', { scope: 'col', textContent: text }))));
    const lead = this.examination.leads[this.lead];
    this.fields.replaceChildren(make('caption', { textContent: lead ? `Ends of waves in ${lead.standard ?? lead.label}: they move those over all leads` : 'Ends of waves over all leads' }), head, body);
    document.getElementById(focused)?.focus();
    this.rule.textContent = lead
      ? 'Over all leads: the earliest onset and the latest end that other leads support within 4 ms; an end that stands alone is left out. The intervals are those over all leads.'
      : 'What is set by hand here stays there, whatever the leads say, until it is reset.';
  }

  // ---- Moving ----

  /** @param {PointerEvent} event */
  grab(event) {
    const x = event.offsetX;
    const near = MOVABLE.map(([name]) => ({ name, far: Math.abs(this.x(markOf(this.places, name) ?? Infinity) - x) })).reduce((a, b) => b.far < a.far ? b : a);
    if (!(near.far <= NEAR)) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.held = this.chosen = near.name;
    this.draw();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.held || !this.plan) return;
    this.move(this.held, event.offsetX / this.plan.perSecond, false);
  }

  release() {
    if (!this.held) return;
    const name = this.held;
    this.held = null;
    this.move(name, markOf(this.places, name), true);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const mark = MOVABLE[Number(event.key) - 1];
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    if (mark) this.chosen = mark[0];
    else if (way) {
      const at = markOf(this.places, this.chosen) ?? markOf(this.found, this.chosen) ?? this.median.peak;
      this.move(this.chosen, at + way * (event.shiftKey ? 5 : 1) / this.median.rate, false);
      this.keepSoon();
      return true;
    } else if (event.key === 'Delete') this.move(this.chosen, null, true);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      this.choose(Math.max(-1, Math.min(this.waves.length - 1, this.lead + (event.key === 'ArrowDown' ? 1 : -1))));
      this.tell(this.lead < 0 ? 'All leads' : this.examination.leads[this.lead].label);
      return true;
    } else return false;
    const at = markOf(this.places, this.chosen);
    this.tell(`${MOVABLE.find(m => m[0] === this.chosen)?.[1]} ${at === null ? 'none' : `${(1000 * at).toFixed(1)} ms`}`);
    this.draw();
    return true;
  }

  /** Keys come in rows: the change is kept when they have ended. */
  keepSoon() {
    clearTimeout(this.keeping);
    const name = this.chosen;
    this.keeping = window.setTimeout(() => this.move(name, markOf(this.places, name), true), 500);
  }

  /** Between its neighbours, on a sample. @param {string} name @param {number} to */
  within(name, to) {
    const order = MOVABLE.map(m => m[0]);
    const at = order.indexOf(name);
    const step = 1 / this.median.rate;
    const before = order.slice(0, at).map(n => markOf(this.places, n)).filter(v => v !== null);
    const after = order.slice(at + 1).map(n => markOf(this.places, n)).filter(v => v !== null);
    const low = before.length ? Math.max(...before) + step : 0;
    const high = after.length ? Math.min(...after) - step : (this.median.length - 1) * step;
    return Math.round(Math.max(low, Math.min(high, to)) / step) * step;
  }

  /** @param {string} name @param {number | null} to @param {boolean} isKept */
  move(name, to, isKept) {
    if (to !== null && !Number.isFinite(to)) return;
    const at = to === null ? null : this.within(name, to);
    this.places[MARKS.indexOf(name)] = at;
    this.draw();
    if (isKept) {
      clearTimeout(this.keeping);
      this.send(name, { fiducials: { [name]: at } }, true);
    } else {
      this.waiting = { name, to: at };
      this.ask();
    }
  }

  /** Of the places on the way only the latest is asked for. */
  async ask() {
    if (this.asking) return;
    this.asking = true;
    while (this.waiting) {
      const { name, to } = this.waiting;
      this.waiting = null;
      await this.send(name, { fiducials: { [name]: to } }, false);
    }
    this.asking = false;
  }

  /** @param {string} name @param {{ fiducials?: Record<string, number | null>, back?: string[] }} change @param {boolean} isKept */
  async send(name, change, isKept) {
    const lead = this.lead;
    const begun = performance.now();
    try {
      const numbers = await post('/api/ecg/intervals', { ...this.place, norms: desk.norms, reader: desk.reader, keep: isKept }, { lead: lead < 0 ? null : this.examination.leads[lead].label, ...change });
      this.canvas.dataset.answered = (performance.now() - begun).toFixed(1);
      if (isKept) {
        this.numbers = this.examination.measured = numbers;
        this.kept = structuredClone(numbers);
      } else {
        Object.assign(this.numbers, { set: numbers.set, derived: numbers.derived });
        if (lead >= 0) this.numbers.global = numbers.global;
      }
      this.draw();
      this.drawFields();
      this.changed(numbers);
      this.canvas.dataset.shown = (performance.now() - begun).toFixed(1);
      this.say(name, numbers);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
      this.numbers = this.examination.measured = structuredClone(this.kept);
      this.show();
    }
  }

  /** @param {string} name @param {import('./ecg-data.js').Numbers} numbers */
  say(name, numbers) {
    const measure = name.startsWith('p') ? 'PR interval' : name.startsWith('t') ? 'QT interval' : 'QRS duration';
    const interval = numbers.measurements.find(m => m.name === measure);
    const place = (/** @type {number | null} */ at) => at === null ? 'none' : `${(1000 * at).toFixed(1)} ms`;
    const common = this.lead < 0 ? '' : `, over all leads ${place(markOf(numbers.global, name))} (${this.origin(name, -1)})`;
    this.tell(`${MOVABLE.find(m => m[0] === name)?.[1]} ${place(markOf(this.places, name))}${common}${interval?.value ? `: ${measure} ${interval.value.toFixed(0)} ms` : ''}`);
  }
}
