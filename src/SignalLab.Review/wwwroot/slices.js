// Images: three linked planes of a volume, one pane for a flat image; a second map laid over; the course over time at the cross-hair.

import { getJson } from './api.js';
import { note } from './state.js';
import { make, watch } from './controls.js';
import { keysButton } from './keys.js';
import { imageOf, sliceOf, valueAt, words, AXES, PLANES } from './slices-data.js';
import { COLOURS, suiting } from './slices-colours.js';
import { SlicePane, colourBar } from './slices-pane.js';
import { SliceTools } from './slices-tools.js';
import { CoursePlot } from './slices-course.js';
import { SliceLink } from './slices-link.js';

const LETTERS = [['L', 'R'], ['P', 'A'], ['I', 'S']];

/** @type {[string, string][]} */
const KEYS = [
  ['← → ↑ ↓', 'Move the cross-hair, with shift by ten'], ['Page ↑ ↓', 'Next and last slice (or frame of a flat image); also the wheel'], [', .', 'Frame before, next frame'], ['[ ]', 'Narrower, wider window'],
  ['+ -', 'Brighter, darker'], ['Shift + drag', 'Window: across its width, up and down its centre; also the right button'], ['Click', 'Move the cross-hair everywhere'],
];
let opened = 0;

/** @param {HTMLElement} place @param {string} file @param {any} study */
export async function openImage(place, file, study) {
  const ticket = ++opened;
  place.replaceChildren(make('p', { role: 'status', textContent: 'Reading the image …' }));
  if (!study.maps) {
    place.replaceChildren(make('p', { textContent: `${file} holds neither a recording nor an image (${study.format}).` }));
    return;
  }
  try {
    const image = await imageOf(file, 0);
    if (ticket !== opened) return;
    new ImageBench(place, file, image);
  } catch (fault) {
    place.replaceChildren(make('p', { className: 'error', textContent: /** @type {Error} */ (fault).message }));
    throw fault;
  }
}

export class ImageBench {
  /** @type {import('./slices-data.js').Image} */
  image = /** @type {any} */ (null);
  /** @type {import('./slices-colours.js').Scale & { name: string }} */
  scale = /** @type {any} */ (null);
  /** @type {{ file: string, map: number, frame: number, image: import('./slices-data.js').Image, isSame: boolean, scale: import('./slices-colours.js').Scale & { name: string } } | null} */
  over = /** @type {any} */ (null);
  /** @type {number[]} */
  at = /** @type {any} */ (null);
  /** @type {SlicePane[]} */
  panes = /** @type {any} */ (null);
  /** @type {SliceTools} */
  tools = /** @type {any} */ (null);
  /** @type {SliceLink} */
  link = /** @type {any} */ (null);
  /** @type {CoursePlot} */
  course = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  values = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  bar = /** @type {any} */ (null);
  /** @type {HTMLCanvasElement} */
  overBar = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  facts = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  grid = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  root = /** @type {any} */ (null);

  /** @param {HTMLElement} place @param {string} file @param {import('./slices-data.js').Image} image */
  constructor(place, file, image) {
    this.place = place;
    this.file = file;
    this.map = 0;
    this.frame = 0;
    this.isRadiological = false;
    this.isBusy = false;
    this.isLate = false;
    this.ticket = 0;
    this.voxelTicket = 0;
    this.begin(image);
    watch(place, () => this.draw());
  }

  /** @param {import('./slices-data.js').Image} image */
  begin(image) {
    this.image = image;
    this.frame = 0;
    this.at = image.plane ? [image.size[0] >> 1, image.size[1] >> 1, 0] : image.low.map((low, axis) => low + Math.round((image.high[axis] - low) / 2 / image.step[axis]) * image.step[axis]);
    const { low, high } = image.proposed ? { low: image.proposed.centre - image.proposed.width / 2, high: image.proposed.centre + image.proposed.width / 2 } : image.window;
    this.scale = { name: suiting(image), colours: COLOURS[suiting(image)][1], low, high, threshold: 0, opacity: 1, isLabels: image.kind === 'label', isOverlay: false };
    this.over = null;
    this.isRadiological = false;
    this.build();
    this.show();
  }

  build() {
    const image = this.image;
    this.panes = (image.plane ? /** @type {('stored')[]} */ (['stored']) : PLANES).map(plane => new SlicePane(plane, this.deeds(plane)));
    if (image.plane) this.layFlat(this.panes[0]);
    this.values = make('div', { id: 'slice-values', 'aria-live': 'polite' });
    this.bar = make('canvas', { id: 'slice-bar', role: 'img', 'aria-label': 'Colour bar' });
    this.overBar = make('canvas', { id: 'slice-over-bar', role: 'img', 'aria-label': 'Colour bar of the overlay', hidden: true });
    this.course = new CoursePlot(frame => this.goToFrame(frame));
    this.course.box.hidden = !this.hasCourse;
    this.tools = new SliceTools(this);
    this.facts = make('div', { className: 'size', id: 'slice-facts', textContent: this.describe() });
    const side = make('section', { className: 'slice-pane slice-side', 'aria-label': 'Values', tabIndex: 0 }, this.values, make('div', { className: 'slice-bars' }, this.bar, this.overBar, this.course.box), this.facts);
    this.grid = make('div', { className: image.plane ? 'slice-grid slice-flat' : 'slice-grid' }, ...this.panes.map(p => p.box), side);
    this.link = new SliceLink(this);
    this.tools.bar.append(this.link.field, keysButton('Keys of the images', KEYS));
    this.root = make('div', { className: 'slices', id: 'slices' }, this.tools.bar, this.grid);
    this.place.replaceChildren(this.root);
  }

  get hasCourse() { return !this.image.plane && this.image.axis !== null && this.image.colours === 1; }

  describe() {
    const { size, spacing, frame, frames, quantity, unit, isUnitKnown, modality, anatomical, plane, remarks } = this.image;
    return [`${size.join(' × ')} ${plane ? 'pixels' : 'voxels'} of ${spacing.slice(0, plane ? 2 : 3).map(v => +v.toPrecision(3)).join(' × ')} mm`, frames > 1 ? `${frames} frames` : '', [modality, quantity, unit ? `in ${unit}` : isUnitKnown ? '' : 'unit unknown'].filter(Boolean).join(' '), `frame of space: ${frame}`, anatomical ? '' : 'millimetres are those of the image, not of a body', ...remarks].filter(Boolean).join(' · ');
  }

  /** Sides and pixel shape of a flat image. @param {SlicePane} pane */
  layFlat(pane) {
    const { affine, spacing, anatomical } = this.image;
    pane.aspect = [spacing[0] || 1, spacing[1] || 1];
    if (!anatomical) return;
    const side = (/** @type {number} */ column, /** @type {number} */ sign) => {
      const parts = [0, 1, 2].map(row => sign * affine[4 * row + column]);
      const most = parts.reduce((best, v, i) => Math.abs(v) > Math.abs(parts[best]) ? i : best, 0);
      return LETTERS[most][parts[most] > 0 ? 1 : 0];
    };
    pane.sides = [side(0, -1), side(0, 1), side(1, 1), side(1, -1)];
  }

  /** What a pane's pointer and keys do. @param {import('./slices-data.js').Plane | 'stored'} plane @returns {import('./slices-pane.js').Deeds} */
  deeds(plane) {
    const [across, up, through] = plane === 'stored' ? [0, 1, 2] : AXES[plane];
    return {
      to: ([a, b]) => this.goTo(axis => axis === across ? a : axis === up ? b : this.at[axis]),
      scroll: steps => plane === 'stored' ? this.goToFrame(this.frame - steps) : this.goTo(axis => this.at[axis] + (axis === through ? steps * this.image.step[axis] : 0)),
      window: (dx, dy) => this.dragWindow(dx, dy),
      key: event => this.key(event, plane, across, up, through),
    };
  }

  /** @param {KeyboardEvent} event @param {string} plane @param {number} across @param {number} up @param {number} through */
  key(event, plane, across, up, through) {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const down = plane === 'stored' ? 1 : -1;
    const turned = this.isRadiological && across === 0 && plane !== 'stored' ? -1 : 1;
    const move = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [across, -turned], ArrowRight: [across, turned], ArrowUp: [up, -down], ArrowDown: [up, down], PageUp: [through, 1], PageDown: [through, -1] })[event.key];
    const times = event.shiftKey ? 10 : 1;
    if (move && plane === 'stored' && move[0] === 2) this.goToFrame(this.frame - move[1]);
    else if (move) this.goTo(axis => this.at[axis] + (axis === move[0] ? move[1] * times * (plane === 'stored' ? 1 : this.image.step[axis]) : 0));
    else if (event.key === ',' || event.key === '.') this.goToFrame(this.frame + (event.key === '.' ? 1 : -1));
    else if (event.key === '[' || event.key === ']') this.dragWindow(event.key === ']' ? 10 : -10, 0);
    else if (event.key === '-' || event.key === '+') this.dragWindow(0, event.key === '+' ? -10 : 10);
    else return false;
    return true;
  }

  /** Moves the cross-hair, onto a voxel of a volume that lies straight. @param {(axis: number) => number} to */
  goTo(to) {
    const { low, high, step, plane, size } = this.image;
    const before = this.at;
    this.at = before.map((_, axis) => {
      const v = to(axis);
      if (plane) return Math.max(0, Math.min(size[axis] - 1, Math.round(v)));
      return Math.max(low[axis], Math.min(high[axis], low[axis] + Math.round((v - low[axis]) / step[axis]) * step[axis]));
    });
    this.show();
  }

  /** @param {number} frame @param {boolean} [isTold] by another tab, which need not be told */
  goToFrame(frame, isTold = false) {
    const to = Math.max(0, Math.min(this.image.frames - 1, Math.round(frame)));
    if (!isTold) this.link.tell(to);
    if (to === this.frame) return;
    this.frame = to;
    this.tools.frameMoved();
    this.show();
  }

  /** Window by dragging: across its width, up its centre. @param {number} dx @param {number} dy */
  dragWindow(dx, dy) {
    const width = this.scale.high - this.scale.low;
    const [wide, centre] = [width * Math.exp(dx / 200), (this.scale.low + this.scale.high) / 2 + dy / 300 * width];
    this.setWindow(centre - wide / 2, centre + wide / 2);
  }

  /** @param {number} low @param {number} high */
  setWindow(low, high) {
    if (!(high > low)) return;
    Object.assign(this.scale, { low, high });
    this.tools.windowMoved();
    this.recolour();
  }

  /** @param {string} name */
  setColours(name) {
    Object.assign(this.scale, { name, colours: COLOURS[name][1] });
    this.recolour();
  }

  recolour() {
    for (const pane of this.panes) {
      const kept = this.kept?.get(pane);
      if (kept) pane.take(kept.slice, this.scale, kept.over, this.over?.scale ?? null);
    }
    this.draw();
  }

  // ---- Slices ----

  /** @type {Map<SlicePane, { key: string, slice: import('./slices-data.js').Slice, over: import('./slices-data.js').Slice | null }>} */
  kept = new Map();

  /** Asks for the slices that changed, and draws them together; while one set is under way only the latest place waits. */
  async show() {
    if (this.isBusy) {
      this.isLate = true;
      return;
    }
    this.isBusy = true;
    try {
      do {
        this.isLate = false;
        await Promise.all(this.panes.map(pane => this.fetch(pane)));
        this.draw();
      } while (this.isLate);
      this.root.dataset.shown = String(++this.ticket);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
      this.tools.failed(/** @type {Error} */ (fault).message);
    } finally {
      this.isBusy = false;
    }
    this.read();
  }

  /** @param {SlicePane} pane */
  async fetch(pane) {
    const base = { file: this.file, map: this.map, frame: this.frame, plane: pane.plane, at: pane.plane === 'stored' ? undefined : this.at[AXES[pane.plane][2]] };
    const laid = this.over && pane.plane !== 'stored' ? { overlay: this.over.file, overlaymap: this.over.map, overlayframe: this.over.frame, same: this.over.isSame } : null;
    const key = JSON.stringify([base, laid]);
    if (this.kept.get(pane)?.key === key) return;
    const [slice, over] = await Promise.all([sliceOf(base), laid ? sliceOf({ ...base, ...laid }) : null]);
    this.kept.set(pane, { key, slice, over });
    pane.take(slice, this.scale, over, this.over?.scale ?? null);
  }

  draw() {
    if (!this.root.isConnected) return;
    // One scale for all planes, so that lengths can be compared by eye.
    const scale = Math.min(...this.panes.map(pane => pane.fitting()));
    for (const pane of this.panes) {
      const plane = pane.plane;
      pane.scale = scale;
      pane.isTurned = this.isRadiological && plane !== 'stored' && AXES[plane][0] === 0;
      const at = /** @type {[number, number]} */ (plane === 'stored' ? [this.at[0], this.at[1]] : [this.at[AXES[plane][0]], this.at[AXES[plane][1]]]);
      pane.draw(at, plane === 'stored' ? '' : `${plane} ${'xyz'[AXES[plane][2]]} = ${words(this.at[AXES[plane][2]])} mm`);
    }
    this.bar.hidden = this.image.colours >= 3 || this.scale.isLabels;
    if (!this.bar.hidden) colourBar(this.bar, this.scale, this.image.unit, this.image.quantity, words);
    this.overBar.hidden = !this.over || this.over.scale.isLabels;
    if (this.over && !this.overBar.hidden) colourBar(this.overBar, this.over.scale, this.over.image.unit, this.over.image.quantity, words);
  }

  // ---- Values ----

  async read() {
    if (this.image.plane) {
      this.readFlat();
      return;
    }
    const ticket = ++this.voxelTicket;
    const [x, y, z] = this.at;
    const laid = this.over ? { overlay: this.over.file, overlaymap: this.over.map, overlayframe: this.over.frame, same: this.over.isSame } : {};
    try {
      const answer = await getJson('/api/voxel', { file: this.file, map: this.map, frame: this.frame, x, y, z, ...laid });
      if (ticket !== this.voxelTicket) return;
      const mm = this.at.map((v, i) => `${'xyz'[i]} ${v.toFixed(1)}`).join('  ');
      const side = this.image.anatomical ? ` (${this.at.map((v, i) => `${Math.abs(v).toFixed(1)} ${LETTERS[i][v >= 0 ? 1 : 0]}`).join(', ')})` : '';
      this.values.replaceChildren(
        line('Place', `${mm} mm${side}`), line('Voxel', answer.voxel ? answer.voxel.join(', ') : 'outside'),
        line('Value', `${answer.values.map(words).join(', ')} ${answer.name ?? this.image.unit}`), ...(this.over ? [line('Overlay', `${words(answer.overlay)} ${answer.overlayName ?? answer.overlayUnit}`)] : []));
      this.values.dataset.value = String(answer.values[0]);
      if (this.hasCourse) this.course.show({ file: this.file, map: this.map, x, y, z }, this.frame);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  }

  readFlat() {
    const slice = this.panes[0].slice;
    if (!slice) return;
    const [x, y] = [0, 1].map(axis => Math.round(this.at[axis] / (axis ? slice.up[1] : slice.across[1])));
    const values = Array.from({ length: Math.min(slice.colours, 3) }, (_, c) => words(valueAt(slice, x, y, c)));
    const where = this.image.anatomical ? [0, 1, 2].map(row => (this.image.affine[4 * row] * this.at[0] + this.image.affine[4 * row + 1] * this.at[1] + this.image.affine[4 * row + 3]).toFixed(1)).join(', ') : '';
    this.values.replaceChildren(line('Pixel', `${this.at[0]}, ${this.at[1]}`), line(slice.colours >= 3 ? 'Red, green, blue' : 'Value', `${values.join(', ')} ${this.image.unit}`), ...(where ? [line('Place', `${where} mm`)] : []));
    this.values.dataset.value = values[0];
  }

  // ---- Overlay and series ----

  /** @param {string} file empty for none @param {boolean} isSame */
  async lay(file, isSame) {
    if (!file) {
      this.over = null;
    } else {
      try {
        const image = this.over?.file === file ? this.over.image : await imageOf(file, 0);
        const isSigned = image.window.low < 0;
        const name = isSigned ? 'coldhot' : 'hot';
        const most = Math.max(Math.abs(image.window.low), Math.abs(image.window.high));
        this.over = { file, map: 0, frame: 0, image, isSame, scale: this.over?.file === file ? this.over.scale : { name, colours: COLOURS[name][1], low: isSigned ? -most : 0, high: most, threshold: 0, opacity: 0.85, isLabels: image.kind === 'label', isOverlay: true } };
      } catch (fault) {
        this.over = null;
        this.tools.failed(/** @type {Error} */ (fault).message);
      }
    }
    this.tools.overMoved();
    await this.show();
  }

  /** Another image of the same file. @param {number} map */
  async series(map) {
    const image = await imageOf(this.file, map);
    this.map = map;
    this.kept.clear();
    this.begin(image);
  }
}

/** @param {string} name @param {string} value */
function line(name, value) {
  return make('div', { className: 'slice-line' }, make('span', { className: 'size', textContent: name }), make('strong', { textContent: value }));
}
