// Shapes that beats share: a shape that becomes another class takes all its beats with it.

import { numbersOf, CLASSES } from './ecg-data.js';
import { make } from './controls.js';
import { ink, sized } from './canvas.js';
import { post } from './api.js';
import { desk, note } from './state.js';
import { addAround, filterHigh, reportButton } from './ecg-strips.js';

/** @param {HTMLElement} place @param {import('./ecg-data.js').Place} file @param {import('./ecg-data.js').Examination} examination @param {(examination: import('./ecg-data.js').Examination) => void} changed @param {(time: number, why: string) => void} go */
export function showTemplates(place, file, examination, changed, go) {
  const rows = examination.templates.map(template => rowOf(template, file, examination, changed, go));
  place.replaceChildren(make('h2', { textContent: 'Shapes of beats' }),
    make('table', { className: 'ecg-templates', id: 'ecg-templates' }, make('thead', {}, make('tr', {}, ...['', 'Shape', 'Beats', 'Class', ''].map(text => make('th', { scope: 'col', textContent: text })))), make('tbody', {}, ...rows)));
  examination.templates.forEach((template, i) => drawShape(rows[i].querySelector('canvas'), template));
}

/** @param {import('./ecg-data.js').Template} template @param {import('./ecg-data.js').Place} file @param {import('./ecg-data.js').Examination} examination @param {(examination: import('./ecg-data.js').Examination) => void} changed @param {(time: number, why: string) => void} go */
function rowOf(template, file, examination, changed, go) {
  const number = template.index + 1;
  const select = make('select', { id: `ecg-template-${template.index}`, 'aria-label': `Class of shape ${number}` }, ...Object.entries(CLASSES).map(([letter, [words]]) => new Option(`${letter} ${words}`, letter)));
  select.value = template.kind;
  select.addEventListener('change', async () => {
    note(`Shape ${number} becomes ${CLASSES[select.value][0]} …`);
    try {
      const answer = await post('/api/ecg/template', { ...file, reader: desk.reader, norms: desk.norms }, { index: template.index, class: select.value });
      note(`Shape ${number}: ${template.count} beats are ${CLASSES[select.value][0]} now.`);
      changed(answer);
      document.getElementById(select.id)?.focus();
    } catch (fault) {
      select.value = template.kind;
      note(/** @type {Error} */ (fault).message, true);
    }
  });
  const next = make('button', { type: 'button', textContent: 'Next', 'aria-label': `Next beat of shape ${number}` });
  let at = -1;
  next.addEventListener('click', () => {
    at = examination.beats.template.indexOf(template.index, at + 1);
    if (at < 0) at = examination.beats.template.indexOf(template.index);
    if (at >= 0) go(examination.beats.time[at], words());
  });
  const words = () => `Shape ${number}: ${template.count} beats, ${CLASSES[select.value][0]}`;
  const toReport = reportButton('Report', `Shape ${number} to the report`, () => {
    const time = examination.beats.time[at >= 0 ? at : examination.beats.template.indexOf(template.index)];
    if (time !== undefined) addAround(examination, time, time, words(), filterHigh(examination.leads));
  });
  return make('tr', {}, make('td', { textContent: String(number) }), make('td', {}, make('canvas', { 'aria-hidden': 'true' })), make('td', { className: 'number', textContent: String(template.count) }), make('td', {}, select), make('td', { className: 'ecg-two' }, next, toReport));
}

/** @param {HTMLCanvasElement} canvas @param {import('./ecg-data.js').Template} template */
function drawShape(canvas, template) {
  const waves = template.samples.map(numbersOf);
  const [w, h] = [60 * Math.min(2, waves.length), 40];
  const g = sized(canvas, w, h);
  waves.slice(0, 2).forEach((wave, k) => {
    const [low, high] = [Math.min(...wave), Math.max(...wave)];
    g.strokeStyle = ink(CLASSES[template.kind][1]);
    g.lineWidth = 1.2;
    g.beginPath();
    wave.forEach((v, i) => g.lineTo(60 * k + 2 + i / wave.length * 56, 3 + (high - v) / (high - low || 1) * (h - 6)));
    g.stroke();
  });
}
