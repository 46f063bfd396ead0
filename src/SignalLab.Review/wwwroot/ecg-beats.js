// Every beat of a long recording in a list: all, or those of one class.

import { CLASSES } from './ecg-data.js';
import { make, choice } from './controls.js';
import { LongList } from './long-list.js';
import { clock } from './units.js';

export class BeatList {
  /** @param {HTMLElement} place @param {import('./ecg-data.js').Examination} examination @param {(time: number, why: string) => void} go */
  constructor(place, examination, go) {
    this.examination = examination;
    this.kind = '';
    this.chosen = -1;
    /** @type {number[]} */
    this.shown = [];
    const element = make('div', { id: 'ecg-beats', className: 'list', role: 'listbox', tabIndex: 0, 'aria-label': 'Beats' });
    this.count = make('span', { className: 'size', id: 'ecg-beat-count' });
    this.kinds = make('span', {});
    this.list = new LongList(element, {
      count: () => this.shown.length,
      row: i => ({ id: `ecg-beat-${this.shown[i]}`, text: this.words(this.shown[i]), title: '' }),
      chosen: () => this.chosen,
      choose: i => {
        this.chosen = i;
        this.list.reveal(i);
        go(this.examination.beats.time[this.shown[i]], this.words(this.shown[i]));
      },
    });
    place.replaceChildren(make('h2', {}, 'Beats ', this.count), make('div', { className: 'line' }, this.kinds), element);
    new ResizeObserver(() => this.list.draw()).observe(element);
    this.fill();
  }

  /** After the beats changed, or the class that is wanted. */
  fill() {
    const { classes, time } = this.examination.beats;
    const counts = Object.keys(CLASSES).map(letter => /** @type {[string, number]} */ ([letter, classes.split(letter).length - 1])).filter(([, count]) => count > 0);
    if (!counts.some(([letter]) => letter === this.kind)) this.kind = '';
    this.kinds.replaceChildren(choice('Show', 'ecg-beat-kind', [['', 'all'], ...counts.map(([letter, count]) => /** @type {[string, string]} */ ([letter, `${letter} ${CLASSES[letter][0]} (${count})`]))], this.kind, letter => {
      this.kind = letter;
      this.fill();
      document.getElementById('ecg-beat-kind')?.focus();
    }));
    this.shown = [];
    for (let i = 0; i < time.length; i++) if (!this.kind || classes[i] === this.kind) this.shown.push(i);
    this.chosen = -1;
    this.count.textContent = this.kind ? `${this.shown.length} of ${time.length}` : String(time.length);
    this.list.element.scrollTop = 0;
    this.list.draw();
  }

  /** @param {number} beat */
  words(beat) {
    const { time, rr, classes, template } = this.examination.beats;
    const [interval, shape] = [rr[beat], template[beat]];
    return `${clock(time[beat], 2)}  ${classes[beat]}  RR ${interval === null ? '–' : `${Math.round(1000 * interval)} ms`}${shape < 0 ? '' : `  shape ${shape + 1}`}`;
  }
}
