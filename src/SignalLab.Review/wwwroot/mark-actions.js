// What is done with annotations beyond putting them: editing, tables in and out, comparing readers.

import { getJson, getBytes } from './api.js';
import { desk, view, note, on } from './state.js';
import { show, ask } from './dialogs.js';
import { make } from './controls.js';

/** @param {import('./marks.js').Marks} marks */
export function actOnMarks(marks) {
  on('edit-mark', async (/** @type {import('./marks.js').Mark | null} */ mark) => {
    if (!mark) return;
    const answer = await ask('Edit the annotation', [['Text', mark.text], ['Onset (s)', String(mark.onset)], ['Duration (s)', String(mark.duration)], ['Channel', mark.channel ?? '']]);
    if (answer) marks.do({ change: [{ ...mark, text: answer[0], onset: Number(answer[1]), duration: Number(answer[2]), channel: answer[3] || null }] });
  });
  on('export-marks', async (/** @type {string} */ ending) => {
    try {
      const bytes = await getBytes('/api/marks/export', { ...marks.place, ending: ending === 'edf' ? '.edf' : '.csv' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = `${view.file.split('/').pop()}.annotations.${ending}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  });
  on('import-marks', async (/** @type {File | undefined} */ file) => {
    if (!file) return;
    const response = await fetch(`/api/marks/import?${new URLSearchParams({ file: view.file, recording: String(view.recording), reader: desk.reader, name: file.name })}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file });
    const answer = await response.json();
    if (!response.ok) note(answer.error, true);
    else {
      await marks.load();
      note(`${answer.put.length} annotations taken in.`);
    }
  });
  on('compare-readers', async () => {
    const names = [...new Set(marks.all.filter(m => m.origin !== 'file').map(m => m.by))];
    const answer = await ask('Compare two readers', [['First', names[0] ?? 'file'], ['Second', names[1] ?? 'file']]);
    if (!answer) return;
    try {
      const result = await getJson('/api/marks/compare', { ...marks.place, first: answer[0], second: answer[1] });
      const table = document.createElement('table');
      table.innerHTML = '<thead><tr><th>Text</th><th class="number">First</th><th class="number">Second</th><th class="number">Both</th><th class="number">Agreement</th></tr></thead>';
      const body = table.createTBody();
      for (const row of result.rows) {
        const line = body.insertRow();
        for (const cell of [row.text, row.first, row.second, row.both, row.agreement === null ? '–' : `${(100 * row.agreement).toFixed(0)} %`]) line.insertCell().textContent = String(cell);
      }
      await show(`${answer[0]} and ${answer[1]}`, [table, make('p', { textContent: result.rule })]);
    } catch (fault) {
      note(/** @type {Error} */ (fault).message, true);
    }
  });
}
