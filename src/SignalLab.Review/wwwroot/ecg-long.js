// A long recording: the day at a glance, every interval, what was found, and the strip of whatever is clicked.

import { samples, firstFrom, CLASSES } from './ecg-data.js';
import { make, choice } from './controls.js';
import { pxPerMm, ink, sized, FONT } from './canvas.js';
import { grid, stroke, reach, BOLD } from './ecg-paper.js';
import { baseLines } from './ecg-layouts.js';
import { timePlot, drawBeats, highestRr, legend, ticks, Kept } from './ecg-plots.js';
import { clock, timeOfDay, span } from './units.js';
import { note } from './state.js';
import { Stretch, addStrip, addAround, filterHigh, reportButton } from './ecg-strips.js';

const MOST_LEADS = 3;

export class LongEcg {
  /** @type {HTMLCanvasElement} */
  strip = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  trend = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  tacho = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  poincare = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  stage = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  tools = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  left = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  hours = /** @type {any} */ (null);
  /** @type {import('./page.js').Page | null} */
  stripPage = null;
  /** @type {HTMLElement} */
  stripWords = /** @type {any} */ (null);

  /** @param {import('./ecg-data.js').Place} place @param {import('./ecg-data.js').Examination} examination @param {(words: string) => void} tell */
  constructor(place, examination, tell) {
    this.place = place;
    this.examination = examination;
    this.tell = tell;
    this.shown = { from: 0, to: examination.duration };
    this.at = examination.beats.time[0] ?? 0;
    this.stripTicket = 0;
    this.why = '';
    this.stripFrom = 0;
    this.stretch = new Stretch();
    this.version = 0;
    this.keptTrend = new Kept();
    this.keptTacho = new Kept();
    /** @type {any} */
    this.plots = {};
    this.build();
  }

  build() {
    const plot = (/** @type {string} */ id, /** @type {number} */ high, /** @type {string} */ label) => {
      const canvas = make('canvas', { id, role: 'img', 'aria-label': label });
      canvas.dataset.high = String(high);
      return canvas;
    };
    this.trend = plot('ecg-trend', 130, 'Heart rate over the whole recording');
    this.tacho = plot('ecg-tachogram', 150, 'Intervals between beats over time');
    this.poincare = plot('ecg-poincare', 250, 'Each interval against the next');
    this.strip = /** @type {HTMLCanvasElement} */ (make('canvas', { id: 'ecg-strip', tabIndex: 0, role: 'application', 'aria-label': 'Strip: left and right go by a beat, page up and down by a strip, N and P to the next or last beat that is not normal' }));
    this.stripWords = make('span', { id: 'ecg-strip-place', 'aria-live': 'polite' });
    const whole = make('button', { type: 'button', id: 'ecg-whole', textContent: 'Whole recording' });
    whole.addEventListener('click', () => this.zoom(0, this.examination.duration));
    const leads = /** @type {[string, string][]} */ ([[60, '1 min'], [300, '5 min'], [3600, '1 h']].map(([s, words]) => [String(s), String(words)]));
    this.tools = make('div', { className: 'line', role: 'toolbar', 'aria-label': 'Intervals' }, choice('Intervals of', 'ecg-span', [['', 'the whole recording'], ...leads], '', v => this.span(v)), whole, reportButton('Strip to report', 'What is selected on the strip, else what stands around its middle, to the report (R)', () => this.report(), 'ecg-strip-report'), this.stripWords);
    this.hours = make('div', { className: 'ecg-hours' });
    this.left = make('div', { className: 'ecg-long' }, make('div', { className: 'ecg-plot' }, this.trend), make('div', { className: 'ecg-plot' }, this.tacho), make('div', { className: 'ecg-plot' }, this.strip),
      make('div', { className: 'ecg-pair' }, make('div', { className: 'ecg-square' }, this.poincare), this.hours));
    this.stage = make('div', { className: 'ecg-stage' }, this.left);
    this.listen();
  }

  listen() {
    this.trend.addEventListener('click', (/** @type {MouseEvent} */ e) => this.goTo(this.plots.trend.timeAt(e.offsetX)));
    this.tacho.addEventListener('click', (/** @type {MouseEvent} */ e) => this.goTo(this.plots.tacho.timeAt(e.offsetX)));
    this.tacho.addEventListener('wheel', (/** @type {WheelEvent} */ e) => {
      e.preventDefault();
      const middle = this.plots.tacho.timeAt(e.offsetX);
      const by = e.deltaY > 0 ? 1.5 : 1 / 1.5;
      this.zoom(middle - (middle - this.shown.from) * by, middle + (this.shown.to - middle) * by);
    }, { passive: false });
    this.poincare.addEventListener('click', (/** @type {MouseEvent} */ e) => this.nearest(e.offsetX, e.offsetY));
    this.strip.addEventListener('pointerdown', e => {
      if (e.button !== 0) return;
      this.strip.setPointerCapture(e.pointerId);
      this.stretch.begin(e.offsetX, e.offsetY);
    });
    this.strip.addEventListener('pointermove', e => {
      if (!this.stretch.isHeld) return;
      this.stretch.to(e.offsetX, e.offsetY);
      this.paintStrip();
    });
    this.strip.addEventListener('pointerup', () => {
      this.stretch.end();
      this.paintStrip();
      this.tell(this.selected ? `Selected: ${clock(this.selected[0], 2)}, ${span(this.selected[1] - this.selected[0])}` : '');
    });
    this.strip.addEventListener('keydown', e => {
      if (!this.key(e)) return;
      e.preventDefault();
      e.stopPropagation();
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const seconds = this.stripSeconds();
    const { time, classes } = this.examination.beats;
    const now = firstFrom(time, this.at - 1e-4);
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way) this.goTo(time[Math.max(0, Math.min(time.length - 1, now + way))]);
    else if (event.key === 'PageDown' || event.key === 'PageUp') this.goTo(this.at + (event.key === 'PageDown' ? seconds : -seconds));
    else if (event.key === 'Home' || event.key === 'End') this.goTo(event.key === 'Home' ? 0 : this.examination.duration);
    else if (event.key === 'n' || event.key === 'p') {
      const step = event.key === 'n' ? 1 : -1;
      let i = now + step;
      while (i >= 0 && i < time.length && classes[i] === 'N') i += step;
      if (i >= 0 && i < time.length) this.goTo(time[i]);
      else this.tell('No further beat that is not normal.');
    } else if (event.key === 'r' && !event.ctrlKey && !event.metaKey) this.report();
    else return false;
    return true;
  }

  /** The selected time on the strip. @returns {[number, number] | null} */
  get selected() {
    if (!this.stretch.box) return null;
    const [left, right] = this.stretch.ends;
    const time = (/** @type {number} */ x) => Math.max(0, Math.min(this.examination.duration, this.stripFrom + x / (25 * pxPerMm())));
    return [time(left), time(right)];
  }

  /** Takes the selection, else what stands in the middle of the strip, into the report. */
  report() {
    const { leads } = this.examination;
    const high = filterHigh(leads);
    if (this.selected) addStrip({ from: this.selected[0], seconds: this.selected[1] - this.selected[0], channels: leads.slice(0, MOST_LEADS).map(l => l.channel), high, caption: this.why || 'Selection' });
    else addAround(this.examination, this.at, this.at, this.why || this.beatWords(), high);
  }

  /** The beat in the middle of the strip, in words; empty where there is none. */
  beatWords() {
    const { beats } = this.examination;
    const i = firstFrom(beats.time, this.at - 1e-3);
    if (i >= beats.time.length || Math.abs(beats.time[i] - this.at) >= 0.01) return '';
    const rr = beats.rr[i];
    return `Beat ${i + 1}, ${CLASSES[beats.classes[i]][0]}${rr ? `, RR ${(1000 * rr).toFixed(0)} ms` : ''}`;
  }

  /** @param {string} seconds */
  span(seconds) {
    if (seconds === '') this.zoom(0, this.examination.duration);
    else this.zoom(this.at - Number(seconds) / 2, this.at + Number(seconds) / 2);
  }

  /** @param {number} from @param {number} to */
  zoom(from, to) {
    const length = Math.max(5, Math.min(this.examination.duration, to - from));
    const begin = Math.max(0, Math.min(this.examination.duration - length, from));
    this.shown = { from: begin, to: begin + length };
    this.drawTachogram();
  }

  /** Shows the strip around a time. @param {number} time @param {string} [why] what is to be seen there */
  goTo(time, why = '') {
    this.why = why;
    this.stretch.box = null;
    this.at = Math.max(0, Math.min(this.examination.duration, time));
    const { from, to } = this.shown;
    if (this.at < from || this.at > to) this.zoom(this.at - (to - from) / 2, this.at + (to - from) / 2);
    else this.drawTachogram();
    this.drawTrend();
    return this.drawStrip();
  }

  show() {
    this.drawTrend();
    this.drawTachogram();
    this.drawPoincare();
    this.drawHours();
    return this.drawStrip();
  }

  /** What a drawing depends on beside its own. */
  get look() { return `${document.documentElement.dataset.theme} ${this.left.clientWidth} ${window.devicePixelRatio} ${this.version}`; }

  drawTrend() {
    if (!this.examination.trend || !this.stage.isConnected) return;
    this.keptTrend.show(this.trend, this.look, () => this.drawTrendItself(), g => this.place_(g, this.plots.trend.x(this.at), this.plots.trend.h));
  }

  drawTrendItself() {
    const { trend, start, duration } = this.examination;
    if (!trend) return;
    const rates = trend.bins.flatMap(b => [b.min, b.max]).filter(v => v !== null);
    const high = Math.min(250, Math.max(100, ...rates) + 5);
    const low = Math.max(0, Math.min(50, ...rates) - 5);
    const plot = this.plots.trend = timePlot(this.trend, { from: 0, to: duration, low, high, unit: '/min', start });
    const { g, x, y, h } = plot;
    g.fillStyle = ink('--select');
    g.strokeStyle = ink('--trace');
    g.lineWidth = 1.3;
    for (const b of trend.bins) if (b.min !== null && b.max !== null) g.fillRect(x(b.onset), y(b.max), Math.max(1, x(b.onset + trend.bin) - x(b.onset)), Math.max(1, y(b.min) - y(b.max)));
    g.beginPath();
    for (const b of trend.bins) if (b.mean !== null) g.lineTo(x(b.onset + trend.bin / 2), y(b.mean));
    g.stroke();
    const most = Math.max(1, ...trend.bins.map(b => b.v + b.s));
    for (const b of trend.bins) {
      const wide = Math.max(1, x(b.onset + trend.bin) - x(b.onset) - 1);
      let at = h - 20;
      for (const [count, colour] of /** @type {[number, string][]} */ ([[b.v, '--ecg-v'], [b.s, '--ecg-s']])) {
        const tall = count / most * 26;
        g.fillStyle = ink(colour);
        g.fillRect(x(b.onset), at - tall, wide, tall);
        at -= tall;
      }
    }
    legend(g, this.examination.beats.classes, 60, 12);
  }

  drawTachogram() {
    if (!this.stage.isConnected) return;
    this.keptTacho.show(this.tacho, `${this.look} ${this.shown.from} ${this.shown.to}`, () => this.drawTachogramItself(), g => this.place_(g, this.plots.tacho.x(this.at), this.plots.tacho.h));
  }

  drawTachogramItself() {
    const { beats, start } = this.examination;
    const { from, to } = this.shown;
    const high = 1.1 * highestRr(beats.rr);
    const plot = this.plots.tacho = timePlot(this.tacho, { from, to, low: 0, high: Math.max(1, high), unit: 'RR s', start });
    const { g, x, y } = plot;
    const [first, end] = [firstFrom(beats.time, from), firstFrom(beats.time, to)];
    drawBeats(g, beats.classes, first, end, i => beats.rr[i] === null ? null : [x(beats.time[i]), y(Math.min(high, /** @type {number} */ (beats.rr[i])))]);
  }

  /** @param {CanvasRenderingContext2D} g @param {number} x @param {number} h */
  place_(g, x, h) {
    g.strokeStyle = ink('--accent');
    g.lineWidth = 1.5;
    g.beginPath();
    g.moveTo(x, 4);
    g.lineTo(x, h - 20);
    g.stroke();
  }

  poincarePlaces() {
    const side = 250;
    const high = 1.05 * highestRr(this.examination.beats.rr);
    const known = this.examination.beats.rr.slice(0, 5000).filter(v => v !== null);
    const low = Math.max(0, Math.min(...known, high / 3) * 0.8);
    return { side, low, high, x: (/** @type {number} */ v) => 40 + (v - low) / (high - low) * (side - 48), y: (/** @type {number} */ v) => side - 30 - (v - low) / (high - low) * (side - 38) };
  }

  drawPoincare() {
    if (!this.stage.isConnected) return;
    const { rr, classes } = this.examination.beats;
    const { side, low, high, x, y } = this.poincarePlaces();
    const g = sized(this.poincare, side, side);
    g.strokeStyle = ink('--grid-strong');
    g.fillStyle = ink('--soft');
    g.lineWidth = 0.6;
    for (const v of ticks(low, high, 4)) {
      g.beginPath();
      g.moveTo(x(v), 8);
      g.lineTo(x(v), side - 30);
      g.moveTo(40, y(v));
      g.lineTo(side - 8, y(v));
      g.stroke();
      g.textAlign = 'center';
      g.textBaseline = 'top';
      g.fillText(String(v), x(v), side - 27);
      g.textAlign = 'right';
      g.textBaseline = 'middle';
      g.fillText(String(v), 37, y(v));
    }
    g.textAlign = 'center';
    g.textBaseline = 'bottom';
    g.fillText('RR, next RR against it (s)', side / 2 + 10, side - 1);
    g.beginPath();
    g.moveTo(x(low), y(low));
    g.lineTo(x(high), y(high));
    g.stroke();
    drawBeats(g, classes, 2, rr.length, i => (rr[i] ?? -1) < low || (rr[i - 1] ?? -1) < low ? null : [x(Math.min(high, /** @type {number} */ (rr[i - 1]))), y(Math.min(high, /** @type {number} */ (rr[i])))]);
  }

  /** The beat whose dot is nearest. @param {number} px @param {number} py */
  nearest(px, py) {
    const { rr, time } = this.examination.beats;
    const { x, y } = this.poincarePlaces();
    let [best, far] = [-1, 12];
    for (let i = 2; i < rr.length; i++) {
      const [a, b] = [rr[i - 1], rr[i]];
      if (a === null || b === null) continue;
      const d = Math.hypot(x(a) - px, y(b) - py);
      if (d < far) [best, far] = [i, d];
    }
    if (best >= 0) this.goTo(time[best]);
  }

  drawHours() {
    const { trend, start, duration } = this.examination;
    if (!trend || duration <= 3600) {
      this.hours.replaceChildren();
      return;
    }
    const number = (/** @type {number | null} */ v, /** @type {number} */ d = 0) => v === null || v === 0 && d ? '–' : v.toFixed(d);
    const rows = trend.hours.map(b => {
      const button = make('button', { type: 'button', textContent: timeOfDay(start, b.onset) ?? clock(b.onset) });
      button.addEventListener('click', () => { this.zoom(b.onset, b.onset + 3600); this.goTo(b.onset); });
      return make('tr', {}, make('td', {}, button), ...[String(b.beats), number(b.min), number(b.mean), number(b.max), String(b.s), String(b.v), number(b.longest, 2)].map(text => make('td', { className: 'number', textContent: text })));
    });
    this.hours.replaceChildren(make('table', {}, make('caption', { textContent: 'Hour by hour' }), make('thead', {}, make('tr', {}, ...['from', 'beats', 'lowest', 'mean', 'highest', 'S', 'V', 'longest RR'].map((text, i) => make('th', { scope: 'col', textContent: text, className: i ? 'number' : '' })))), make('tbody', {}, ...rows)));
  }

  stripSeconds() { return Math.max(2, Math.floor(10 * (this.left.clientWidth - 10) / pxPerMm() / 25) / 10); }

  async drawStrip() {
    if (!this.stage.isConnected) return;
    const { leads, duration, start } = this.examination;
    const ticket = ++this.stripTicket;
    const seconds = this.stripSeconds();
    const from = Math.max(0, Math.min(duration - seconds, this.at - seconds / 2));
    try {
      const page = await samples(this.place, leads.slice(0, MOST_LEADS).map(l => l.channel), from, seconds, leads[0].rate, true);
      if (ticket !== this.stripTicket) return;
      this.stripPage = page;
      this.stripFrom = from;
      this.paintStrip();
      this.strip.dataset.shown = String(ticket);
      const words = this.beatWords();
      this.stripWords.textContent = `${clock(this.at, 2)}${start ? ` (${timeOfDay(start, this.at)})` : ''}${words ? ` · ${words[0].toLowerCase()}${words.slice(1)}` : ''} · 25 mm/s, 10 mm/mV, filtered`;
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  }

  paintStrip() {
    const page = this.stripPage;
    if (!page || !this.stage.isConnected) return;
    const [from, seconds, mm] = [this.stripFrom, this.stripSeconds(), pxPerMm()];
    const shown = this.examination.leads.slice(0, MOST_LEADS);
    const reaches = shown.map((lead, row) => reach({ page, row, milli: lead.milli ?? 1 }, from, from + seconds));
    const { places, height } = baseLines(reaches.map(r => ({ up: 10 * r.up, down: 10 * r.down })), 10, 0);
    const [w, h] = [seconds * 25 * mm, (height + 5) * mm];
    const g = sized(this.strip, w, h);
    grid(g, w, h, mm, mm);
    const x = (/** @type {number} */ t) => (t - from) * 25 * mm;
    if (this.selected) this.stretch.draw(g, x(this.selected[0]), x(this.selected[1]), 5 * mm, h - 1);
    shown.forEach((lead, row) => {
      const trace = { page, row, milli: lead.milli ?? 1 };
      const { middle } = reaches[row];
      const base = (places[row] + 5) * mm;
      g.strokeStyle = ink('--trace');
      g.lineWidth = 1.2;
      stroke(g, trace, from, from + seconds, x, v => base - (v - middle) * 10 * mm);
      g.font = BOLD;
      g.fillStyle = ink('--ink');
      g.textAlign = 'left';
      g.textBaseline = 'alphabetic';
      g.fillText(lead.standard ?? lead.label, 4, base - 8 * mm);
    });
    this.drawStripBeats(g, x, from, from + seconds, h, mm);
  }

  /** @param {CanvasRenderingContext2D} g @param {(time: number) => number} x @param {number} from @param {number} to @param {number} h @param {number} mm */
  drawStripBeats(g, x, from, to, h, mm) {
    const { time, classes, rr } = this.examination.beats;
    g.textAlign = 'center';
    g.textBaseline = 'top';
    for (let i = firstFrom(time, from); i < time.length && time[i] < to; i++) {
      g.fillStyle = ink(CLASSES[classes[i]][1]);
      g.font = classes[i] === 'N' ? FONT : BOLD;
      g.fillText(classes[i], x(time[i]), 2);
      if (rr[i] === null || i === 0 || x(time[i]) - x(time[i - 1]) < 44) continue;
      g.fillStyle = ink('--soft');
      g.font = FONT;
      g.fillText((1000 * /** @type {number} */ (rr[i])).toFixed(0), (x(time[i]) + x(time[i - 1])) / 2, 2);
    }
    g.strokeStyle = ink('--accent');
    g.lineWidth = 1;
    g.setLineDash([4, 4]);
    g.beginPath();
    g.moveTo(x(this.at), 5 * mm);
    g.lineTo(x(this.at), h);
    g.stroke();
    g.setLineDash([]);
  }
}
