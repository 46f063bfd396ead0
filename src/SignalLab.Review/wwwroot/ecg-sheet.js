// The sheet: an ECG on millimetre paper, true to scale, with callipers over it.

import { samples, markOf, firstFrom, CLASSES } from './ecg-data.js';
import { make, choice, toggle } from './controls.js';
import { pxPerMm, ink, sized, FONT } from './canvas.js';
import { grid, stroke, reach, pulse, BOLD } from './ecg-paper.js';
import { LAYOUTS, cellsOf, spanOf, baseLines, isTwelve } from './ecg-layouts.js';
import { Callipers } from './ecg-calipers.js';
import { Stretch, addStrip, filterHigh, reportButton } from './ecg-strips.js';
import { clock, span } from './units.js';
import { note } from './state.js';

const SECONDS = 10;
const MARGIN = 2;

export class EcgSheet {
  /** @type {HTMLCanvasElement} */
  canvas = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  over = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  sheet = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  stage = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  tools = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  where = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  caliperButton = /** @type {any} */ (null);

  /** @param {import('./ecg-data.js').Place} place @param {import('./ecg-data.js').Examination} examination @param {(words: string) => void} tell */
  constructor(place, examination, tell) {
    this.place = place;
    this.examination = examination;
    this.tell = tell;
    this.settings = { layout: '3x4', isCabrera: false, speed: 25, gain: 10, isFiltered: false, isMarked: true };
    this.from = 0;
    this.ticket = 0;
    /** @type {import('./page.js').Page | null} */
    this.page = null;
    /** @type {(import('./ecg-layouts.js').Cell & { x: number, y: number, width: number })[]} */
    this.cells = [];
    this.callipers = new Callipers(words => this.tell(words));
    this.stretch = new Stretch();
    this.build();
  }

  build() {
    this.canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { id: 'ecg-paper', 'aria-hidden': 'true' }));
    this.over = /** @type {HTMLCanvasElement} */ (make('canvas', { id: 'ecg-callipers', 'aria-hidden': 'true' }));
    this.sheet = make('div', { className: 'ecg-sheet', id: 'ecg-sheet', tabIndex: 0, role: 'application', 'aria-label': 'ECG sheet: page up and down turn it, R takes it into the report, C shows callipers, 1 to 4 choose a line, arrows move it, N and P go to the next or last beat or wave' }, this.canvas, this.over);
    this.stage = make('div', { className: 'ecg-stage' }, this.sheet);
    const set = (/** @type {Partial<typeof this.settings>} */ change) => { Object.assign(this.settings, change); this.stretch.box = null; this.show(); };
    const twelve = isTwelve(this.examination.leads);
    this.where = make('span', { id: 'ecg-from', 'aria-live': 'polite' });
    this.caliperButton = toggle('Callipers', 'ecg-calliper-button', false, on => this.showCallipers(on), 'Measure times and levels (C)');
    const before = make('button', { type: 'button', id: 'ecg-before', textContent: '◀', title: 'Earlier (page up)', 'aria-label': 'Earlier' });
    const after = make('button', { type: 'button', id: 'ecg-after', textContent: '▶', title: 'Later (page down)', 'aria-label': 'Later' });
    before.addEventListener('click', () => this.turn(-1));
    after.addEventListener('click', () => this.turn(1));
    this.tools = make('div', { className: 'line', role: 'toolbar', 'aria-label': 'Sheet' },
      ...(twelve ? [
        choice('Layout', 'ecg-layout', LAYOUTS, '3x4', v => set({ layout: v })),
        choice('Order', 'ecg-order', [['', 'usual'], ['cabrera', 'Cabrera']], '', v => set({ isCabrera: v === 'cabrera' })),
      ] : []),
      choice('Speed', 'ecg-speed', [['25', '25 mm/s'], ['50', '50 mm/s']], '25', v => set({ speed: Number(v) })),
      choice('Gain', 'ecg-gain', [['5', '5 mm/mV'], ['10', '10 mm/mV'], ['20', '20 mm/mV']], '10', v => set({ gain: Number(v) })),
      choice('Filter', 'ecg-filter', [['', 'as recorded'], ['on', `0.05–${filterHigh(this.examination.leads)} Hz`]], '', v => set({ isFiltered: v === 'on' })),
      toggle('Marks', 'ecg-marks', true, on => set({ isMarked: on }), 'Beats and the ends of their waves'), this.caliperButton, before, this.where, after,
      reportButton('To report', 'What is selected, else the whole sheet, to the report (R)', () => this.report(), 'ecg-sheet-report'));
    this.listen();
  }

  listen() {
    const at = (/** @type {PointerEvent} */ event) => {
      const box = this.over.getBoundingClientRect();
      return /** @type {[number, number]} */ ([event.clientX - box.left, event.clientY - box.top]);
    };
    this.sheet.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      this.sheet.setPointerCapture(event.pointerId);
      if (this.callipers.isShown) this.callipers.grab(...at(event));
      else this.stretch.begin(...at(event));
      this.drawOver();
    });
    this.sheet.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
      if (this.stretch.isHeld) this.stretch.to(...at(event));
      else if (this.callipers.held) this.callipers.drag(...at(event));
      else return;
      this.drawOver();
    });
    this.sheet.addEventListener('pointerup', () => {
      this.callipers.release();
      if (!this.stretch.isHeld) return;
      this.stretch.end();
      this.drawOver();
      this.tell(this.selected ? `Selected: ${this.selected.cells.map(c => c.name).join(', ')}, ${clock(this.selected.from, 2)}, ${span(this.selected.to - this.selected.from)}` : '');
    });
    this.sheet.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (!this.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'PageDown' || event.key === 'PageUp') this.turn(event.key === 'PageDown' ? 1 : -1);
    else if (event.key === 'Home') this.goTo(0);
    else if (event.key === 'End') this.goTo(this.examination.duration - SECONDS);
    else if (event.key === 'c') this.showCallipers(!this.callipers.isShown);
    else if (event.key === 'r' && !event.ctrlKey && !event.metaKey) this.report();
    else if (this.callipers.isShown && this.callipers.key(event)) this.drawOver();
    else return false;
    return true;
  }

  /** @param {boolean} on */
  showCallipers(on) {
    this.callipers.isShown = on;
    this.caliperButton.setAttribute('aria-pressed', String(on));
    if (on) this.callipers.say();
    else this.tell('');
    this.drawOver();
  }

  /** The selected rows and their time, within the column where the selection began. */
  get selected() {
    if (!this.stretch.box || this.cells.length === 0) return null;
    const [left, right] = this.stretch.ends;
    const { x0, y0, y1 } = this.stretch.box;
    const near = (/** @type {number} */ y) => this.cells.filter(c => x0 >= c.x && x0 <= c.x + c.width).reduce((/** @type {EcgSheet['cells'][number] | null} */ best, c) => best && Math.abs(best.y - y) <= Math.abs(c.y - y) ? best : c, null);
    const [first, last] = [near(y0), near(y1)];
    if (!first || !last) return null;
    const cells = this.cells.filter(c => c.lead >= 0 && c.x === first.x && c.width === first.width && c.row >= Math.min(first.row, last.row) && c.row <= Math.max(first.row, last.row) && c.from === first.from);
    const timeAt = (/** @type {number} */ x) => Math.max(first.from, Math.min(first.to, this.examination.duration, first.from + (x - first.x) / Number(this.sheet.dataset.pxPerSecond)));
    return cells.length ? { cells, from: timeAt(left), to: timeAt(right) } : null;
  }

  /** Takes the selection, else the whole sheet, into the report. */
  report() {
    const { layout, isCabrera, speed, gain, isFiltered } = this.settings;
    const { leads, duration } = this.examination;
    const look = { speed, gain, high: isFiltered ? filterHigh(leads) : null };
    const selected = this.selected;
    if (selected) {
      addStrip({ ...look, from: selected.from, seconds: selected.to - selected.from, channels: [...new Set(selected.cells.map(c => leads[c.lead].channel))], caption: 'Selection' });
      return;
    }
    const { from, to } = spanOf(this.plan?.cells ?? []);
    addStrip({ ...look, from, seconds: Math.min(to, duration) - from, layout: isTwelve(leads) ? layout : '12x1', isCabrera, channels: isTwelve(leads) ? null : leads.map(l => l.channel), caption: 'Sheet' });
  }

  /** @param {number} way */
  turn(way) {
    const span = this.plan ? spanOf(this.plan.cells) : { from: 0, to: SECONDS };
    this.goTo(this.from + way * (span.to - span.from));
  }

  /** @param {number} from */
  goTo(from) {
    this.from = Math.max(0, Math.min(from, Math.max(0, this.examination.duration - SECONDS)));
    this.stretch.box = null;
    return this.show();
  }

  /** Lays the sheet out anew and draws it. */
  async show() {
    if (!this.stage.isConnected) return;
    const ticket = ++this.ticket;
    const { leads, duration } = this.examination;
    const { layout, isCabrera, isFiltered } = this.settings;
    const seconds = Math.max(1, Math.min(SECONDS, duration));
    this.plan = cellsOf(leads, layout, isCabrera, this.from, seconds, duration);
    const { from, to } = spanOf(this.plan.cells);
    try {
      const page = await samples(this.place, leads.map(l => l.channel), from, to - from, leads[0].rate, isFiltered);
      if (ticket !== this.ticket) return;
      this.page = page;
      this.draw();
      this.where.textContent = `${clock(from, 1)}–${clock(Math.min(to, duration), 1)} of ${clock(duration, 1)}`;
      this.sheet.dataset.shown = String(ticket);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  }

  /** @param {import('./ecg-layouts.js').Cell} cell @returns {import('./ecg-paper.js').Trace | null} */
  trace(cell) {
    const lead = this.examination.leads[cell.lead];
    return lead && this.page && lead.milli ? { page: this.page, row: cell.lead, milli: cell.sign * lead.milli } : null;
  }

  draw() {
    if (!this.plan || !this.page) return;
    const { speed, gain } = this.settings;
    const mm = pxPerMm();
    const { cells, rows } = this.plan;
    const pulseMm = Math.ceil((0.2 * speed + 2 * MARGIN) / 5) * 5;
    const reached = cells.map(cell => { const trace = this.trace(cell); return trace ? reach(trace, cell.from, cell.to) : { middle: 0, up: 0.2, down: 0.2 }; });
    const { places, height } = baseLines(Array.from({ length: rows }, (_, row) => ({
      up: Math.max(row === 0 ? gain : 0, ...cells.map((c, i) => c.row === row ? reached[i].up * gain : 0)), down: Math.max(...cells.map((c, i) => c.row === row ? reached[i].down * gain : 0)),
    })), gain + 5, this.stage.clientHeight / mm);
    const longest = Math.max(...cells.filter(c => c.row === cells[cells.length - 1].row).map(c => c.to)) - Math.min(...cells.filter(c => c.row === cells[cells.length - 1].row).map(c => c.from));
    const widthMm = Math.ceil((pulseMm + longest * speed + 2) / 5) * 5;
    const [width, high] = [widthMm * mm, height * mm];
    const g = sized(this.canvas, width, high);
    sized(this.over, width, high);
    this.sheet.style.width = `${width}px`;
    this.sheet.style.height = `${high}px`;
    Object.assign(this.sheet.dataset, { pxPerMm: String(mm), pxPerSecond: String(speed * mm), pxPerMillivolt: String(gain * mm) });
    grid(g, width, high, mm, mm);
    this.cells = cells.map(cell => ({ ...cell, x: (pulseMm + cell.column * (cell.to - cell.from) * speed) * mm, y: places[cell.row] * mm, width: (cell.to - cell.from) * speed * mm }));
    this.drawPulses(g, places, mm);
    this.cells.forEach((cell, i) => this.drawCell(g, cell, reached[i].middle, mm));
    if (this.settings.isMarked) this.drawMarks(g, height * mm, mm);
    g.fillStyle = ink('--soft');
    g.font = FONT;
    g.textAlign = 'left';
    g.textBaseline = 'bottom';
    g.fillText(`${speed} mm/s · ${gain} mm/mV · ${this.settings.isFiltered ? 'filtered' : 'as recorded'}`, 4, high - 3);
    this.layCallipers(width, high, mm);
    this.drawOver();
  }

  /** @param {CanvasRenderingContext2D} g @param {number[]} places @param {number} mm */
  drawPulses(g, places, mm) {
    g.strokeStyle = ink('--trace');
    g.lineWidth = 1.2;
    for (const y of places) pulse(g, mm, y * mm, this.settings.gain * mm, 0.2 * this.settings.speed * mm, MARGIN * mm * 0.75);
  }

  /** @param {CanvasRenderingContext2D} g @param {EcgSheet['cells'][number]} cell @param {number} middle @param {number} mm */
  drawCell(g, cell, middle, mm) {
    const { speed, gain } = this.settings;
    const trace = this.trace(cell);
    g.font = BOLD;
    g.textAlign = 'left';
    g.textBaseline = 'alphabetic';
    const words = trace ? cell.name : `${cell.name} not recorded`;
    const y = cell.y - Math.max(5, Math.min(9, 0.6 * gain)) * mm;
    g.lineWidth = 4;
    g.lineJoin = 'round';
    g.strokeStyle = ink('--paper');
    g.strokeText(words, cell.x + 5, y);
    g.fillStyle = ink('--ink');
    g.fillText(words, cell.x + 5, y);
    g.save();
    g.beginPath();
    g.rect(cell.x, 0, cell.width, this.canvas.height);
    g.clip();
    if (trace) {
      g.strokeStyle = ink('--trace');
      g.lineWidth = 1.2;
      stroke(g, trace, cell.from, cell.to, t => cell.x + (t - cell.from) * speed * mm, v => cell.y - (v - middle) * gain * mm);
    }
    g.restore();
    g.strokeStyle = ink('--trace');
    g.lineWidth = 1;
    if (cell.column > 0) {
      g.beginPath();
      g.moveTo(cell.x, cell.y - 3 * mm);
      g.lineTo(cell.x, cell.y + 3 * mm);
      g.stroke();
    }
  }

  /** The beats that are seen in a cell. @param {EcgSheet['cells'][number]} cell */
  beatsIn(cell) {
    const { time } = this.examination.beats;
    const found = [];
    for (let i = firstFrom(time, cell.from - 0.6); i < time.length && time[i] < cell.to + 0.6; i++) found.push(i);
    return found;
  }

  /** Waves as bars, and the class of each beat, under the lowest row. @param {CanvasRenderingContext2D} g @param {number} high @param {number} mm */
  drawMarks(g, high, mm) {
    const lowest = this.cells.filter(c => c.isRhythm).length ? this.cells.filter(c => c.isRhythm) : this.cells.filter(c => c.row === Math.max(...this.cells.map(k => k.row)));
    for (const cell of lowest) {
      const bottom = cell.row === (this.plan?.rows ?? 0) - 1 ? high - 8 * mm : cell.y + 13 * mm;
      g.save();
      g.beginPath();
      g.rect(cell.x, 0, cell.width, high);
      g.clip();
      const x = (/** @type {number} */ t) => cell.x + (t - cell.from) * this.settings.speed * mm;
      for (const i of this.beatsIn(cell)) this.drawBeat(g, i, x, bottom, mm);
      g.restore();
    }
  }

  /** @param {CanvasRenderingContext2D} g @param {number} i @param {(time: number) => number} x @param {number} bottom @param {number} mm */
  drawBeat(g, i, x, bottom, mm) {
    const { beats } = this.examination;
    const places = beats.global?.[i];
    for (const [on, off, colour] of [['p_on', 'p_off', '--ecg-p'], ['qrs_on', 'qrs_off', '--ecg-qrs'], ['t_on', 't_off', '--ecg-t']]) {
      const to = markOf(places, off);
      const from = markOf(places, on) ?? (on === 't_on' ? markOf(places, 't_peak') : null);
      if (from === null || to === null) continue;
      g.fillStyle = ink(colour);
      g.fillRect(x(from), bottom, Math.max(1, x(to) - x(from)), mm);
    }
    const letter = beats.classes[i];
    g.fillStyle = ink(CLASSES[letter][1]);
    g.font = letter === 'N' ? FONT : BOLD;
    g.textAlign = 'center';
    g.textBaseline = 'bottom';
    g.fillText(letter, x(beats.time[i]), bottom - 1);
  }

  /** @param {number} width @param {number} height @param {number} mm */
  layCallipers(width, height, mm) {
    const { speed, gain } = this.settings;
    const stops = /** @type {number[]} */ ([]);
    const beats = /** @type {number[]} */ ([]);
    for (const cell of this.cells) {
      for (const i of this.beatsIn(cell)) {
        const places = this.examination.beats.global?.[i];
        const times = [this.examination.beats.time[i], ...['p_on', 'p_off', 'qrs_on', 'qrs_off', 't_off'].map(n => markOf(places, n))];
        times.forEach((t, k) => { if (t !== null && t >= cell.from && t < cell.to) (k ? stops : beats).push(cell.x + (t - cell.from) * speed * mm); });
      }
    }
    this.callipers.lay({ width, height, pxPerSecond: speed * mm, pxPerMillivolt: gain * mm, stepX: speed * mm / this.examination.leads[0].rate, beats: [...new Set(beats)], stops: [...new Set([...beats, ...stops])] });
  }

  drawOver() {
    const g = sized(this.over, this.over.clientWidth || 1, this.over.clientHeight || 1);
    const selected = this.selected;
    if (selected) {
      const [first] = selected.cells;
      const x = (/** @type {number} */ time) => first.x + (time - first.from) * Number(this.sheet.dataset.pxPerSecond);
      const mm = pxPerMm();
      this.stretch.draw(g, x(selected.from), x(selected.to), Math.min(...selected.cells.map(c => c.y)) - 12 * mm, Math.max(...selected.cells.map(c => c.y)) + 8 * mm);
    }
    this.callipers.draw(g);
  }
}
