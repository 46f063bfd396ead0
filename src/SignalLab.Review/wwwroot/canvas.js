// A sharp canvas, the page's colours, the screen's millimetre.

import { desk } from './state.js';

/** Pixels of a millimetre on this screen: measured by the reader, or as browsers assume. */
export function pxPerMm() { return desk.pxPerMm ?? 96 / 25.4; }

/** A colour of the page. @param {string} name */
export function ink(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

export const FONT = '12px "DejaVu Sans", "Segoe UI", sans-serif';
export const SMALL = '11px "DejaVu Sans", "Segoe UI", sans-serif';

/** Device pixels of a CSS pixel. */
export function ratio() { return window.devicePixelRatio || 1; }

/** An empty canvas with a pixel for each pixel of the screen, drawn on in CSS pixels. @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
export function prepared(canvas, width, height) {
  const r = ratio();
  const [w, h] = [Math.max(1, Math.round(width * r)), Math.max(1, Math.round(height * r))];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  g.setTransform(r, 0, 0, r, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = FONT;
  return g;
}

/** The same with a size given in CSS pixels. @param {HTMLCanvasElement} canvas @param {number} width @param {number} height */
export function sized(canvas, width, height) {
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  return prepared(canvas, width, height);
}

/** The same with the size that the page gave it: its height is held, lest it grow with the pixels of a fine screen. @param {HTMLCanvasElement} canvas */
export function fitted(canvas) {
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  canvas.style.height = `${h}px`;
  return { g: prepared(canvas, w, h), w, h };
}
