// The report: findings with templates, chosen pages, strips of ECG and maps, a PDF.

import { address } from './api.js';
import { desk, view, now, viewQuery, note, keep, on } from './state.js';
import { clock, span } from './units.js';
import { make } from './controls.js';

const TEMPLATES = {
  'Normal EEG': 'Background: alpha rhythm of … Hz over the posterior regions, symmetrical, attenuated by opening the eyes.\n\nHyperventilation and photic stimulation: no abnormality.\n\nNo epileptiform discharges, no focal slowing.\n\nImpression: normal EEG.',
  'Epileptiform EEG': 'Background: …\n\nEpileptiform discharges: (type, place, number, state).\n\nSeizures: none recorded.\n\nImpression: …',
  'ECG': 'Rhythm: … Rate … /min.\n\nPR … ms, QRS … ms, QT … ms, QTc … ms. Axis …°.\n\nST segment and T wave: …\n\nImpression: …',
  'Holter': 'Basic rhythm: … Rate lowest …, mean …, highest … /min.\n\nVentricular ectopy: … Supraventricular ectopy: … Pauses: …\n\nDiary and symptoms: …\n\nImpression: …',
  'Sleep study': 'Sleep architecture: see the numbers of the night.\n\nArousals: …\n\nImpression: …',
};

export function reportPanel() {
  const draft = { title: 'EEG report', findings: '', pages: /** @type {{ from: number, seconds: number, caption: string }[]} */ ([]), strips: /** @type {import('./ecg-strips.js').Strip[]} */ ([]), maps: /** @type {number[]} */ ([]), withSleep: false };
  let of = '';
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'report-panel';
  panel.innerHTML = `<h2>Report</h2><div class="line"><label>Title <input type="text" id="report-title" value="EEG report"></label></div>
    <div class="line"><label>Template <select id="report-template"><option value=""></option></select></label></div>
    <label for="report-findings">Findings</label><textarea id="report-findings" rows="9"></textarea>
    <div class="line"><button type="button" id="report-page">Add this page</button><button type="button" id="report-map">Add map at cursor</button><label><input type="checkbox" id="report-sleep"> sleep numbers</label></div>
    <ol id="report-items"></ol><div class="line"><button type="button" id="report-write" class="primary">Write PDF</button></div>`;
  const get = (/** @type {string} */ id) => /** @type {any} */ (panel.querySelector('#' + id));
  for (const name of Object.keys(TEMPLATES)) get('report-template').append(new Option(name, name));

  // What was chosen belongs to one recording: another one begins anew.
  const draw = () => {
    const key = `${view.file}#${view.recording}`;
    if (of !== key) {
      of = key;
      Object.assign(draft, { pages: [], strips: [], maps: [] });
      get('report-title').value = now.recording?.isEcg ? 'ECG report' : 'EEG report';
      get('report-findings').value = '';
    }
    const item = (/** @type {string} */ text, /** @type {() => void} */ remove) => {
      const line = document.createElement('li');
      const button = make('button', { textContent: 'Remove' });
      button.setAttribute('aria-label', `Remove ${text}`);
      button.addEventListener('click', () => { remove(); draw(); });
      line.append(text + ' ', button);
      return line;
    };
    get('report-items').replaceChildren(
      ...draft.pages.map(p => item(`Traces from ${clock(p.from)}, ${span(p.seconds)}`, () => { draft.pages = draft.pages.filter(x => x !== p); })),
      ...draft.strips.map(s => item(`${s.layout ? 'ECG' : 'ECG strip'} from ${clock(s.from, 1)}, ${span(s.seconds)}${s.caption ? `: ${s.caption}` : ''}`, () => { draft.strips = draft.strips.filter(x => x !== s); })),
      ...draft.maps.map(t => item(`Map at ${clock(t, 3)}`, () => { draft.maps = draft.maps.filter(x => x !== t); })));
  };

  on('strip', (/** @type {import('./ecg-strips.js').Strip} */ strip) => {
    draft.strips.push(strip);
    draw();
    note(`To the report: ${strip.caption || 'strip'} from ${clock(strip.from, 1)}, ${span(strip.seconds)} (${draft.strips.length} ${draft.strips.length === 1 ? 'strip' : 'strips'} in it).`);
  });
  get('report-template').addEventListener('change', (/** @type {any} */ e) => {
    const text = /** @type {Record<string, string>} */ (TEMPLATES)[e.target.value];
    if (text) get('report-findings').value = [get('report-findings').value, text].filter(Boolean).join('\n\n');
    e.target.value = '';
  });
  get('report-page').addEventListener('click', () => { draft.pages.push({ from: view.from, seconds: Math.min(600, view.seconds), caption: '' }); draw(); });
  get('report-map').addEventListener('click', () => {
    if (!now.recording?.hasMap) note('This recording has no places for a map.', true);
    else { draft.maps.push(now.cursor ?? view.from); draw(); }
  });
  get('report-write').addEventListener('click', async () => {
    note('Writing the report …');
    const body = { ...draft, title: get('report-title').value, findings: get('report-findings').value, withSleep: get('report-sleep').checked, reader: desk.reader, sensitivity: view.sensitivity };
    const response = await fetch(address('/api/report', viewQuery()), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) {
      note((await response.json()).error, true);
      return;
    }
    const blob = await response.blob();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${view.file.split('/').pop()}.report.pdf`;
    link.click();
    panel.dataset.bytes = String(blob.size);
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    note(`The report was written (${Math.round(blob.size / 1000)} kB).`);
    keep();
  });
  return { panel, draw };
}
