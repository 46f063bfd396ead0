// Images as the server tells them, and the bytes of a slice (see SliceBytes on the server).

import { getJson, getBytes } from './api.js';

/** @typedef {{ low: number, high: number }} Window */
/** @typedef {{ size: number[], spacing: number[], affine: number[], frame: string, anatomical: boolean, plane: boolean, low: number[], high: number[], step: number[], colours: number, frames: number, axis: { kind: string, unit: string, values: (number | null)[] } | null, unit: string, isUnitKnown: boolean, quantity: string, kind: string, modality: string, window: Window, proposed: { centre: number, width: number } | null, presets: { name: string, centre: number, width: number }[], lowIsWhite: boolean, maps: number, remarks: string[] }} Image */
/** @typedef {{ width: number, height: number, colours: number, across: [number, number], up: [number, number], at: number, low: number, high: number, values: Float32Array }} Slice first coordinate and step across and up */
/** @typedef {'axial' | 'coronal' | 'sagittal'} Plane */

/** Axes of a plane: across, up, through. @type {Record<Plane, [number, number, number]>} */
export const AXES = { axial: [0, 1, 2], coronal: [0, 2, 1], sagittal: [1, 2, 0] };
export const PLANES = /** @type {Plane[]} */ (['axial', 'coronal', 'sagittal']);

/** @param {string} file @param {number} map @returns {Promise<Image>} */
export function imageOf(file, map) { return getJson('/api/image', { file, map }); }

/** @param {Record<string, any>} query @param {AbortSignal} [signal] @returns {Promise<Slice>} */
export async function sliceOf(query, signal) {
  const bytes = await getBytes('/api/slice', query, signal);
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== 0x31494c53) throw new Error('The server sent no slice.');
  const number = (/** @type {number} */ i) => view.getFloat64(16 + 8 * i, true);
  return {
    width: view.getUint32(4, true), height: view.getUint32(8, true), colours: view.getUint32(12, true),
    across: [number(0), number(1)], up: [number(2), number(3)], at: number(4), low: number(5), high: number(6), values: new Float32Array(bytes, 72),
  };
}

/** Value of a slice at a pixel, NaN where there is none. @param {Slice} slice @param {number} x @param {number} y @param {number} [colour] */
export function valueAt(slice, x, y, colour = 0) {
  return x >= 0 && y >= 0 && x < slice.width && y < slice.height ? slice.values[(colour * slice.height + y) * slice.width + x] : NaN;
}

/** A number as it is read. @param {number | null | undefined} v */
export function words(v) {
  if (v === null || v === undefined || !Number.isFinite(v)) return '–';
  return Math.abs(v) >= 1e5 || (v !== 0 && Math.abs(v) < 1e-3) ? v.toExponential(3) : String(+v.toPrecision(5));
}
