// What is looked at, and how: one place, told to whoever listens. Kept by the server between sessions.

import { getJson, post } from './api.js';

/** @typedef {{ label: string, kind: string, unit: string, micro: number | null, rate: number, bad: boolean }} Channel */
/** @typedef {{ file: string, format: string, title: string, start: string | null, duration: number, segments: [number, number][], remarks: string[], isEcg: boolean, hasMap: boolean, channels: Channel[] }} Recording */

export const LOWS = [null, 0.1, 0.16, 0.3, 0.5, 1, 1.6, 5, 10];
export const HIGHS = [null, 15, 30, 35, 40, 50, 70, 100, 150, 300];
export const SENSITIVITIES = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000];
export const LENGTHS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];
export const MONTAGES = ['', 'banana', 'transverse', 'average', 'linked-ears', 'laplacian', 'circumferential', 'robust-average', 'rest', 'csd'];

/** The settings of a view that the server computes. */
export function freshView() {
  return {
    file: '', recording: 0, from: 0, seconds: 10, montage: '', low: /** @type {number | null} */ (1), high: /** @type {number | null} */ (70), notch: /** @type {number | null} */ (null), bad: '', own: '',
    sensitivity: 7, butterfly: false, negativeUp: true, hidden: /** @type {string[]} */ ([]), colours: /** @type {Record<string, string>} */ ({}), order: /** @type {string[]} */ ([]), gains: /** @type {Record<string, number>} */ ({}),
  };
}

/** What is kept for all files: who reads, the screen, montages and buttons of one's own. */
export const desk = {
  reader: 'reader', norms: '', theme: '', pxPerMm: /** @type {number | null} */ (null), fit: true, montages: /** @type {{ name: string, derivations: any[] }[]} */ ([]),
  buttons: ['Spike', 'Sharp wave', 'Slow', 'Seizure', 'Artefact', 'Eyes open', 'Eyes closed', 'Hyperventilation', 'Photic'],
  views: /** @type {Record<string, ReturnType<typeof freshView>>} */ ({}), last: '', bookmarks: /** @type {Record<string, number[]>} */ ({}),
};

export const view = freshView();

/** @type {{ recording: Recording | null, cursor: number | null, selection: [number, number] | null, row: number, average: { event: string, before: string, after: string } | null }} the average is the one made last of this file */
export const now = { recording: null, cursor: null, selection: null, row: 0, average: null };

const listeners = /** @type {Map<string, ((detail?: any) => void)[]>} */ (new Map());

/** @param {string} what @param {(detail?: any) => void} then */
export function on(what, then) {
  listeners.set(what, [...(listeners.get(what) ?? []), then]);
}

/** @param {string} what @param {any} [detail] */
export function tell(what, detail) {
  for (const then of listeners.get(what) ?? []) then(detail);
}

/** The part of the view that decides which samples the server sends. */
export function viewQuery() {
  return { file: view.file, recording: view.recording, montage: montageOf(view.montage), low: view.low, high: view.high, notch: view.notch, bad: view.bad, own: view.own };
}

/** Own montages travel as their text. @param {string} name */
export function montageOf(name) {
  const own = desk.montages.find(m => 'own:' + m.name === name);
  return own ? JSON.stringify(own) : name;
}

let saving = 0;

/** Files looked at since the session was kept last: another page may look at others. @type {Map<string, { key: string, file: string }>} */
const looked = new Map();

/** Keeps the session soon. */
export function keep() {
  if (view.file) {
    const key = view.file + '#' + view.recording;
    desk.views[key] = { ...view };
    desk.last = view.file;
    looked.set(key, { key, file: view.file });
  }
  clearTimeout(saving);
  saving = window.setTimeout(() => {
    const own = [...looked.values()];
    looked.clear();
    const views = Object.fromEntries(own.map(({ key }) => [key, desk.views[key]]));
    const bookmarks = Object.fromEntries(own.map(({ file }) => [file, desk.bookmarks[file] ?? []]));
    post('/api/session', {}, { ...desk, views, bookmarks }).catch(() => {});
  }, 400);
}

export async function restore() {
  Object.assign(desk, await getJson('/api/session').catch(() => ({})));
}

/** One line at the foot of the page. @param {string} line @param {boolean} [isError] */
export function note(line, isError = false) {
  const place = /** @type {HTMLElement} */ (document.getElementById('note'));
  place.textContent = line;
  place.classList.toggle('error', isError);
}
