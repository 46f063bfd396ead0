// Callipers on millimetre paper: two lines in time, two levels; they snap to beats and to the ends of waves.

import { ink, FONT } from './canvas.js';

const NEAR = 7;

/** @typedef {{ x1: number, x2: number, y1: number, y2: number }} Lines pixels */
/** @typedef {'x1' | 'x2' | 'y1' | 'y2'} Line */

const NAMES = /** @type {Record<Line, string>} */ ({ x1: 'first time', x2: 'second time', y1: 'first level', y2: 'second level' });

export class Callipers {
  /** @param {(words: string) => void} tell told what is measured */
  constructor(tell) {
    this.tell = tell;
    this.isShown = false;
    /** @type {Lines} */
    this.lines = { x1: 60, x2: 160, y1: 60, y2: 30 };
    /** @type {Line} */
    this.active = 'x2';
    /** @type {Line | 'both' | null} */
    this.held = null;
    /** @type {number[]} */
    this.stops = [];
    this.scale = { pxPerSecond: 100, pxPerMillivolt: 40, stepX: 1 };
    this.size = { width: 1, height: 1 };
    this.isPlaced = false;
  }

  /** The paper under the callipers. @param {{ width: number, height: number, pxPerSecond: number, pxPerMillivolt: number, stepX: number, beats: number[], stops: number[] }} paper */
  lay(paper) {
    const before = this.scale;
    this.size = paper;
    this.scale = paper;
    this.stops = [...paper.stops].sort((a, b) => a - b);
    if (before.pxPerSecond !== paper.pxPerSecond || before.pxPerMillivolt !== paper.pxPerMillivolt) this.isPlaced = false;
    if (this.isPlaced || this.stops.length < 2) return;
    const [first, second] = paper.beats.length > 2 ? [...paper.beats].sort((a, b) => a - b).slice(1, 3) : this.stops;
    this.lines = { x1: first, x2: second, y1: paper.height / 2, y2: paper.height / 2 - paper.pxPerMillivolt };
    this.isPlaced = true;
    if (this.isShown) this.say();
  }

  /** @param {number} x */
  snapped(x) {
    const near = this.stops.reduce((best, s) => Math.abs(s - x) < Math.abs(best - x) ? s : best, Infinity);
    return Math.abs(near - x) <= NEAR ? near : x;
  }

  /** @param {number} x @param {number} y */
  grab(x, y) {
    const far = /** @type {[Line, number][]} */ ([['x1', Math.abs(x - this.lines.x1)], ['x2', Math.abs(x - this.lines.x2)], ['y1', Math.abs(y - this.lines.y1)], ['y2', Math.abs(y - this.lines.y2)]]);
    const [line, distance] = far.reduce((a, b) => b[1] < a[1] ? b : a);
    if (distance <= NEAR) {
      this.held = this.active = line;
      return;
    }
    const at = this.snapped(x);
    this.lines = { x1: at, x2: at, y1: y, y2: y };
    this.active = 'x2';
    this.held = 'both';
  }

  /** @param {number} x @param {number} y */
  drag(x, y) {
    if (!this.held) return;
    if (this.held === 'both') {
      this.put('x2', this.snapped(x));
      this.put('y2', y);
    } else this.put(this.held, this.held.startsWith('x') ? this.snapped(x) : y);
    this.say();
  }

  release() { this.held = null; }

  /** @param {Line} line @param {number} to */
  put(line, to) {
    this.lines[line] = Math.max(0, Math.min(line.startsWith('x') ? this.size.width : this.size.height, to));
  }

  /** What a key does; false where it is not ours. @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const chosen = /** @type {Record<string, Line>} */ ({ 1: 'x1', 2: 'x2', 3: 'y1', 4: 'y2' })[event.key];
    const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (chosen) this.active = chosen;
    else if (way) {
      const isTime = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
      if (isTime !== this.active.startsWith('x')) this.active = isTime ? 'x2' : 'y2';
      this.put(this.active, this.lines[this.active] + way * (isTime ? this.scale.stepX : this.scale.pxPerMillivolt / 100) * (event.shiftKey ? 10 : 1));
    } else if (event.key === 'n' || event.key === 'p') this.jump(event.key === 'n' ? 1 : -1);
    else return false;
    this.say();
    return true;
  }

  /** To the next place to snap to. @param {number} way */
  jump(way) {
    if (!this.active.startsWith('x')) this.active = 'x2';
    const at = this.lines[this.active];
    const stops = way > 0 ? this.stops.filter(s => s > at + 0.01) : this.stops.filter(s => s < at - 0.01).reverse();
    if (stops.length) this.lines[this.active] = stops[0];
  }

  values() {
    const seconds = Math.abs(this.lines.x2 - this.lines.x1) / this.scale.pxPerSecond;
    return { milliseconds: 1000 * seconds, perMinute: 60 / seconds, millivolts: (this.lines.y1 - this.lines.y2) / this.scale.pxPerMillivolt };
  }

  words() {
    const { milliseconds, perMinute, millivolts } = this.values();
    const rate = milliseconds >= 1 ? ` · ${perMinute >= 1000 ? '–' : perMinute.toFixed(1)} /min` : '';
    return `Δt ${milliseconds.toFixed(0)} ms${rate} · ΔU ${millivolts.toFixed(2)} mV`;
  }

  say() { this.tell(`${this.words()} (${NAMES[this.active]} line)`); }

  /** @param {CanvasRenderingContext2D} g */
  draw(g) {
    if (!this.isShown) return;
    const { width, height } = this.size;
    const colour = ink('--accent');
    g.strokeStyle = colour;
    for (const line of /** @type {Line[]} */ (['x1', 'x2', 'y1', 'y2'])) {
      g.lineWidth = this.active === line ? 2 : 1;
      g.beginPath();
      const at = this.lines[line];
      if (line.startsWith('x')) {
        g.moveTo(at, 0);
        g.lineTo(at, height);
      } else {
        g.setLineDash([6, 4]);
        g.moveTo(0, at);
        g.lineTo(width, at);
      }
      g.stroke();
      g.setLineDash([]);
    }
    this.label(g, colour);
  }

  /** @param {CanvasRenderingContext2D} g @param {string} colour */
  label(g, colour) {
    const { x1, x2 } = this.lines;
    const words = this.words();
    g.font = FONT;
    const wide = g.measureText(words).width + 10;
    const x = Math.max(0, Math.min(this.size.width - wide, (x1 + x2 - wide) / 2));
    g.fillStyle = colour;
    const y = this.size.height - 22;
    g.fillRect(x, y, wide, 18);
    g.fillStyle = ink('--accent-ink');
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    g.fillText(words, x + 5, y + 9.5);
  }
}
