// One plane of an image on the page: pixels true to their millimetres, cross-hair, letters of the sides.

import { AXES } from './slices-data.js';
import { pixels } from './slices-colours.js';
import { sized, ink, FONT } from './canvas.js';
import { BOLD } from './ecg-paper.js';
import { make } from './controls.js';

const LETTERS = [['L', 'R'], ['P', 'A'], ['I', 'S']];
const EDGE = 16;

/** @typedef {import('./slices-data.js').Slice} Slice */
/** @typedef {{ to: (place: [number, number]) => void, scroll: (steps: number) => void, window: (dx: number, dy: number) => void, key: (event: KeyboardEvent) => boolean }} Deeds coordinates across and up in mm, or a pixel */

export class SlicePane {
  /** @param {import('./slices-data.js').Plane | 'stored'} plane @param {Deeds} deeds */
  constructor(plane, deeds) {
    this.plane = plane;
    this.deeds = deeds;
    this.canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { id: `slice-${plane}`, tabIndex: 0, role: 'application', 'aria-label': `${plane === 'stored' ? 'Image' : `${plane} slice`}: arrows move the cross-hair, page up and down go through the slices` }));
    this.box = make('div', { className: 'slice-pane' }, this.canvas);
    /** @type {Slice | null} */
    this.slice = null;
    /** @type {OffscreenCanvas | null} */
    this.picture = null;
    /** @type {OffscreenCanvas | null} */
    this.laid = null;
    this.isTurned = false;
    this.sides = /** @type {string[] | null} */ (plane === 'stored' ? null : [LETTERS[AXES[plane][0]][0], LETTERS[AXES[plane][0]][1], LETTERS[AXES[plane][1]][0], LETTERS[AXES[plane][1]][1]]);
    this.listen();
  }

  listen() {
    /** @type {'place' | 'window' | null} */
    let held = null;
    this.canvas.addEventListener('pointerdown', event => {
      held = event.button === 2 || event.shiftKey ? 'window' : event.button === 0 ? 'place' : null;
      if (!held) return;
      this.canvas.setPointerCapture(event.pointerId);
      if (held === 'place') this.deeds.to(this.placeAt(event.offsetX, event.offsetY));
    });
    this.canvas.addEventListener('pointermove', event => {
      if (held === 'window') this.deeds.window(event.movementX, event.movementY);
      else if (held === 'place') this.deeds.to(this.placeAt(event.offsetX, event.offsetY));
    });
    this.canvas.addEventListener('pointerup', () => { held = null; });
    this.canvas.addEventListener('contextmenu', event => event.preventDefault());
    this.canvas.addEventListener('wheel', event => {
      event.preventDefault();
      this.deeds.scroll(event.deltaY > 0 ? -1 : 1);
    }, { passive: false });
    this.canvas.addEventListener('keydown', event => {
      if (!this.deeds.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Takes a slice, and what lies over it. @param {Slice} slice @param {import('./slices-colours.js').Scale} scale @param {Slice | null} over @param {import('./slices-colours.js').Scale | null} overScale */
  take(slice, scale, over, overScale) {
    this.slice = slice;
    this.picture = painted(slice, scale, this.plane === 'stored');
    this.laid = over && overScale ? painted(over, overScale, false) : null;
  }

  /** Pixels a millimetre at which the slice fills its pane. */
  fitting() {
    if (!this.slice) return Infinity;
    const box = this.box.getBoundingClientRect();
    const [mmX, mmY] = this.pixelShape();
    return Math.max(1e-6, Math.min((box.width - 2 * EDGE) / (this.slice.width * mmX), (box.height - 2 * EDGE) / (this.slice.height * mmY)));
  }

  pixelShape() {
    const slice = /** @type {Slice} */ (this.slice);
    return this.plane === 'stored' ? this.aspect : [Math.abs(slice.across[1]), Math.abs(slice.up[1])];
  }

  /** Pixels of a millimetre. */
  scale = 1;

  /** Where the slice lies on the canvas: pixels of its left and top edge and of one of its pixels. */
  layout() {
    const slice = /** @type {Slice} */ (this.slice);
    const [w, h] = [this.canvas.clientWidth - 2 * EDGE, this.canvas.clientHeight - 2 * EDGE];
    const [mmX, mmY] = this.pixelShape();
    const [px, py] = [mmX * this.scale, mmY * this.scale];
    return { x: EDGE + (w - slice.width * px) / 2, y: EDGE + (h - slice.height * py) / 2, px, py };
  }

  /** Shape of a stored image's pixels. @type {[number, number]} */
  aspect = [1, 1];

  /** @param {number} cx @param {number} cy @returns {[number, number]} */
  placeAt(cx, cy) {
    const slice = /** @type {Slice} */ (this.slice);
    if (!slice) return [0, 0];
    const { x, y, px, py } = this.layout();
    let i = (cx - x) / px - 0.5;
    if (this.isTurned) i = slice.width - 1 - i;
    const j = this.plane === 'stored' ? (cy - y) / py - 0.5 : slice.height - 0.5 - (cy - y) / py;
    return [slice.across[0] + i * slice.across[1], slice.up[0] + j * slice.up[1]];
  }

  /** @param {[number, number] | null} at cross-hair in the slice's coordinates @param {string} title */
  draw(at, title) {
    const box = this.box.getBoundingClientRect();
    const g = sized(this.canvas, Math.max(60, box.width), Math.max(60, box.height));
    g.fillStyle = '#000';
    g.fillRect(0, 0, box.width, box.height);
    if (!this.slice || !this.picture) return;
    const { x, y, px, py } = this.layout();
    const [w, h] = [this.slice.width * px, this.slice.height * py];
    g.save();
    if (this.isTurned) {
      g.translate(2 * x + w, 0);
      g.scale(-1, 1);
    }
    g.imageSmoothingEnabled = false;
    g.drawImage(this.picture, x, y, w, h);
    if (this.laid) g.drawImage(this.laid, x, y, w, h);
    g.restore();
    if (at) this.cross(g, at, { x, y, px, py, w, h });
    this.letters(g, box.width, box.height);
    g.fillStyle = '#fff';
    g.font = FONT;
    g.textAlign = 'left';
    g.textBaseline = 'bottom';
    g.fillText(title, 6, box.height - 3);
  }

  /** @param {CanvasRenderingContext2D} g @param {[number, number]} at @param {{ x: number, y: number, px: number, py: number, w: number, h: number }} l */
  cross(g, at, l) {
    const slice = /** @type {Slice} */ (this.slice);
    let i = (at[0] - slice.across[0]) / slice.across[1];
    if (this.isTurned) i = slice.width - 1 - i;
    const j = (at[1] - slice.up[0]) / slice.up[1];
    const cx = Math.round(l.x + (i + 0.5) * l.px) + 0.5;
    const cy = Math.round(this.plane === 'stored' ? l.y + (j + 0.5) * l.py : l.y + (slice.height - 0.5 - j) * l.py) + 0.5;
    for (const [colour, width] of /** @type {[string, number][]} */ ([['#000', 3], ['#ffd400', 1]])) {
      g.strokeStyle = colour;
      g.globalAlpha = width > 1 ? 0.5 : 1;
      g.lineWidth = width;
      g.beginPath();
      for (const [x0, y0, x1, y1] of [[l.x, cy, cx - 8, cy], [cx + 8, cy, l.x + l.w, cy], [cx, l.y, cx, cy - 8], [cx, cy + 8, cx, l.y + l.h]]) {
        g.moveTo(x0, y0);
        g.lineTo(x1, y1);
      }
      g.stroke();
    }
    g.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} g @param {number} w @param {number} h */
  letters(g, w, h) {
    if (!this.sides) return;
    const [left, right] = this.isTurned ? [this.sides[1], this.sides[0]] : this.sides;
    g.fillStyle = '#fff';
    g.font = BOLD;
    g.textBaseline = 'middle';
    g.textAlign = 'center';
    g.fillText(left, 9, h / 2);
    g.fillText(right, w - 9, h / 2);
    g.fillText(this.sides[3], w / 2, 9);
    g.fillText(this.sides[2], w / 2, h - 9);
  }
}

/** @param {Slice} slice @param {import('./slices-colours.js').Scale} scale @param {boolean} isStored */
function painted(slice, scale, isStored) {
  const canvas = new OffscreenCanvas(slice.width, slice.height);
  /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d')).putImageData(pixels(slice, scale, isStored), 0, 0);
  return canvas;
}

/** The colour bar of a scale. @param {HTMLCanvasElement} canvas @param {import('./slices-colours.js').Scale} scale @param {string} unit @param {string} name @param {(v: number) => string} words */
export function colourBar(canvas, scale, unit, name, words) {
  const [w, h] = [130, 190];
  const g = sized(canvas, w, h);
  const [top, bottom] = [24, h - 8];
  for (let y = top; y < bottom; y++) {
    const value = scale.high - (y - top) / (bottom - top) * (scale.high - scale.low);
    const c = 3 * Math.round(255 * (bottom - y) / (bottom - top));
    const isOff = scale.isOverlay && Math.abs(value) < scale.threshold;
    g.fillStyle = isOff ? ink('--line') : `rgb(${scale.colours[c]} ${scale.colours[c + 1]} ${scale.colours[c + 2]})`;
    g.fillRect(6, y, 16, 1.5);
  }
  g.strokeStyle = ink('--soft');
  g.strokeRect(6, top, 16, bottom - top);
  g.fillStyle = ink('--ink');
  g.font = FONT;
  g.textAlign = 'left';
  g.textBaseline = 'middle';
  g.fillText(`${name}${unit ? ` (${unit})` : ''}`, 2, 10, w - 4);
  for (let k = 0; k <= 4; k++) g.fillText(words(scale.low + k / 4 * (scale.high - scale.low)), 27, bottom - k / 4 * (bottom - top));
}
