// Measured numbers, the rhythm and the trail of changes as tables.

import { make, choice } from './controls.js';
import { clock } from './units.js';
import { reportButton } from './ecg-strips.js';

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
  const isOpen = place.querySelector('details')?.open ?? false;
  const details = make('details', { open: isOpen }, make('summary', { textContent: `${rest.length} more numbers` }));
  // A hundred rows nobody looks at would make a drag slow.
  const fill = () => { if (details.open && !details.querySelector('table')) details.append(table(rest, 'More numbers')); };
  details.addEventListener('toggle', fill);
  fill();
  place.replaceChildren(table(first, 'Measured on the usual beat'), details);
}

/** Findings, each a button to its place and one that takes it into the report; of many kinds one can be chosen. @param {HTMLElement} place @param {string} title @param {import('./ecg-data.js').Finding[]} findings @param {(finding: import('./ecg-data.js').Finding) => void} go @param {(finding: import('./ecg-data.js').Finding) => void} report */
export function showFindings(place, title, findings, go, report) {
  const kinds = [...new Set(findings.map(f => f.name))];
  const counted = kinds.map(k => /** @type {[string, string]} */ ([k, `${k} (${findings.filter(f => f.name === k).length})`]));
  const few = kinds.length < 6;
  const list = make('div', {}, listOf(findings, go, report));
  const kind = few ? '' : choice('Show', 'ecg-finding', [['', `all (${findings.length})`], ...counted], '', v => list.replaceChildren(listOf(findings.filter(f => v === '' || f.name === v), go, report)));
  place.replaceChildren(make('h2', { textContent: title }), kind, findings.length ? list : make('p', { textContent: 'Nothing found.' }));
}

/** @param {import('./ecg-data.js').Finding[]} findings @param {(finding: import('./ecg-data.js').Finding) => void} go @param {(finding: import('./ecg-data.js').Finding) => void} report */
function listOf(findings, go, report, most = 100) {
  const list = make('ul', { className: 'ecg-findings' });
  for (const finding of findings.slice(0, most)) {
    const button = make('button', { type: 'button', title: finding.evidence }, make('strong', { textContent: finding.name }), make('span', { className: 'size', textContent: ` ${clock(finding.onset)}–${clock(finding.end)}` }), make('span', { className: 'ecg-evidence', textContent: finding.evidence }));
    button.addEventListener('click', () => go(finding));
    list.append(make('li', { className: 'ecg-finding' }, button, reportButton('To report', `${finding.name} at ${clock(finding.onset)} to the report`, () => report(finding))));
  }
  if (findings.length > most) {
    const more = make('button', { type: 'button', textContent: `${findings.length - most} more` });
    more.addEventListener('click', () => list.replaceWith(listOf(findings, go, report, findings.length)));
    list.append(make('li', {}, more));
  }
  return list;
}

/** Heart-rate variability. @param {HTMLElement} place @param {import('./ecg-data.js').Measured[]} measured */
export function showVariability(place, measured) {
  const isOpen = place.querySelector('details')?.open ?? false;
  place.replaceChildren(make('details', { open: isOpen }, make('summary', { textContent: 'Heart-rate variability' }), table(measured, 'Heart-rate variability')));
}

/** @param {HTMLElement} place @param {{ text: string, made: string }[]} trail */
export function showTrail(place, trail) {
  place.replaceChildren(make('h2', { textContent: 'Changes' }), trail.length
    ? make('ol', { className: 'ecg-trail' }, ...trail.map(t => make('li', {}, t.text.replace(/^ECG /, ''), make('span', { className: 'size', textContent: ` ${t.made.replace('T', ' ').slice(0, 19)} UTC` }))))
    : make('p', { textContent: 'Nobody has changed anything.' }));
}
