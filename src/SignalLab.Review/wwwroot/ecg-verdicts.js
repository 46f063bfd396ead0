// What numbers are held against: the reference sets, and the age and sex that their limits depend on.

import { getJson, post } from './api.js';
import { make, choice } from './controls.js';
import { desk, keep, note } from './state.js';

const SEXES = /** @type {[string, string][]} */ ([['', 'not known'], ['F', 'female'], ['M', 'male']]);

/** @param {HTMLElement} place @param {import('./ecg-data.js').Place} file @param {import('./ecg-data.js').Examination} examination @param {(judged: import('./ecg-data.js').Judged) => void} changed */
export function showVerdicts(place, file, examination, changed) {
  const { subject, norms, measured, rhythm } = examination;
  const query = () => ({ ...file, reader: desk.reader, norms: desk.norms });
  const ask = async (/** @type {() => Promise<any>} */ question, /** @type {string} */ focus) => {
    try {
      changed(await question());
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
      showVerdicts(place, file, examination, changed);
    }
    document.getElementById(focus)?.focus();
  };
  const sets = /** @type {[string, string][]} */ ([['', 'your own, then those of the program'], ...norms.map(s => [s.id, s.isOwn ? `${s.id} (your own)` : s.id])]);
  const chosen = choice('Norms', 'ecg-norms', sets, desk.norms, id => {
    desk.norms = id;
    keep();
    ask(() => getJson('/api/ecg/judged', query()), 'ecg-norms');
  });
  const told = () => {
    const [sex, age] = [place.querySelector('#ecg-sex'), place.querySelector('#ecg-age')].map(e => /** @type {any} */ (e)?.value ?? '');
    return { sex: subject.isSexStated || !sex ? null : sex, age: subject.isAgeStated || age === '' ? null : Number(age) };
  };
  const tell = (/** @type {string} */ id) => ask(() => post('/api/ecg/subject', query(), told()), id);
  const age = make('input', { type: 'number', id: 'ecg-age', min: '0', max: '150', step: 'any', value: subject.age ?? '' });
  age.addEventListener('change', () => tell('ecg-age'));
  const stated = (/** @type {string} */ words) => make('span', {}, words, make('span', { className: 'size', textContent: ' (from the file)' }));
  const who = make('div', { className: 'line' },
    subject.isSexStated ? stated(`Sex ${SEXES.find(s => s[0] === subject.sex)?.[1] ?? subject.sex}`) : choice('Sex', 'ecg-sex', SEXES, subject.sex ?? '', () => tell('ecg-sex')),
    subject.isAgeStated ? stated(`Age ${+(subject.age ?? 0).toFixed(2)} years`) : make('label', {}, 'Age ', age, ' years'));
  const limits = [...measured.measurements, ...rhythm.variability];
  const used = norms.filter(s => limits.some(m => m.low !== null && m.source?.startsWith(`${s.id}: `) || m.high !== null && m.source?.startsWith(`${s.id}: `)));
  const open = limits.find(m => m.value !== null && m.low === null && m.high === null && m.source?.startsWith('The limits depend on'));
  place.replaceChildren(make('h2', { textContent: 'Held against' }), make('div', { className: 'line' }, chosen), who,
    open ? make('p', { id: 'ecg-not-judged', textContent: `Not judged: ${open.name} and others. ${open.source}` }) : '',
    make('dl', { className: 'ecg-sources', id: 'ecg-sources' }, ...used.flatMap(s => [make('dt', { textContent: s.isOwn ? `${s.id} (your own)` : s.id }), make('dd', {}, make('span', { textContent: s.population }), make('span', { className: 'ecg-evidence', textContent: `${s.source}; ${s.certainty}` }))])),
    used.length || open ? '' : make('p', { textContent: 'No number is judged by this choice.' }));
}
