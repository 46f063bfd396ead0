// The ECG bench: the sheet with callipers, the usual beat with its fiducials, and the day of a long recording.

import { examine } from './ecg-data.js';
import { make, watch } from './controls.js';
import { keysButton } from './keys.js';
import { EcgSheet } from './ecg-sheet.js';
import { UsualBeat } from './ecg-beat.js';
import { LongEcg } from './ecg-long.js';
import { BeatList } from './ecg-beats.js';
import { showTemplates } from './ecg-templates.js';
import { showVerdicts } from './ecg-verdicts.js';
import { showNumbers, showFindings, showTrail, showVariability } from './ecg-numbers.js';
import { addAround, filterHigh } from './ecg-strips.js';
import { getJson } from './api.js';
import { desk, keep, note } from './state.js';

let opened = 0;

/** @type {[string, string][]} */
const KEYS = [
  ['Page ↑ ↓', 'Sheet, strip: earlier, later'], ['C', 'Sheet: callipers'], ['R', 'Sheet, strip: what is selected, else all of it, to the report'], ['1 2 3 4', 'Callipers: first and second time, first and second level'], ['← → ↑ ↓', 'Callipers: move the line; with shift in larger steps'],
  ['N P', 'Callipers: next and last beat or end of a wave'], ['1 … 6', 'Usual beat: P onset, P end, QRS onset, QRS end, T peak, T end'], ['← →', 'Usual beat: move the mark by a sample, with shift by five'],
  ['Delete', 'Usual beat: take the mark out'], ['↑ ↓', 'Usual beat: lead'], ['← →', 'Strip: beat before, next beat'], ['N P', 'Strip: next and last beat that is not normal'],
];

/** Has a short ECG examined before anybody asks for the bench. @param {string} file @param {number} recording */
export function prepareEcg(file, recording) { getJson('/api/ecg', { file, recording }).catch(() => {}); }

/** @param {HTMLElement} place @param {string} file @param {number} recording @param {() => void} back @param {() => void} report back to the traces with the report beside them */
export async function openEcg(place, file, recording, back, report) {
  const ticket = ++opened;
  const waiting = make('p', { role: 'status', textContent: 'Examining the ECG …' });
  const leave = make('button', { type: 'button', id: 'ecg-back', textContent: 'Back to the traces' });
  leave.addEventListener('click', () => {
    opened++;
    back();
  });
  const toReport = make('button', { type: 'button', id: 'ecg-report', textContent: 'Report', title: 'The report with its strips' });
  toReport.addEventListener('click', () => {
    opened++;
    report();
  });
  place.replaceChildren(leave, waiting);
  const begun = performance.now();
  try {
    const examination = await examined({ file, recording }, () => ticket === opened, seconds => { waiting.textContent = `Examining the ECG … ${seconds.toFixed(0)} s`; });
    if (!examination) return;
    const bench = new Bench(place, { file, recording }, examination, [leave, toReport]);
    await bench.show(examination.isLong && examination.trend ? 'long' : 'sheet');
    bench.root.dataset.opened = (performance.now() - begun).toFixed(0);
  } catch (fault) {
    if (ticket === opened) waiting.textContent = /** @type {Error} */ (fault).message;
    note(/** @type {Error} */ (fault).message, true);
  }
}

/** The examination; a chosen set of norms that is no longer there is let go. @param {import('./ecg-data.js').Place} place @param {() => boolean} isWanted @param {(seconds: number) => void} waiting */
async function examined(place, isWanted, waiting) {
  try {
    return await examine({ ...place, norms: desk.norms }, isWanted, waiting);
  } catch (fault) {
    if (!desk.norms) throw fault;
    desk.norms = '';
    keep();
    return examine({ ...place, norms: '' }, isWanted, waiting);
  }
}

class Bench {
  /** @type {HTMLElement} */
  numbers = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  rhythm = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  variability = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  templates = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  beats = /** @type {any} */ (null);
  /** @type {BeatList | null} */
  beatList = null;
  /** @type {HTMLElement} */
  trail = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  verdicts = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  toolPlace = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  main = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  side = /** @type {any} */ (null);
  /** @type {HTMLElement} */
  root = /** @type {any} */ (null);
  /** @type {HTMLElement[]} */
  tabs = /** @type {any} */ (null);

  /** @param {HTMLElement} place @param {import('./ecg-data.js').Place} file @param {import('./ecg-data.js').Examination} examination @param {HTMLElement[]} ways out of the bench */
  constructor(place, file, examination, ways) {
    this.file = file;
    this.examination = examination;
    this.words = make('output', { id: 'ecg-values', 'aria-live': 'polite' });
    const tell = (/** @type {string} */ words) => { this.words.textContent = words; };
    this.parts = /** @type {Record<string, { name: string, part: { tools: HTMLElement, stage: HTMLElement, show: () => any } }>} */ ({});
    if (examination.isLong) this.parts.long = { name: 'Long recording', part: this.long = new LongEcg(file, examination, tell) };
    this.parts.sheet = { name: 'Sheet', part: this.sheet = new EcgSheet(file, examination, tell) };
    if (examination.median) this.parts.beat = { name: 'Usual beat', part: this.beat = new UsualBeat(file, examination, numbers => this.measured(numbers), tell) };
    this.build(place, ways);
    let { theme } = document.documentElement.dataset;
    watch(this.main, () => {
      if (this.shown) this.parts[this.shown].part.show();
      if (theme !== document.documentElement.dataset.theme) this.shapes();
      ({ theme } = document.documentElement.dataset);
    });
  }

  /** @param {HTMLElement} place @param {HTMLElement[]} ways */
  build(place, ways) {
    this.tabs = Object.entries(this.parts).map(([id, { name }]) => {
      const button = make('button', { type: 'button', id: `ecg-tab-${id}`, role: 'tab', textContent: name, 'aria-controls': 'ecg-main' });
      button.addEventListener('click', () => this.show(id));
      button.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => this.tabKey(e, id));
      return button;
    });
    const box = (/** @type {string} */ id) => make('section', { id, className: 'ecg-box' });
    [this.numbers, this.verdicts, this.rhythm, this.variability, this.templates, this.trail] = ['ecg-measured', 'ecg-verdicts', 'ecg-rhythm', 'ecg-variability', 'ecg-shapes', 'ecg-changes'].map(box);
    this.beats = box('ecg-beat-list');
    if (this.long) this.beatList = new BeatList(this.beats, this.examination, (time, why) => this.long?.goTo(time, why));
    this.toolPlace = make('div', { className: 'ecg-tools' });
    this.main = make('div', { id: 'ecg-main', className: 'ecg-main', role: 'tabpanel' });
    this.side = make('section', { className: 'ecg-side', tabIndex: 0, 'aria-label': 'Measured numbers' });
    this.root = make('div', { className: 'ecg', id: 'ecg' }, make('div', { className: 'line' }, ...ways, keysButton('Keys of the ECG bench', KEYS), make('div', { role: 'tablist', 'aria-label': 'ECG', className: 'ecg-tabs' }, ...this.tabs), this.words), this.toolPlace, make('div', { className: 'ecg-body' }, this.main, this.side));
    place.replaceChildren(this.root);
    this.fill();
  }

  /** @param {KeyboardEvent} event @param {string} id */
  tabKey(event, id) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    const ids = Object.keys(this.parts);
    const to = ids[(ids.indexOf(id) + way + ids.length) % ids.length];
    event.preventDefault();
    event.stopPropagation();
    this.show(to);
    this.tabs[ids.indexOf(to)].focus();
  }

  /** @param {string} id */
  async show(id) {
    this.shown = id;
    Object.keys(this.parts).forEach((name, i) => {
      this.tabs[i].setAttribute('aria-selected', String(name === id));
      this.tabs[i].tabIndex = name === id ? 0 : -1;
    });
    const { part } = this.parts[id];
    this.main.setAttribute('aria-labelledby', `ecg-tab-${id}`);
    this.toolPlace.replaceChildren(part.tools);
    this.main.replaceChildren(part.stage);
    this.side.replaceChildren(...(id === 'beat' && this.beat ? [this.beat.fields, this.beat.rule, this.numbers, this.verdicts, this.trail] : id === 'long' ? [this.rhythm, this.templates, this.beats, this.variability, this.numbers, this.verdicts, this.trail] : [this.numbers, this.verdicts, this.rhythm, this.variability, this.trail]));
    this.words.textContent = '';
    await part.show();
  }

  fill() {
    const { measured, rhythm } = this.examination;
    showNumbers(this.numbers, measured.measurements);
    showVerdicts(this.verdicts, this.file, this.examination, judged => this.judged(judged));
    showTrail(this.trail, measured.trail);
    const single = (/** @type {import('./ecg-data.js').Finding} */ f) => !f.name.startsWith('sinus rhythm') || !this.examination.isLong;
    showFindings(this.rhythm, rhythm.count > rhythm.findings.length ? `Rhythm (${rhythm.findings.length} of ${rhythm.count} findings, the first of each kind)` : 'Rhythm', [...(this.examination.isLong ? rhythm.moments : []), ...rhythm.findings.filter(single)], f => this.goTo(f), f => addAround(this.examination, f.onset, f.end, f.evidence ? `${f.name} (${f.evidence})` : f.name, this.shown === 'long' || this.sheet.settings.isFiltered ? filterHigh(this.examination.leads) : null));
    showVariability(this.variability, rhythm.variability);
    this.shapes();
  }

  shapes() {
    if (this.long) showTemplates(this.templates, this.file, this.examination, next => this.reclassified(next), (time, why) => this.long?.goTo(time, why));
  }

  /** @param {import('./ecg-data.js').Finding} finding */
  goTo(finding) {
    if (this.shown === 'long') this.long?.goTo(finding.end - finding.onset > 10 ? finding.onset : (finding.onset + finding.end) / 2, finding.name);
    else this.sheet.goTo(finding.onset);
  }

  /** Numbers after a fiducial moved. @param {import('./ecg-data.js').Numbers} numbers */
  measured(numbers) {
    showNumbers(this.numbers, numbers.measurements);
    showTrail(this.trail, numbers.trail);
  }

  /** Verdicts after the norms or the subject changed. @param {import('./ecg-data.js').Judged} judged */
  judged({ subject, measured, variability }) {
    Object.assign(this.examination, { subject, measured });
    this.examination.rhythm.variability = variability;
    if (this.beat) Object.assign(this.beat, { numbers: measured, kept: structuredClone(measured) });
    showNumbers(this.numbers, measured.measurements);
    showVariability(this.variability, variability);
    showTrail(this.trail, measured.trail);
    showVerdicts(this.verdicts, this.file, this.examination, next => this.judged(next));
  }

  /** Everything after a template became another class. @param {import('./ecg-data.js').Examination} next */
  reclassified(next) {
    Object.assign(this.examination, { beats: next.beats, measured: next.measured, rhythm: next.rhythm, trend: next.trend, templates: next.templates });
    this.beatList?.fill();
    if (this.long) this.long.version++;
    this.fill();
    if (this.shown) this.parts[this.shown].part.show();
  }
}
