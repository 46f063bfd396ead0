// The reading station: what is open, which keys and buttons do what, and what follows from it.

import { getJson } from './api.js';
import { desk, view, now, freshView, viewQuery, keep, restore, note, on, tell, LOWS, HIGHS, SENSITIVITIES, LENGTHS, MONTAGES } from './state.js';
import { TraceView } from './traces.js';
import { OverviewStrip } from './overview.js';
import { Marks, marksPanel } from './marks.js';
import { MapPanel } from './topomap.js';
import { SpectrumPanel } from './spectrum.js';
import { channelsPanel } from './channels.js';
import { sleepPanel } from './sleep.js';
import { averagePanel } from './average.js';
import { reportPanel } from './report.js';
import { showFiles } from './files.js';
import { ask } from './dialogs.js';
import { listen, listKeys } from './keys.js';
import { player } from './playing.js';
import { screen } from './screen.js';
import { actOnMarks } from './mark-actions.js';
import { point } from './pointing.js';
import { bookmark, nextBookmark, askTime } from './places.js';
import { showValue } from './cursor-value.js';
import { clock, timeOfDay, span } from './units.js';
import { openEcg, prepareEcg } from './ecg.js';
import { openImage } from './slices.js';
import { shareTime } from './link.js';

const get = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const marks = new Marks();
const traces = new TraceView(get('stage'), () => marks.all);
const strip = new OverviewStrip(get('overview'), get('overview-kind'), () => marks.all, to => goTo(to));
const list = marksPanel(marks, time => showTime(time));
const map = new MapPanel();
const spectrum = new SpectrumPanel();
const channels = channelsPanel(() => viewChanged());
const sleep = sleepPanel(marks, (onset, seconds) => { view.seconds = seconds; goTo(onset); tools(); });
const average = averagePanel(marks);
const report = reportPanel();
const { play, stop: stopPlaying } = player(get('play'), get('speed'), goTo);
const { theme, applyTheme, calibrate } = screen(() => { traces.paint(); strip.draw(); refresh(); });
const panels = /** @type {Record<string, { panel: HTMLElement, button: HTMLElement, show: () => void }>} */ ({
  marks: { panel: list.panel, button: get('toggle-marks'), show: () => list.draw() },
  map: { panel: map.panel, button: get('toggle-map'), show: () => map.show() },
  spectrum: { panel: spectrum.panel, button: get('toggle-spectrum'), show: () => spectrum.show() },
  channels: { panel: channels.panel, button: get('toggle-channels'), show: () => channels.draw() },
  average: { panel: average.panel, button: get('toggle-average'), show: () => average.draw() },
  report: { panel: report.panel, button: get('toggle-report'), show: () => report.draw() },
  sleep: { panel: sleep.panel, button: get('toggle-sleep'), show: () => sleep.draw() },
});

// ---- Opening ----

/** @param {string} file @param {number} [recording] */
async function openFile(file, recording = 0) {
  note(`Opening ${file} …`);
  stopPlaying();
  try {
    const study = await getJson('/api/study', { file });
    history.replaceState(null, '', '#' + encodeURIComponent(file));
    get('other').hidden = true;
    get('values').textContent = '';
    if (study.recordings === 0) {
      await openImage(get('other'), file, study);
      only('other');
      get('title').textContent = file;
      get('place').textContent = '';
      note('');
      return;
    }
    Object.assign(view, freshView(), desk.views[file + '#' + recording] ?? {}, { file, recording });
    await describe(true);
    only('reader');
    get('title').textContent = file;
    document.title = `${file} · SignalLab`;
    report.draw();
    Object.assign(now, { cursor: null, selection: null, row: 0, average: null });
    tools();
    await Promise.all([traces.show(), marks.load()]);
    strip.load();
    note(now.recording?.remarks[0] ?? '');
    get('stage').focus();
    keep();
    if (now.recording?.isEcg) {
      get('open-ecg').hidden = false;
      if (now.recording.duration <= 60) prepareEcg(file, recording);
    }
  } catch (fault) {
    note(/** @type {Error} */ (fault).message, true);
    if (!now.recording) browse();
  }
}

/** Asks what the view's channels are. @param {boolean} [isNew] */
async function describe(isNew = false) {
  try {
    now.recording = await getJson('/api/recording', viewQuery());
  } catch (fault) {
    if (!view.montage && !view.own) throw fault;
    note(`${/** @type {Error} */ (fault).message} Shown as recorded.`, true);
    Object.assign(view, { montage: '', own: '' });
    now.recording = await getJson('/api/recording', viewQuery());
  }
  const recording = /** @type {import('./state.js').Recording} */ (now.recording);
  if (isNew && !(view.file + '#' + view.recording in desk.views)) {
    view.seconds = Math.min(view.seconds, Math.max(1, Math.ceil(recording.duration)));
    // Traces that would lie on top of one another are shown smaller at first: 70 µV between neighbours.
    const room = (get('stage').clientHeight || innerHeight - 220) / Math.max(1, recording.channels.length);
    view.sensitivity = SENSITIVITIES.find(s => s >= view.sensitivity && s * room / traces.pxPerMm >= 70) ?? 100;
    if (recording.isEcg) Object.assign(view, { low: 0.5, high: 40, sensitivity: 7, negativeUp: false });
  }
}

/** @param {'reader' | 'files' | 'other'} which */
function only(which) {
  for (const id of ['reader', 'files', 'other']) get(id).hidden = id !== which;
  const reads = which === 'reader';
  get('tools').hidden = !reads;
  for (const { button } of Object.values(panels)) button.hidden = !reads;
  get('open-ecg').hidden = !(reads && now.recording?.isEcg);
}

function browse() {
  stopPlaying();
  only('files');
  showFiles(get('files'), view.file.split('/').slice(0, -1).join('/'), file => openFile(file));
}

// ---- Going places ----

/** @param {number} from */
function goTo(from) {
  const last = Math.max(0, (now.recording?.duration ?? 0) - Math.min(1, view.seconds / 10));
  view.from = Math.round(Math.max(0, Math.min(from, last)) * 1000) / 1000;
  placeLine();
  strip.place();
  keep();
  return traces.show();
}

/** Brings a time into the page. @param {number} time */
function showTime(time) {
  if (time < view.from || time >= view.from + view.seconds) goTo(Math.max(0, time - view.seconds / 4));
  else traces.drawOverlay();
  cursorMoved();
}

function placeLine() {
  const day = timeOfDay(now.recording?.start ?? null, view.from);
  get('place').textContent = `${clock(view.from, view.seconds < 5 ? 2 : 0)} of ${clock(now.recording?.duration ?? 0)}${day ? ` · ${day}` : ''} · page ${span(view.seconds)}`;
}

/** @param {boolean} [sameChannels] filters leave the channels as they are: the page need not wait for their names */
async function viewChanged(sameChannels = false) {
  try {
    const told = describe().then(tools);
    if (!sameChannels) await told;
    await Promise.all([told, traces.show()]);
  } catch (fault) {
    note(/** @type {Error} */ (fault).message, true);
  }
  refresh();
  keep();
}

function refresh() {
  for (const { panel, show: shows } of Object.values(panels)) {
    if (panel.isConnected) shows();
  }
}

// ---- Tools ----

/** @param {string} id @param {[string, string][]} options @param {string} value */
function options(id, options, value) {
  const select = get(id);
  if (!options.some(([v]) => v === value)) options = [[value, value], ...options];
  const same = select.length === options.length && options.every(([v, text], i) => select.options[i].value === v && select.options[i].text === text);
  if (!same) select.replaceChildren(...options.map(([v, text]) => new Option(text, v)));
  select.value = value;
}

function tools() {
  options('page-length', LENGTHS.map(s => [String(s), span(s)]), String(view.seconds));
  options('sensitivity', SENSITIVITIES.map(s => [String(s), `${s} µV/mm`]), String(view.sensitivity));
  options('low', LOWS.map(f => [String(f ?? ''), f ? `${f} Hz` : 'off']), String(view.low ?? ''));
  options('high', HIGHS.map(f => [String(f ?? ''), f ? `${f} Hz` : 'off']), String(view.high ?? ''));
  options('notch', ['', '50', '60'].map(f => [f, f ? `${f} Hz` : 'off']), String(view.notch ?? ''));
  options('montage', [...MONTAGES.map(m => /** @type {[string, string]} */ ([m, m || 'as recorded'])), ...desk.montages.map(m => /** @type {[string, string]} */ (['own:' + m.name, m.name]))], view.montage);
  options('speed', ['0.5', '1', '2', '4', '8', '16', '32', '64'].map(s => [s, `${s}×`]), get('speed').value || '1');
  get('butterfly').setAttribute('aria-pressed', String(view.butterfly));
  get('toggle-map').disabled = !now.recording?.hasMap;
  placeLine();
}

/** @param {string} id @param {(value: string) => void} set @param {'channels' | 'samples' | 'picture'} changes what it changes */
function bind(id, set, changes) {
  get(id).addEventListener('change', () => {
    set(get(id).value);
    if (changes !== 'picture') viewChanged(changes === 'samples');
    else { traces.show(); placeLine(); strip.place(); keep(); }
    get('stage').focus();
  });
}

const number = (/** @type {string} */ text) => text === '' ? null : Number(text);
bind('page-length', v => { view.seconds = Number(v); }, 'picture');
bind('sensitivity', v => { view.sensitivity = Number(v); }, 'picture');
bind('low', v => { view.low = number(v); }, 'samples');
bind('high', v => { view.high = number(v); }, 'samples');
bind('notch', v => { view.notch = number(v); }, 'samples');
bind('montage', v => { view.montage = v; }, 'channels');
get('speed').addEventListener('change', () => get('stage').focus());
get('butterfly').addEventListener('click', () => butterfly());
get('play').addEventListener('click', () => play());
get('open-files').addEventListener('click', () => browse());
get('theme').addEventListener('click', () => theme());
get('calibrate').addEventListener('click', () => calibrate());
get('help').addEventListener('click', () => listKeys(bindings));
get('open-ecg').addEventListener('click', () => ecg());
for (const name of Object.keys(panels)) panels[name].button.addEventListener('click', () => toggle(name));

/** @param {string} name */
function toggle(name) {
  const { panel, button, show: shows } = panels[name];
  const side = get('side');
  if (panel.isConnected) panel.remove();
  else side.prepend(panel);
  side.hidden = side.childElementCount === 0;
  button.setAttribute('aria-pressed', String(panel.isConnected));
  if (panel.isConnected) shows();
  if (name === 'sleep' && panel.isConnected) { view.seconds = 30; goTo(Math.floor(view.from / 30) * 30); tools(); }
}

function butterfly() {
  view.butterfly = !view.butterfly;
  tools();
  traces.show();
  keep();
}

/** The next value of a table. @param {number[]} values @param {number} value @param {1 | -1} way */
function stepped(values, value, way) {
  const at = values.findIndex(v => v >= value) + way;
  return values[Math.max(0, Math.min(values.length - 1, at))];
}

/** @param {1 | -1} way */
function sensitivity(way) {
  view.sensitivity = stepped(SENSITIVITIES, view.sensitivity, way);
  tools();
  traces.paint();
  keep();
}

/** @param {1 | -1} way */
function length(way) {
  view.seconds = stepped(LENGTHS, view.seconds, way);
  tools();
  goTo(view.from);
}

// ---- Cursor, selection, measuring ----

const stage = get('stage');
point(traces, marks, { sensitivity, goTo, cursorMoved, chosen: () => { if (panels.marks.panel.isConnected) list.draw(); } });
document.addEventListener('cursor', () => { traces.drawOverlay(); map.show(); });
on('time', time => time >= 0 && time < (now.recording?.duration ?? 0) ? showTime(now.cursor = time) : note(`${time} s lies outside this recording.`, true));

function cursorMoved() {
  if (now.cursor === null) return;
  shareTime(now.cursor);
  if (!now.selection) showValue(get('values'));
  map.show();
  spectrum.show();
}

// ---- Events of other parts ----

on('marks', () => {
  traces.selected = marks.selected;
  traces.drawOverlay();
  strip.draw();
  list.draw();
  if (panels.sleep.panel.isConnected) sleep.draw();
  if (panels.average.panel.isConnected) average.draw();
});
on('desk', () => { keep(); tools(); });
actOnMarks(marks);

// ---- Keys ----

const reads = () => !get('reader').hidden;

/** @type {import('./keys.js').Binding[]} */
const bindings = [
  { keys: ['PageDown'], what: 'Next page', when: reads, do: () => goTo(view.from + view.seconds) },
  { keys: ['PageUp'], what: 'Page before', when: reads, do: () => goTo(view.from - view.seconds) },
  { keys: ['ArrowRight'], what: 'A second on', when: reads, do: () => goTo(view.from + 1) },
  { keys: ['ArrowLeft'], what: 'A second back', when: reads, do: () => goTo(view.from - 1) },
  { keys: ['Shift+ArrowRight'], what: 'Cursor on', when: reads, do: () => moveCursor(1) },
  { keys: ['Shift+ArrowLeft'], what: 'Cursor back', when: reads, do: () => moveCursor(-1) },
  { keys: ['ArrowDown'], what: 'Channel below', when: reads, do: () => moveRow(1) },
  { keys: ['ArrowUp'], what: 'Channel above', when: reads, do: () => moveRow(-1) },
  { keys: ['Ctrl+ArrowRight', 'n'], shown: 'Ctrl+→ or N', what: 'Next annotation', when: reads, do: () => list.choose(marks.next(now.cursor ?? view.from, 1)) },
  { keys: ['Ctrl+ArrowLeft', 'p'], shown: 'Ctrl+← or P', what: 'Annotation before', when: reads, do: () => list.choose(marks.next(now.cursor ?? view.from, -1)) },
  { keys: ['Home'], what: 'Beginning', when: reads, do: () => goTo(0) },
  { keys: ['End'], what: 'End', when: reads, do: () => goTo((now.recording?.duration ?? 0) - view.seconds) },
  { keys: ['+', '='], what: 'Larger (fewer µV/mm)', when: reads, do: () => sensitivity(-1) },
  { keys: ['-'], what: 'Smaller', when: reads, do: () => sensitivity(1) },
  { keys: ['['], what: 'Shorter page', when: reads, do: () => length(-1) },
  { keys: [']'], what: 'Longer page', when: reads, do: () => length(1) },
  ...Array.from({ length: 12 }, (_, i) => ({ keys: [`F${i + 1}`], what: i < MONTAGES.length ? `Montage: ${MONTAGES[i] || 'as recorded'}` : 'Own montage', when: reads, do: () => montageKey(i) })),
  ...Array.from({ length: 9 }, (_, i) => ({ keys: [String(i + 1)], what: `Annotate: button ${i + 1}`, when: () => reads() && !sleep.panel.isConnected, do: () => marks.put(desk.buttons[i]) })),
  { keys: ['w', '0'], shown: 'W', what: 'Sleep: stage W', when: () => sleep.panel.isConnected, do: () => sleep.score('W', view.from, () => goTo(view.from + 30)) },
  ...['N1', 'N2', 'N3'].map((stage, i) => ({ keys: [String(i + 1)], what: `Sleep: stage ${stage}`, when: () => sleep.panel.isConnected, do: () => sleep.score(stage, view.from, () => goTo(view.from + 30)) })),
  { keys: ['r', '5'], shown: 'R', what: 'Sleep: stage R', when: () => sleep.panel.isConnected, do: () => sleep.score('R', view.from, () => goTo(view.from + 30)) },
  { keys: ['a'], what: 'Annotate with a text', when: reads, do: () => annotate() },
  { keys: ['Delete', 'Backspace'], shown: 'Delete', what: 'Remove the annotation', when: reads, do: () => marks.selected && marks.do({ remove: [marks.selected.id] }) },
  { keys: ['e'], what: 'Edit the annotation', when: reads, do: () => tell('edit-mark', marks.selected) },
  { keys: ['Ctrl+z'], what: 'Undo', when: reads, do: () => marks.undo() },
  { keys: ['Ctrl+y'], what: 'Redo', when: reads, do: () => marks.redo() },
  { keys: ['/'], what: 'Search annotations', when: reads, do: () => { if (!list.panel.isConnected) toggle('marks'); /** @type {any} */ (list.panel.querySelector('#mark-search')).focus(); } },
  { keys: ['k'], what: 'Bookmark here', when: reads, do: () => bookmark() },
  { keys: ['j'], what: 'Next bookmark', when: reads, do: () => nextBookmark(showTime) },
  { keys: ['g'], what: 'Go to a time', when: reads, do: () => askTime(goTo) },
  { keys: ['b'], what: 'Butterfly', when: reads, do: () => butterfly() },
  { keys: [' '], shown: 'Space', what: 'Turn pages by themselves', when: reads, do: () => play() },
  { keys: ['m'], what: 'Annotations', when: reads, do: () => toggle('marks') },
  { keys: ['t'], what: 'Map at the cursor', when: () => reads() && !!now.recording?.hasMap, do: () => toggle('map') },
  { keys: ['s'], what: 'Spectrum of the selection', when: reads, do: () => toggle('spectrum') },
  { keys: ['c'], what: 'Channels and montages', when: reads, do: () => toggle('channels') },
  { keys: ['u'], what: 'Average on an annotation', when: reads, do: () => toggle('average') },
  { keys: ['f'], what: 'Report', when: reads, do: () => toggle('report') },
  { keys: ['z'], what: 'Sleep staging', when: reads, do: () => toggle('sleep') },
  { keys: ['v'], what: 'Negative up or down', when: reads, do: () => { view.negativeUp = !view.negativeUp; traces.paint(); note(view.negativeUp ? 'Negative is up.' : 'Positive is up.'); keep(); } },
  { keys: ['o'], what: 'Files', do: () => browse() },
  { keys: ['d'], what: 'Light or dark', do: () => theme() },
  { keys: ['?'], what: 'This list', do: () => listKeys(bindings) },
  { keys: ['Escape'], shown: 'Esc', what: 'No selection', when: reads, do: () => { now.selection = null; traces.drawOverlay(); stage.focus(); } },
];
listen(bindings);

/** @param {number} way */
function moveCursor(way) {
  now.cursor = Math.max(0, Math.min((now.recording?.duration ?? 0), (now.cursor ?? view.from) + way * view.seconds / 200));
  now.selection = null;
  showTime(now.cursor);
}

/** @param {number} way */
function moveRow(way) {
  const rows = traces.rows();
  const at = Math.max(0, Math.min(rows.length - 1, rows.indexOf(now.row) + way));
  now.row = rows[at] ?? 0;
  note(`Channel ${now.recording?.channels[now.row]?.label ?? ''}`);
  traces.paint();
  cursorMoved();
}

/** @param {number} i */
function montageKey(i) {
  const all = [...MONTAGES, ...desk.montages.map(m => 'own:' + m.name)];
  if (i < all.length) {
    view.montage = all[i];
    viewChanged();
  } else note('No montage on this key: save one of your own.');
}

async function annotate() {
  const answer = await ask('Annotation', [['Text', '']]);
  if (answer?.[0]) marks.put(answer[0]);
}

function ecg() {
  stopPlaying();
  const back = () => { only('reader'); traces.show(); };
  openEcg(get('other'), view.file, view.recording, back, () => { back(); if (!report.panel.isConnected) toggle('report'); });
  only('other');
}

// ---- Begin ----

await restore();
applyTheme();
list.buttons();
const opened = await getJson('/api/desk');
const known = (/** @type {string} */ file) => file && getJson('/api/study', { file }).then(() => true, () => false);
const wanted = new URLSearchParams(`file=${location.hash.slice(1)}`).get('file') ?? '';
if (opened.file) await openFile(opened.file);
else if (await known(wanted)) await openFile(wanted);
else if (await known(desk.last)) await openFile(desk.last);
else browse();

// For tests and for the curious: how long pages took, and what is shown.
Object.assign(window, { signallab: { traces, view, now, desk, marks, strip, map, goTo, openFile } });
