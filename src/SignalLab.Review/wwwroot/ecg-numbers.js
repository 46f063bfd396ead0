// Measured numbers, the rhythm and the trail of changes as tables.

import { make } from './ecg-data.js';
import { clock } from './units.js';

const FIRST = ['heart rate', 'RR median', 'P duration', 'PR interval', 'QRS duration', 'QT interval', 'QTc interval (Bazett)', 'QTc interval (Fridericia)', 'QTc interval (Framingham)', 'QTc interval (Hodges)', 'JT interval', 'Tpeak-Tend', 'P axis', 'QRS axis', 'T axis'];

/** A number with the decimals that its unit deserves. @param {import('./ecg-data.js').Measured} m */
export function valueOf(m) {
  if (m.value === null) return '–';
  return Math.abs(m.value) >= 100 || ['ms', '/min', 'deg'].includes(m.unit) ? m.value.toFixed(0) : String(+m.value.toPrecision(3));
}

/** @param {import('./ecg-data.js').Measured} m */
function usual(m) {
  const text = (/** @type {number} */ v) => String(+v.toPrecision(3));
  return m.low !== null && m.high !== null ? `${text(m.low)}–${text(m.high)}` : m.low !== null ? `≥ ${text(m.low)}` : m.high !== null ? `≤ ${text(m.high)}` : '';
}

const SIGNS = /** @type {Record<string, string>} */ ({ high: '▲ high', low: '▼ low', normal: 'normal' });
const UNITS = /** @type {Record<string, string>} */ ({ 1: '', deg: '°' });

/** @param {import('./ecg-data.js').Measured} m */
function rowOf(m) {
  const row = make('tr', { title: [m.value === null ? m.reason : m.method, m.source].filter(Boolean).join('\n') });
  row.dataset.name = m.name;
  const verdict = make('td', { textContent: SIGNS[m.verdict] ?? '', className: m.verdict === 'high' || m.verdict === 'low' ? 'ecg-off' : '' });
  row.append(make('th', { scope: 'row', textContent: m.name }), make('td', { className: 'number', textContent: valueOf(m) }), make('td', { textContent: UNITS[m.unit] ?? m.unit }), make('td', { className: 'number', textContent: usual(m) }), verdict);
  return row;
}

/** @param {import('./ecg-data.js').Measured[]} measured @param {string} caption */
function table(measured, caption) {
  return make('table', { className: 'ecg-numbers' }, make('caption', { textContent: caption }),
    make('thead', {}, make('tr', {}, ...['Measure', 'Value', 'Unit', 'Usual', ''].map(text => make('th', { scope: 'col', textContent: text, className: text === 'Value' || text === 'Usual' ? 'number' : '' })))),
    make('tbody', {}, ...measured.map(rowOf)));
}

/** The usual numbers, and all others on demand. @param {HTMLElement} place @param {import('./ecg-data.js').Measured[]} measured */
export function showNumbers(place, measured) {
  const first = FIRST.map(name => measured.find(m => m.name === name)).filter(m => m !== undefined);
  const rest = measured.filter(m => !FIRST.includes(m.name));
  const details = /** @type {HTMLDetailsElement | null} */ (place.querySelector('details'));
  place.replaceChildren(table(first, 'Measured on the usual beat'), make('details', { open: details?.open ?? false }, make('summary', { textContent: `${rest.length} more numbers` }), table(rest, 'More numbers')));
}

/** Findings, each a button to its place. @param {HTMLElement} place @param {string} title @param {import('./ecg-data.js').Finding[]} findings @param {(finding: import('./ecg-data.js').Finding) => void} go */
export function showFindings(place, title, findings, go) {
  const list = make('ul', { className: 'ecg-findings' });
  for (const finding of findings) {
    const button = make('button', { type: 'button', title: finding.evidence }, make('strong', { textContent: finding.name }), make('span', { className: 'size', textContent: ` ${clock(finding.onset)}–${clock(finding.end)}` }), make('span', { className: 'ecg-evidence', textContent: finding.evidence }));
    button.addEventListener('click', () => go(finding));
    list.append(make('li', {}, button));
  }
  place.replaceChildren(make('h3', { textContent: title }), findings.length ? list : make('p', { textContent: 'Nothing found.' }));
}

/** Heart-rate variability. @param {HTMLElement} place @param {import('./ecg-data.js').Measured[]} measured */
export function showVariability(place, measured) {
  place.replaceChildren(make('details', {}, make('summary', { textContent: 'Heart-rate variability' }), table(measured, 'Heart-rate variability')));
}

/** @param {HTMLElement} place @param {{ text: string, made: string }[]} trail */
export function showTrail(place, trail) {
  place.replaceChildren(make('h3', { textContent: 'Changes' }), trail.length
    ? make('ol', { className: 'ecg-trail' }, ...trail.map(t => make('li', {}, t.text.replace(/^ECG /, ''), make('span', { className: 'size', textContent: ` ${t.made.replace('T', ' ').slice(0, 19)} UTC` }))))
    : make('p', { textContent: 'Nobody has changed anything.' }));
}
