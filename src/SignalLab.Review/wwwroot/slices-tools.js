// Buttons and fields of the image bench: window, colours, frame, side convention, overlay.

import { getJson } from './api.js';
import { make, choice } from './controls.js';
import { COLOURS } from './slices-colours.js';
import { words } from './slices-data.js';

const IMAGES = /\.(nii|nii\.gz|dcm|hdr|img|nrrd|mha|mhd|mgz|mgh|mnc|mif|head|par|gipl|vmr|v)$/i;

export class SliceTools {
  /** @param {import('./slices.js').ImageBench} bench */
  constructor(bench) {
    this.bench = bench;
    const { image } = bench;
    this.bar = make('div', { className: 'line', role: 'toolbar', 'aria-label': 'Image' });
    if (image.maps > 1) this.bar.append(choice('Series', 'slice-series', Array.from({ length: image.maps }, (_, i) => /** @type {[string, string]} */ ([String(i), String(i + 1)])), String(bench.map), v => bench.series(Number(v))));
    if (image.colours < 3 && image.kind !== 'label') this.addWindow();
    if (!image.plane && image.anatomical) this.bar.append(choice('Sides', 'slice-sides', [['', 'left is left (neurological)'], ['turned', 'right is left (radiological)']], '', v => { bench.isRadiological = v !== ''; bench.draw(); }));
    if (image.frames > 1) this.addFrame();
    if (!image.plane) this.addOverlay();
    this.told = make('span', { role: 'status', className: 'error' });
    this.bar.append(this.told);
  }

  /** @param {string} name @param {string} id @param {number} value @param {(v: number) => void} then */
  field(name, id, value, then) {
    const input = make('input', { type: 'number', id, step: 'any', value: words(value), className: 'slice-number' });
    input.addEventListener('change', () => { if (input.value !== '' && Number.isFinite(Number(input.value))) then(Number(input.value)); });
    this.bar.append(make('label', {}, name + ' ', input));
    return input;
  }

  addWindow() {
    const { bench } = this;
    const { scale, image } = bench;
    const half = () => (scale.high - scale.low) / 2;
    this.centre = this.field('Centre', 'slice-centre', (scale.low + scale.high) / 2, v => bench.setWindow(v - half(), v + half()));
    this.width = this.field('Width', 'slice-width', scale.high - scale.low, v => { const c = (scale.low + scale.high) / 2; bench.setWindow(c - v / 2, c + v / 2); });
    if (image.presets.length) {
      this.bar.append(choice('Window', 'slice-preset', [['', 'own'], ...image.presets.map(p => /** @type {[string, string]} */ ([p.name, p.name]))], '', v => {
        const preset = image.presets.find(p => p.name === v);
        if (preset) bench.setWindow(preset.centre - preset.width / 2, preset.centre + preset.width / 2);
      }));
    }
    this.bar.append(choice('Colours', 'slice-colours', Object.entries(COLOURS).map(([name, [title]]) => [name, title]), scale.name, v => bench.setColours(v)));
  }

  windowMoved() {
    const { low, high } = this.bench.scale;
    if (this.centre) this.centre.value = words((low + high) / 2);
    if (this.width) this.width.value = words(high - low);
  }

  addFrame() {
    const { bench } = this;
    this.slider = make('input', { type: 'range', id: 'slice-frame', min: '0', max: String(bench.image.frames - 1), step: '1', value: '0' });
    this.frameWords = make('span', { className: 'size', id: 'slice-frame-words' });
    this.slider.addEventListener('input', () => bench.goToFrame(Number(this.slider.value)));
    this.slider.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => e.stopPropagation());
    this.bar.append(make('label', {}, 'Frame ', this.slider), this.frameWords);
    this.frameMoved();
  }

  frameMoved() {
    if (!this.slider) return;
    const { frame, image } = this.bench;
    this.slider.value = String(frame);
    const at = image.axis?.values[frame];
    const words_ = `${frame + 1} of ${image.frames}${at !== null && at !== undefined && image.axis && image.axis.unit !== '1' ? ` (${words(at)} ${image.axis.unit})` : ''}`;
    this.frameWords.textContent = words_;
    this.slider.setAttribute('aria-valuetext', words_);
  }

  addOverlay() {
    const { bench } = this;
    const label = choice('Overlay', 'slice-overlay', [['', 'none']], '', v => bench.lay(v, this.same.checked));
    this.overlay = label.querySelector('select');
    this.same = make('input', { type: 'checkbox', id: 'slice-same' });
    this.same.addEventListener('change', () => bench.lay(this.overlay.value, this.same.checked));
    this.own = make('span', { className: 'line', hidden: true });
    this.bar.append(label, make('label', { title: 'Takes the millimetres of both images for the same, although their files name different frames' }, this.same, ' same space'), this.own);
    const folder = bench.file.split('/').slice(0, -1).join('/');
    getJson('/api/files', { path: folder }).then(entries => {
      for (const entry of entries) if (!entry.isFolder && entry.path !== bench.file && IMAGES.test(entry.name)) this.overlay.add(new Option(entry.name, entry.path));
    }, () => {});
  }

  /** The overlay's own fields. */
  overMoved() {
    const { over } = this.bench;
    this.own.hidden = !over;
    if (!over) {
      this.overlay.value = '';
      return;
    }
    this.failed('');
    const bar = this.bar;
    this.bar = this.own;
    this.own.replaceChildren();
    if (!over.scale.isLabels) {
      this.field('Threshold', 'slice-threshold', over.scale.threshold, v => { over.scale.threshold = Math.abs(v); this.bench.recolour(); });
      this.field('Up to', 'slice-over-high', over.scale.high, v => { if (v > 0) { Object.assign(over.scale, { high: v, low: over.scale.low < 0 ? -v : over.scale.low }); this.bench.recolour(); } });
      this.own.append(choice('in', 'slice-over-colours', Object.entries(COLOURS).map(([name, [title]]) => [name, title]), over.scale.name, v => { Object.assign(over.scale, { name: v, colours: COLOURS[v][1] }); this.bench.recolour(); }));
    }
    this.field('Opacity', 'slice-opacity', over.scale.opacity, v => { over.scale.opacity = Math.max(0, Math.min(1, v)); this.bench.recolour(); });
    this.bar = bar;
  }

  /** @param {string} line */
  failed(line) { this.told.textContent = line; }
}
