// Colours of slices: greys, their inverse, and overlays that keep their order without colour vision.

import { palette } from './colour.js';

/** @param {[number, string][]} points places from 0 to 1 and colours */
function ramp(points) {
  const bytes = new Uint8Array(768);
  const parts = points.map(([at, c]) => ({ at, c: [1, 3, 5].map(i => parseInt(c.slice(i, i + 2), 16)) }));
  for (let i = 0; i < 256; i++) {
    const t = i / 255;
    const k = Math.max(0, parts.findIndex(p => p.at >= t) - 1);
    const [a, b] = [parts[k], parts[Math.min(parts.length - 1, k + 1)]];
    const u = b.at > a.at ? (t - a.at) / (b.at - a.at) : 0;
    for (let c = 0; c < 3; c++) bytes[3 * i + c] = a.c[c] + u * (b.c[c] - a.c[c]);
  }
  return bytes;
}

/** Names for the choice, and the 256 colours. @type {Record<string, [string, Uint8Array]>} */
export const COLOURS = {
  grey: ['greys', ramp([[0, '#000000'], [1, '#ffffff']])],
  inverse: ['inverse greys', ramp([[0, '#ffffff'], [1, '#000000']])],
  viridis: ['viridis', palette('unsigned')],
  signed: ['blue–red', palette('signed')],
  hot: ['hot', ramp([[0, '#7a0000'], [0.4, '#e83a00'], [0.75, '#ffb000'], [1, '#ffff9e']])],
  coldhot: ['cold–hot', ramp([[0, '#9ef3ff'], [0.2, '#0a84ff'], [0.49, '#00206e'], [0.51, '#6e0000'], [0.8, '#ff6a00'], [1, '#ffff9e']])],
};

/** Colours that suit a map where nobody has said. @param {import('./slices-data.js').Image} image */
export function suiting(image) {
  if (image.lowIsWhite || image.modality === 'PT' || image.modality === 'NM' || image.unit.startsWith('SUV')) return 'inverse';
  if (image.kind === 'statistic') return 'signed';
  return ['Cel', '°C', 'K', 'kPa', 'Pa'].includes(image.unit) ? 'viridis' : 'grey';
}

/** A steady colour of a label. @param {number} label */
export function labelColour(label) {
  const hue = (label * 0.61803398875) % 1 * 6;
  const light = 0.55 + 0.25 * ((label * 7) % 3) / 2;
  const part = (/** @type {number} */ n) => { const k = (n + hue * 2) % 12; return Math.round(255 * (light - 0.4 * Math.max(-1, Math.min(k - 3, 9 - k, 1)) * Math.min(light, 1 - light) * 2)); };
  return [part(0), part(8), part(4)].map(v => Math.max(0, Math.min(255, v)));
}

/** How values become colours. @typedef {{ colours: Uint8Array, low: number, high: number, threshold: number, opacity: number, isLabels: boolean, isOverlay: boolean }} Scale */

/** Pixels of a slice, lowest row last, as the screen has it. @param {import('./slices-data.js').Slice} slice @param {Scale} scale @param {boolean} isStored rows run down as they are stored */
export function pixels(slice, scale, isStored = false) {
  const { width, height } = slice;
  const image = new ImageData(width, height);
  const brightest = slice.colours >= 3 ? (slice.high > 65535 ? slice.high : slice.high > 255 ? 65535 : 255) : 1;
  for (let y = 0; y < height; y++) {
    let to = 4 * width * (isStored ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 4) {
      const from = y * width + x;
      const colour = slice.colours >= 3 ? rgb(slice, from, brightest) : coloured(slice.values[from], scale);
      if (!colour) continue;
      image.data[to] = colour[0];
      image.data[to + 1] = colour[1];
      image.data[to + 2] = colour[2];
      image.data[to + 3] = scale.isOverlay ? 255 * scale.opacity : 255;
    }
  }
  return image;
}

const found = [0, 0, 0];

/** @param {import('./slices-data.js').Slice} slice @param {number} from @param {number} brightest */
function rgb(slice, from, brightest) {
  const n = slice.width * slice.height;
  if (!Number.isFinite(slice.values[from])) return null;
  for (let c = 0; c < 3; c++) found[c] = 255 * slice.values[from + c * n] / brightest;
  return found;
}

/** @param {number} value @param {Scale} scale */
function coloured(value, scale) {
  if (!Number.isFinite(value) || (scale.isOverlay && (value === 0 || Math.abs(value) < scale.threshold))) return null;
  if (scale.isLabels) return value === 0 ? null : labelColour(Math.round(value));
  const at = 3 * Math.max(0, Math.min(255, Math.round(255 * (value - scale.low) / (scale.high - scale.low || 1))));
  for (let c = 0; c < 3; c++) found[c] = scale.colours[at + c];
  return found;
}
