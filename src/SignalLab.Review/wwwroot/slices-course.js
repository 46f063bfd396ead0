// The course over the frames at the cross-hair's voxel.

import { getJson } from './api.js';
import { make } from './controls.js';
import { ink, sized } from './canvas.js';
import { ticks } from './ecg-plots.js';
import { words } from './slices-data.js';

const LEFT = 62;

export class CoursePlot {
  /** @param {(frame: number) => void} go */
  constructor(go) {
    this.canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { id: 'slice-course', role: 'img', 'aria-label': 'Course at the voxel' }));
    this.title = make('h2', { textContent: 'Course at the voxel' });
    this.box = make('div', { className: 'slice-course' }, this.title, this.canvas);
    this.ticket = 0;
    this.key = '';
    /** @type {any} */
    this.course = null;
    this.canvas.addEventListener('click', e => {
      if (this.course) go((e.offsetX - LEFT) / (this.canvas.clientWidth - LEFT - 8) * (this.course.values.length - 1));
    });
  }

  /** @param {Record<string, any>} query @param {number} frame */
  async show(query, frame) {
    const ticket = ++this.ticket;
    const key = JSON.stringify(query);
    if (key !== this.key) {
      const course = await getJson('/api/course', query);
      if (ticket !== this.ticket) return;
      this.key = key;
      this.course = course;
    }
    this.draw(frame);
  }

  /** @param {number} frame */
  draw(frame) {
    const { course } = this;
    const [w, h] = [Math.max(160, this.box.clientWidth), 150];
    const g = sized(this.canvas, w, h);
    const known = course.values.filter((/** @type {number | null} */ v) => v !== null);
    if (!known.length) {
      this.title.textContent = 'No values at this voxel';
      return;
    }
    this.title.textContent = `Course at voxel ${course.name}${course.unit ? ` (${course.unit})` : ''}`;
    let [low, high] = [Math.min(...known), Math.max(...known)];
    if (high === low) [low, high] = [low - 1, high + 1];
    const x = (/** @type {number} */ i) => LEFT + i / Math.max(1, course.values.length - 1) * (w - LEFT - 8);
    const y = (/** @type {number} */ v) => 8 + (high - v) / (high - low) * (h - 34);
    g.fillStyle = ink('--soft');
    g.strokeStyle = ink('--grid-strong');
    g.lineWidth = 0.6;
    g.textAlign = 'right';
    g.textBaseline = 'middle';
    for (const v of ticks(low, high, 4)) {
      g.beginPath();
      g.moveTo(LEFT, y(v));
      g.lineTo(w - 8, y(v));
      g.stroke();
      g.fillText(words(v), LEFT - 4, y(v));
    }
    g.textAlign = 'center';
    g.textBaseline = 'top';
    const last = course.values.length - 1;
    for (const i of [0, Math.round(last / 2), last]) g.fillText(`${words(course.at[i])}${course.axisUnit && course.axisUnit !== '1' ? ` ${course.axisUnit}` : ''}`, Math.min(w - 24, x(i)), h - 20);
    g.strokeStyle = ink('--trace');
    g.lineWidth = 1.4;
    g.beginPath();
    let isBroken = true;
    course.values.forEach((/** @type {number | null} */ v, /** @type {number} */ i) => {
      if (v === null) isBroken = true;
      else if (isBroken) {
        g.moveTo(x(i), y(v));
        isBroken = false;
      } else g.lineTo(x(i), y(v));
    });
    g.stroke();
    g.strokeStyle = ink('--accent');
    g.beginPath();
    g.moveTo(x(frame), 4);
    g.lineTo(x(frame), h - 24);
    g.stroke();
  }
}
