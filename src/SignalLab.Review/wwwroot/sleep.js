// Sleep staging: an epoch of 30 s, a key, the next epoch; the hypnogram and the numbers.

import { getJson } from './api.js';
import { now, note } from './state.js';
import { span, figure } from './units.js';

const EPOCH = 30;

/** @param {import('./marks.js').Marks} marks @param {(onset: number, seconds: number) => void} go */
export function sleepPanel(marks, go) {
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'sleep-panel';
  panel.innerHTML = `<h2>Sleep</h2><p>W, 1, 2, 3 and R stage the epoch that is shown and go on to the next.</p><div class="line"><button type="button" id="sleep-next">Next epoch without a stage</button><button type="button" id="sleep-report">Numbers</button></div><table><tbody id="sleep-numbers"></tbody></table>`;
  const get = (/** @type {string} */ id) => /** @type {any} */ (panel.querySelector('#' + id));

  const staged = () => marks.all.filter(m => m.stage !== null);

  /** @param {string} stage @param {number} from @param {() => void} onwards */
  const score = (stage, from, onwards) => {
    // The epoch in which the page begins.
    const onset = Math.floor(from / EPOCH + 1e-6) * EPOCH;
    const before = staged().filter(m => m.onset < onset + EPOCH - 0.01 && m.onset + Math.max(m.duration, 0.01) > onset + 0.01);
    const whole = before.filter(m => m.duration <= EPOCH + 0.01);
    if (whole.length < before.length) {
      note('A longer stage of the file covers this epoch: it is kept beside yours.');
    }
    marks.do({ add: [{ onset, duration: EPOCH, text: `Sleep stage ${stage}`, channel: null, origin: 'person', by: '', made: '' }], remove: whole.map(m => m.id) });
    onwards();
  };

  get('sleep-next').addEventListener('click', () => {
    const known = new Set(staged().map(m => Math.round(m.onset / EPOCH)));
    let epoch = 0;
    while (known.has(epoch)) epoch++;
    if (epoch * EPOCH < (now.recording?.duration ?? 0)) go(epoch * EPOCH, EPOCH);
    else note('Every epoch has a stage.');
  });

  const draw = async () => {
    try {
      const report = await getJson('/api/sleep', marks.place);
      get('sleep-numbers').replaceChildren(...report.rows.map((/** @type {any} */ r) => {
        const row = document.createElement('tr');
        for (const [i, text] of [r.name, r.value === null ? '–' : r.unit === 's' ? span(r.value) : `${figure(r.value)} ${r.unit}`].entries()) {
          const cell = document.createElement('td');
          cell.textContent = text;
          if (i) cell.className = 'number';
          row.append(cell);
        }
        return row;
      }));
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  };
  get('sleep-report').addEventListener('click', draw);
  return { panel, draw, score };
}
