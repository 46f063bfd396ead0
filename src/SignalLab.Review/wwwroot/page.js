// The bytes of a page of traces (see TracePage on the server).

/** @typedef {{ onset: number, step: number, count: number, at: number }} Stretch */
/** @typedef {{ extremes: boolean, stretches: Stretch[] }} Row */
/** @typedef {{ rows: Row[], values: Float32Array }} Page */

/** @param {ArrayBuffer} bytes @returns {Page} */
export function decodePage(bytes) {
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== 0x31504c53) throw new Error('The server sent no page.');
  const count = view.getUint32(4, true);
  const page = { rows: /** @type {Row[]} */ ([]), values: new Float32Array() };
  let at = 24;
  let entry = 0;
  for (let r = 0; r < count; r++) {
    const extremes = view.getUint32(at, true) === 1;
    const stretches = [];
    const many = view.getUint32(at + 4, true);
    at += 8;
    for (let s = 0; s < many; s++, at += 20) {
      const stretch = { onset: view.getFloat64(at, true), step: view.getFloat64(at + 8, true), count: view.getUint32(at + 16, true), at: entry };
      entry += extremes ? 2 * stretch.count : stretch.count;
      stretches.push(stretch);
    }
    page.rows.push({ extremes, stretches });
  }
  page.values = new Float32Array(bytes, (at + 3) & ~3, entry);
  return page;
}
