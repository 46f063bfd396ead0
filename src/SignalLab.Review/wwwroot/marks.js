// Annotations: kept by the server at every step, held here in order of time.

import { getJson, post } from './api.js';
import { desk, view, now, tell, note } from './state.js';
import { LongList } from './long-list.js';
import { clock, span } from './units.js';

/** @typedef {{ id: number, onset: number, duration: number, text: string, channel: string | null, origin: string, by: string, made: string, changed: string | null, stage: string | null }} Mark */

export class Marks {
  constructor() {
    /** @type {Mark[]} */
    this.all = [];
    this.undoable = 0;
    this.redoable = 0;
    this.filter = '';
    /** @type {number | null} */
    this.selectedId = null;
    /** Steps are sent one after the other. @type {Promise<any>} */
    this.line = Promise.resolve();
  }

  get place() { return { file: view.file, recording: view.recording, reader: desk.reader }; }

  async load() {
    const answer = await getJson('/api/marks', this.place);
    this.all = answer.marks;
    this.undoable = answer.undo;
    this.redoable = answer.redo;
    this.selectedId = null;
    tell('marks');
  }

  get selected() { return this.all.find(m => m.id === this.selectedId) ?? null; }

  /** Those that match the search: words, or words that must be missing with a minus; by:NAME and channel:NAME. */
  get found() {
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return this.all;
    return this.all.filter(m => {
      const text = `${m.text} channel:${m.channel ?? ''} by:${m.by} ${m.origin}`.toLowerCase();
      return words.every(w => w.startsWith('-') && w.length > 1 ? !text.includes(w.slice(1)) : text.includes(w));
    });
  }

  /** @param {{ add?: Partial<Mark>[], change?: Mark[], remove?: number[] }} step */
  do(step) { return this.send('/api/marks/do', step); }

  undo() { return this.send('/api/marks/undo'); }

  redo() { return this.send('/api/marks/redo'); }

  /** @param {string} path @param {any} [body] */
  send(path, body) {
    const place = this.place;
    this.line = this.line.then(() => post(path, place, body)).then(outcome => {
      const gone = new Set([...outcome.gone, ...outcome.put.map((/** @type {Mark} */ m) => m.id)]);
      this.all = this.all.filter(m => !gone.has(m.id));
      for (const mark of outcome.put) this.insert(mark);
      this.undoable = outcome.undo;
      this.redoable = outcome.redo;
      if (outcome.put.length === 1) this.selectedId = outcome.put[0].id;
      if (outcome.step === 0) note('There is nothing left to undo or redo.');
      tell('marks');
      return outcome;
    }).catch(fault => note(fault.message, true));
    return this.line;
  }

  /** @param {Mark} mark */
  insert(mark) {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle].onset < mark.onset || (this.all[middle].onset === mark.onset && this.all[middle].id < mark.id)) low = middle + 1;
      else high = middle;
    }
    this.all.splice(low, 0, mark);
  }

  /** A new one over the selection, or at the cursor. @param {string} text @param {string | null} [channel] */
  put(text, channel = null) {
    const [a, b] = now.selection ?? [now.cursor ?? view.from, now.cursor ?? view.from];
    return this.do({ add: [{ onset: a, duration: b - a, text, channel, origin: 'person', by: desk.reader, made: '' }] });
  }

  /** The next one after a time, or before it. @param {number} time @param {1 | -1} way */
  next(time, way) {
    const found = this.found;
    return way > 0 ? found.find(m => m.onset > time + 1e-6) : found.findLast(m => m.onset < time - 1e-6);
  }
}

/** The list, the search, the buttons of one key. @param {Marks} marks @param {(time: number) => void} go */
export function marksPanel(marks, go) {
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'marks-panel';
  panel.innerHTML = `<h2>Annotations <span class="size" id="marks-count"></span></h2>
    <div class="line"><label>Reader <input type="text" id="reader-name" maxlength="60"></label></div>
    <div class="line" id="mark-buttons" role="group" aria-label="Annotate the selection"></div>
    <div class="line"><input type="text" id="mark-text" aria-label="Text of a new annotation" placeholder="Text"><label><input type="checkbox" id="mark-on-channel"> this channel</label><button type="button" id="mark-add">Add</button></div>
    <div class="line"><button type="button" id="undo">Undo</button><button type="button" id="redo">Redo</button><button type="button" id="mark-edit" disabled>Edit</button><button type="button" id="mark-delete" disabled>Delete</button></div>
    <div class="line"><input type="search" id="mark-search" aria-label="Search annotations" placeholder="Search: spike -eye by:anna"></div>
    <div class="list" id="mark-list" role="listbox" tabindex="0" aria-label="Annotations"></div>
    <div class="line"><button type="button" id="marks-csv">Export CSV</button><button type="button" id="marks-edf">Export EDF+</button><button type="button" id="marks-import">Import…</button><button type="button" id="marks-compare">Compare readers…</button><input type="file" id="marks-file" accept=".csv,.tsv,.txt,.edf" hidden></div>`;
  const get = (/** @type {string} */ id) => /** @type {any} */ (panel.querySelector('#' + id));
  let found = marks.found;
  const list = new LongList(get('mark-list'), {
    count: () => found.length,
    row: i => {
      const m = found[i];
      return {
        id: `mark-${m.id}`,
        text: `${clock(m.onset, 2)}  ${m.text}${m.duration ? ` (${span(m.duration)})` : ''}${m.channel ? ` · ${m.channel}` : ''}`,
        title: `${m.text} — ${m.origin === 'file' ? 'from the file' : `${m.origin} ${m.by}`}${m.made ? `, ${m.made.replace('T', ' ').slice(0, 19)}` : ''}${m.changed ? ', changed' : ''}`,
      };
    },
    chosen: () => found.findIndex(m => m.id === marks.selectedId),
    choose: i => choose(found[i]),
  });

  const draw = () => {
    found = marks.found;
    get('marks-count').textContent = found.length === marks.all.length ? String(found.length) : `${found.length} of ${marks.all.length}`;
    get('undo').disabled = marks.undoable === 0;
    get('redo').disabled = marks.redoable === 0;
    get('mark-edit').disabled = get('mark-delete').disabled = !marks.selected;
    list.draw();
  };

  const choose = (/** @type {Mark | undefined | null} */ mark) => {
    if (!mark) return;
    marks.selectedId = mark.id;
    list.reveal(found.indexOf(mark));
    now.cursor = mark.onset;
    go(mark.onset);
    draw();
  };

  const buttons = () => get('mark-buttons').replaceChildren(...desk.buttons.map((text, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${i + 1} ${text}`;
    button.addEventListener('click', () => marks.put(text, channelWanted()));
    return button;
  }));

  const channelWanted = () => get('mark-on-channel').checked ? now.recording?.channels[now.row]?.label ?? null : null;
  get('reader-name').value = desk.reader;
  get('reader-name').addEventListener('change', (/** @type {any} */ e) => { desk.reader = e.target.value.trim() || 'reader'; tell('desk'); });
  get('mark-search').addEventListener('input', (/** @type {any} */ e) => { marks.filter = e.target.value; list.element.scrollTop = 0; draw(); });
  get('mark-add').addEventListener('click', () => {
    const text = get('mark-text').value.trim();
    if (text) marks.put(text, channelWanted());
    else note('An annotation needs a text.', true);
  });
  get('mark-text').addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => { if (e.key === 'Enter') get('mark-add').click(); });
  get('undo').addEventListener('click', () => marks.undo());
  get('redo').addEventListener('click', () => marks.redo());
  get('mark-delete').addEventListener('click', () => marks.selected && marks.do({ remove: [marks.selected.id] }));
  get('mark-edit').addEventListener('click', () => tell('edit-mark', marks.selected));
  get('marks-csv').addEventListener('click', () => tell('export-marks', 'csv'));
  get('marks-edf').addEventListener('click', () => tell('export-marks', 'edf'));
  get('marks-import').addEventListener('click', () => get('marks-file').click());
  get('marks-file').addEventListener('change', (/** @type {any} */ e) => tell('import-marks', e.target.files[0]));
  get('marks-compare').addEventListener('click', () => tell('compare-readers'));
  buttons();
  return { panel, draw, choose, buttons };
}
