// What lies under the traces, the grid, and over them: times, labels, gaps, annotations, the scale, cursor and selection.

import { prepared, ink, FONT } from './canvas.js';
import { view, now } from './state.js';
import { clock, span, timeOfDay } from './units.js';

/** Width of the labels at the left and height of the times at the top, CSS pixels. */
export const LABELS = 96;
export const TOP = 22;

export class TraceOverlay {
  /** @param {import('./traces.js').TraceView} traces */
  constructor(traces) { this.traces = traces; }

  /** Grid, labels, gaps, annotations, cursor and selection. */
  draw() {
    const major = this.drawGrid(prepared(this.traces.grid, this.traces.width, this.traces.height));
    const g = prepared(this.traces.overlay, this.traces.width, this.traces.height);
    this.drawGaps(g);
    this.drawMarks(g);
    this.drawLabels(g);
    this.drawTimes(g, major);
    this.drawCursor(g);
  }

  /** A line each step of time. @param {CanvasRenderingContext2D} g @returns {number} seconds between the strong ones */
  drawGrid(g) {
    const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];
    const major = steps.find(s => s / view.seconds * this.traces.plotWidth > 86) ?? 3600;
    const minor = major <= 1 ? major / 5 : major === 2 ? 1 : [5, 10].includes(major) ? 1 : major / 6;
    g.lineWidth = 1;
    const [strong, weak] = [ink('--grid-strong'), ink('--grid')];
    for (let k = Math.ceil(view.from / minor - 1e-9); k * minor <= view.from + view.seconds + 1e-9; k++) {
      const t = k * minor;
      const isMajor = Math.abs(t / major - Math.round(t / major)) < 1e-6;
      const x = Math.round(this.traces.xOf(t)) + 0.5;
      g.strokeStyle = isMajor ? strong : weak;
      g.beginPath();
      g.moveTo(x, TOP);
      g.lineTo(x, this.traces.height);
      g.stroke();
    }
    return major;
  }

  /** Times along the top. @param {CanvasRenderingContext2D} g @param {number} major */
  drawTimes(g, major) {
    g.fillStyle = ink('--paper');
    g.fillRect(0, 0, this.traces.width, TOP - 2);
    g.fillStyle = ink('--soft');
    g.textBaseline = 'top';
    let free = 0;
    for (let k = Math.ceil(view.from / major - 1e-9); k * major <= view.from + view.seconds + 1e-9; k++) {
      const x = this.traces.xOf(k * major) + 3;
      const day = major >= 1 ? timeOfDay(now.recording?.start ?? null, k * major) : null;
      const text = `${clock(k * major, major < 1 ? 1 : 0)}${day ? ` · ${day}` : ''}`;
      const wide = g.measureText(text).width;
      if (x < free || x + wide > this.traces.width) continue;
      g.fillText(text, x, 4);
      free = x + wide + 8;
    }
  }

  /** @param {CanvasRenderingContext2D} g */
  drawGaps(g) {
    const recording = now.recording;
    if (!recording) return;
    const stretches = [];
    let end = 0;
    for (const [onset, duration] of recording.segments) {
      if (onset > end + 1e-6) stretches.push([end, onset, true]);
      end = Math.max(end, onset + duration);
    }
    stretches.push([end, Infinity, false]);
    if (view.from < 0) stretches.push([-Infinity, 0, false]);
    for (const [a, b, isGap] of /** @type {[number, number, boolean][]} */ (stretches)) {
      if (b <= view.from || a >= view.from + view.seconds) continue;
      const x0 = Math.max(LABELS, this.traces.xOf(a));
      const x1 = Math.min(this.traces.width, this.traces.xOf(b));
      g.fillStyle = ink('--gap');
      g.fillRect(x0, TOP, x1 - x0, this.traces.height - TOP);
      if (isGap && x1 - x0 > 3) {
        g.fillStyle = ink('--soft');
        g.textBaseline = 'middle';
        g.save();
        g.translate((x0 + x1) / 2, this.traces.height / 2);
        if (x1 - x0 < 120) g.rotate(-Math.PI / 2);
        g.textAlign = 'center';
        g.fillText(`gap of ${span(b - a)}`, 0, 0);
        g.restore();
      }
    }
  }

  /** @param {CanvasRenderingContext2D} g */
  drawMarks(g) {
    const marks = this.traces.marks();
    const to = view.from + view.seconds;
    let lane = 0;
    const paper = ink('--paper');
    g.textBaseline = 'top';
    for (const mark of marks) {
      if (mark.onset > to) break;
      const end = mark.onset + mark.duration;
      if (end < view.from) continue;
      const x0 = this.traces.xOf(Math.max(mark.onset, view.from));
      const x1 = this.traces.xOf(Math.min(end, to));
      const row = mark.channel ? this.traces.lanes.find(l => l.label === mark.channel) : null;
      const hue = hueOf(mark.text);
      const half = Math.max(8, (this.traces.lanes[1]?.y - this.traces.lanes[0]?.y || 40) / 2);
      const [y0, y1] = row ? [row.y - half, row.y + half] : [TOP, this.traces.height];
      g.fillStyle = `hsl(${hue} 70% 50% / 0.16)`;
      if (x1 > x0) g.fillRect(x0, y0, x1 - x0, y1 - y0);
      g.strokeStyle = `hsl(${hue} 65% 42%)`;
      g.lineWidth = mark === this.traces.selected ? 2.5 : 1;
      g.beginPath();
      g.moveTo(x0 + 0.5, y0);
      g.lineTo(x0 + 0.5, y1);
      g.stroke();
      if (mark.onset >= view.from) {
        const y = row ? y0 : TOP + 2 + 15 * (lane++ % 4);
        const text = mark.text.length > 40 ? mark.text.slice(0, 39) + '…' : mark.text;
        const wide = Math.min(g.measureText(text).width, this.traces.width - x0 - 8);
        g.fillStyle = paper;
        g.globalAlpha = 0.85;
        g.fillRect(x0 + 2, y, wide + 4, 14);
        g.globalAlpha = 1;
        g.fillStyle = `hsl(${hue} 75% ${document.documentElement.dataset.theme === 'dark' ? 72 : 30}%)`;
        g.fillText(text, x0 + 4, y + 1, wide);
      }
    }
  }

  /** @param {CanvasRenderingContext2D} g */
  drawLabels(g) {
    g.fillStyle = ink('--paper');
    g.fillRect(0, 0, LABELS, this.traces.height);
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    const room = (this.traces.height - TOP) / Math.max(1, this.traces.lanes.length);
    const size = Math.max(8, Math.min(12, room - 1));
    g.font = `${size}px "DejaVu Sans", "Segoe UI", sans-serif`;
    const every = Math.ceil(9 / Math.max(1, room));
    this.traces.lanes.forEach((lane, i) => {
      if (!view.butterfly && i % every !== 0) return;
      if (view.butterfly && i > 0) return;
      g.fillStyle = lane.colour.startsWith('--') ? ink(lane.colour === '--trace' ? '--ink' : lane.colour) : lane.colour;
      g.fillText(view.butterfly ? `${this.traces.lanes.length} traces` : lane.label, 6, lane.y, LABELS - 10);
    });
    this.drawScale(g);
  }

  /** A bar of a round number of microvolts. @param {CanvasRenderingContext2D} g */
  drawScale(g) {
    const perMicro = this.traces.pxPerMm / view.sensitivity;
    const micro = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(m => m * perMicro >= 24) ?? 5000;
    const tall = micro * perMicro;
    const x = this.traces.width - 14;
    const y = this.traces.height - 14;
    g.strokeStyle = ink('--accent');
    g.lineWidth = 2;
    g.beginPath();
    g.moveTo(x, y);
    g.lineTo(x, y - tall);
    g.stroke();
    g.font = FONT;
    g.textAlign = 'right';
    const text = `${micro} µV`;
    g.fillStyle = ink('--paper');
    g.fillRect(x - g.measureText(text).width - 8, y - tall / 2 - 8, g.measureText(text).width + 5, 16);
    g.fillStyle = ink('--accent');
    g.fillText(text, x - 5, y - tall / 2);
    g.textAlign = 'left';
  }

  /** @param {CanvasRenderingContext2D} g */
  drawCursor(g) {
    if (now.selection) {
      const [a, b] = now.selection;
      g.fillStyle = ink('--select');
      const x0 = Math.max(LABELS, this.traces.xOf(a));
      g.fillRect(x0, TOP, Math.max(1, Math.min(this.traces.width, this.traces.xOf(b)) - x0), this.traces.height - TOP);
    }
    if (now.cursor !== null && now.cursor >= view.from && now.cursor <= view.from + view.seconds) {
      g.strokeStyle = ink('--accent');
      g.lineWidth = 1;
      const x = Math.round(this.traces.xOf(now.cursor)) + 0.5;
      g.beginPath();
      g.moveTo(x, TOP);
      g.lineTo(x, this.traces.height);
      g.stroke();
    }
  }
}

/** @param {string} text */
export function hueOf(text) {
  let hash = 7;
  for (const c of text) hash = (hash * 31 + /** @type {number} */ (c.codePointAt(0))) % 360;
  return hash;
}
