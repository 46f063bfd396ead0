// An image's part of the cursor that all tabs share: its frames by time, its cross-hair by sensors.

import { getJson } from './api.js';
import { note } from './state.js';
import { send, hearImage } from './link.js';
import { make } from './controls.js';

export class SliceLink {
  /** @param {import('./slices.js').ImageBench} bench */
  constructor(bench) {
    this.bench = bench;
    /** Time of the recording at which the image's own time is 0, as the reader says. */
    this.begins = 0;
    const { axis } = bench.image;
    this.times = axis?.kind === 'time' && axis.unit === 's' ? /** @type {number[]} */ (axis.values) : null;
    const input = make('input', { type: 'number', id: 'slice-begins', step: 'any', value: '0', className: 'slice-number' });
    input.addEventListener('change', () => { if (Number.isFinite(Number(input.value))) this.begins = Number(input.value); });
    this.field = make('label', { title: 'Time of the recording in another tab at which this image began', hidden: !this.times }, 'Begins at ', input, ' s of the recording');
    hearImage(message => {
      if (!bench.root.isConnected || bench.root.offsetParent === null) return;
      if (message.what === 'time') this.toTime(message.seconds, message.file);
      else if (message.what === 'sensor') this.toSensor(message);
    });
  }

  /** The frame that was being taken at a time of the recording. @param {number} seconds @param {string} file */
  toTime(seconds, file) {
    if (!this.times) return;
    const own = seconds - this.begins + 1e-6;
    const frame = this.times.findLastIndex(t => t <= own);
    const step = this.times[1] - this.times[0];
    if (frame < 0 || own >= this.times[frame] + step) {
      this.say(`${this.bench.file} has no frame at ${+seconds.toFixed(3)} s of ${file}.`, true);
      return;
    }
    this.bench.goToFrame(frame, true);
    note(`Frame ${frame + 1} is at ${+seconds.toFixed(3)} s of ${file}, the image beginning at ${this.begins} s.`);
  }

  /** @param {number} frame */
  tell(frame) {
    if (this.times) send({ what: 'frame', seconds: this.begins + this.times[frame] });
  }

  /** @param {{ name: string, file: string, recording: number }} sensor */
  async toSensor({ name, file, recording }) {
    const { bench } = this;
    try {
      const { place, frame } = await getJson('/api/sensor', { file: bench.file, map: bench.map, of: file, recording, sensor: name });
      bench.goTo(axis => place[axis]);
      this.say(`${name} lies at ${place.map((/** @type {number} */ v) => v.toFixed(1)).join(', ')} mm (${frame}) in ${bench.file}.`, false);
    } catch (fault) {
      this.say(/** @type {Error} */ (fault).message, true);
    }
  }

  /** One line here and where the click was. @param {string} line @param {boolean} isError */
  say(line, isError) {
    note(line, isError);
    send({ what: 'line', line, isError });
  }
}
