// An examined ECG as the server tells it, and the few things every view of it needs.

import { getJson, getBytes } from './api.js';
import { decodePage } from './page.js';

/** @typedef {{ channel: number, label: string, standard: string | null, milli: number | null, unit: string, rate: number, quality: number | null }} Lead */
/** @typedef {{ name: string, value: number | null, unit: string, reason: string | null, method: string, low: number | null, high: number | null, source: string | null, verdict: string }} Measured */
/** @typedef {(number | null)[]} Places times of the marks in the order of MARKS */
/** @typedef {{ set: { lead: string | null, name: string }[], derived: string[], global: Places | null, leads: Places[] | null, measurements: Measured[], trail: { id: number, text: string, by: string, made: string }[] }} Numbers */
/** @typedef {{ rate: number, length: number, peak: number, count: number, found: Places, foundLeads: Places[], samples: string[] }} Median */
/** @typedef {{ time: number[], rr: (number | null)[], classes: string, template: number[], global: Places[] | null, leads: Places[][] | null }} Beats */
/** @typedef {{ name: string, onset: number, end: number, evidence: string }} Finding */
/** @typedef {{ count: number, findings: Finding[], moments: Finding[], variability: Measured[] }} Rhythm */
/** @typedef {{ onset: number, beats: number, min: number | null, mean: number | null, max: number | null, s: number, v: number, longest: number | null }} Bin */
/** @typedef {{ index: number, count: number, kind: string, rate: number, peak: number, first: number | null, samples: string[] }} Template */
/** @typedef {{ sex: string | null, age: number | null, isSexStated: boolean, isAgeStated: boolean }} Subject */
/** @typedef {{ id: string, isOwn: boolean, source: string, population: string, certainty: string }} NormSet */
/** @typedef {{ subject: Subject, measured: Numbers, variability: Measured[] }} Judged */
/** @typedef {{ duration: number, start: string | null, isLong: boolean, subject: Subject, norms: NormSet[], leads: Lead[], beats: Beats, median: Median | null, measured: Numbers, rhythm: Rhythm, trend: { bin: number, bins: Bin[], hours: Bin[] } | null, templates: Template[] }} Examination */
/** @typedef {{ file: string, recording: number }} Place */

export const MARKS = ['p_on', 'p_peak', 'p_off', 'qrs_on', 'r', 'qrs_off', 't_on', 't_peak', 't_off', 't_tangent', 't_threshold'];

/** Marks that a reader may move: name, words, colour. @type {[string, string, string][]} */
export const MOVABLE = [
  ['p_on', 'P onset', '--ecg-p'], ['p_off', 'P end', '--ecg-p'], ['qrs_on', 'QRS onset', '--ecg-qrs'], ['qrs_off', 'QRS end', '--ecg-qrs'], ['t_peak', 'T peak', '--ecg-t'], ['t_off', 'T end', '--ecg-t'],
];

/** Classes of beats: words and the colour that stands beside the letter. @type {Record<string, [string, string]>} */
export const CLASSES = {
  N: ['normal', '--ecg-n'], S: ['supraventricular', '--ecg-s'], V: ['ventricular', '--ecg-v'], F: ['fusion', '--ecg-f'], Q: ['paced or not classified', '--ecg-q'],
};

/** @param {Places | null | undefined} places @param {string} name */
export function markOf(places, name) {
  return places?.[MARKS.indexOf(name)] ?? null;
}

/** @param {string} text base 64 of single-precision numbers */
export function numbersOf(text) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

/** Asks for the examination until it is done. @param {Place & { norms: string }} place @param {() => boolean} isWanted @param {(seconds: number) => void} waiting @returns {Promise<Examination | null>} */
export async function examine(place, isWanted, waiting) {
  const begun = performance.now();
  for (;;) {
    const answer = await getJson('/api/ecg', { ...place });
    if (!isWanted()) return null;
    if (!answer.examining) return answer;
    waiting((performance.now() - begun) / 1000);
    await new Promise(go => setTimeout(go, 100));
    if (!isWanted()) return null;
  }
}

/** Samples of some channels. @param {Place} place @param {number[]} channels @param {number} from @param {number} seconds @param {number} rate @param {boolean} isFiltered @param {AbortSignal} [signal] */
export async function samples(place, channels, from, seconds, rate, isFiltered, signal) {
  const columns = Math.max(16, Math.min(16384, Math.ceil(rate * seconds / 2)));
  const band = isFiltered ? { low: 0.05, high: Math.min(150, Math.floor(0.45 * rate)) } : {};
  return decodePage(await getBytes('/api/page', { ...place, rows: channels.join(','), from, seconds, columns, ...band }, signal));
}

/** Index of the first time not before a time. @param {number[]} times @param {number} time */
export function firstFrom(times, time) {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
