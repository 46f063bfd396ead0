// Colours of maps: signed values from blue over white to red, unsigned ones from dark to bright; both keep their order without colour vision.

/** Red–blue after Brewer, and viridis, as a few fixed points. */
const POINTS = {
  signed: ['#053061', '#2166ac', '#4393c3', '#92c5de', '#d1e5f0', '#f7f7f7', '#fddbc7', '#f4a582', '#d6604d', '#b2182b', '#67001f'],
  unsigned: ['#440154', '#482878', '#3e4989', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6ece58', '#b5de2b', '#fde725'],
};

/** 256 colours as RGB bytes. @param {'signed' | 'unsigned'} kind */
export function palette(kind) {
  const points = POINTS[kind].map(c => [1, 3, 5].map(i => parseInt(c.slice(i, i + 2), 16)));
  const bytes = new Uint8Array(768);
  for (let i = 0; i < 256; i++) {
    const at = i / 255 * (points.length - 1);
    const k = Math.min(points.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) bytes[3 * i + c] = points[k][c] + (at - k) * (points[k + 1][c] - points[k][c]);
  }
  return bytes;
}
