// Light and dark, and the size of a millimetre.

import { desk, keep, note } from './state.js';
import { ask } from './dialogs.js';
import { make } from './controls.js';

/** @param {() => void} repaint */
export function screen(repaint) {
  function theme() {
    desk.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    applyTheme();
    keep();
  }

  function applyTheme() {
    document.documentElement.dataset.theme = desk.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    repaint();
  }

  async function calibrate() {
    const px = 400;
    const line = make('div', { className: 'ruler' });
    const [answer] = await ask('Hold a ruler to the line and enter its length', [['Length in mm', desk.pxPerMm ? (px / desk.pxPerMm).toFixed(1) : '']], [line]) ?? [];
    const mm = Number(answer?.replace(',', '.'));
    if (answer !== undefined && mm >= 20 && mm <= 400) {
      desk.pxPerMm = px / mm;
      repaint();
      keep();
      note(`Calibrated: ${desk.pxPerMm.toFixed(3)} pixels per mm.`);
    } else if (answer) note('A length of 20 to 400 mm is expected.', true);
  }

  return { theme, applyTheme, calibrate };
}
