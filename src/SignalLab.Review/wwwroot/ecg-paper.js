// Millimetre paper and traces on it.

import { ink } from './canvas.js';

export const BOLD = 'bold 13px "DejaVu Sans", "Segoe UI", sans-serif';

/** Lines every small and every large step. @param {CanvasRenderingContext2D} g @param {number} width @param {number} height @param {number} stepX pixels of a small step across @param {number} stepY @param {number} [x0] where a large line stands @param {number} [y0] */
export function grid(g, width, height, stepX, stepY, x0 = 0, y0 = 0) {
  for (const isLarge of [false, true]) {
    g.strokeStyle = ink(isLarge ? '--ecg-grid-strong' : '--ecg-grid');
    g.lineWidth = isLarge ? 1 : 0.6;
    g.beginPath();
    const [dx, dy] = isLarge ? [5 * stepX, 5 * stepY] : [stepX, stepY];
    if (dx >= 2) {
      for (let x = x0 % dx; x <= width + 0.5; x += dx) {
        g.moveTo(x, 0);
        g.lineTo(x, height);
      }
    }
    if (dy >= 2) {
      for (let y = y0 % dy; y <= height + 0.5; y += dy) {
        g.moveTo(0, y);
        g.lineTo(width, y);
      }
    }
    g.stroke();
  }
}

/** @typedef {{ page: import('./page.js').Page, row: number, milli: number }} Trace samples of a lead and mV of their unit */

/** Calls back with every sample of a stretch of time; a gap calls with NaN. @param {Trace} trace @param {number} from @param {number} to @param {(time: number, millivolts: number) => void} take */
export function each(trace, from, to, take) {
  const row = trace.page.rows[trace.row];
  for (const stretch of row.stretches) {
    const first = Math.max(0, Math.floor((from - stretch.onset) / stretch.step));
    const last = Math.min(stretch.count - 1, Math.ceil((to - stretch.onset) / stretch.step));
    for (let i = first; i <= last; i++) {
      const time = stretch.onset + i * stretch.step;
      if (row.extremes) {
        take(time, trace.page.values[stretch.at + 2 * i] * trace.milli);
        take(time, trace.page.values[stretch.at + 2 * i + 1] * trace.milli);
      } else take(time, trace.page.values[stretch.at + i] * trace.milli);
    }
    take(NaN, NaN);
  }
}

/** Middle, and how far the trace reaches above and below it, in mV. @param {Trace} trace @param {number} from @param {number} to */
export function reach(trace, from, to) {
  const values = /** @type {number[]} */ ([]);
  each(trace, from, to, (_, v) => { if (Number.isFinite(v)) values.push(v); });
  if (values.length === 0) return { middle: 0, up: 0, down: 0 };
  values.sort((a, b) => a - b);
  const middle = values[values.length >> 1];
  return { middle, up: values[values.length - 1] - middle, down: middle - values[0] };
}

/** @param {CanvasRenderingContext2D} g @param {Trace} trace @param {number} from @param {number} to @param {(time: number) => number} x @param {(millivolts: number) => number} y */
export function stroke(g, trace, from, to, x, y) {
  g.beginPath();
  let isBroken = true;
  each(trace, from, to, (time, value) => {
    if (!Number.isFinite(value)) {
      isBroken = true;
    } else if (isBroken) {
      g.moveTo(x(time), y(value));
      isBroken = false;
    } else g.lineTo(x(time), y(value));
  });
  g.lineJoin = 'round';
  g.stroke();
}

/** The pulse of 1 mV and 0.2 s. @param {CanvasRenderingContext2D} g @param {number} x @param {number} y base line @param {number} height of 1 mV @param {number} width of 0.2 s @param {number} margin */
export function pulse(g, x, y, height, width, margin) {
  g.beginPath();
  g.moveTo(x, y);
  for (const [px, py] of [[x + margin, y], [x + margin, y - height], [x + margin + width, y - height], [x + margin + width, y], [x + 2 * margin + width, y]]) g.lineTo(px, py);
  g.stroke();
}
