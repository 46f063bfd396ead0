// Which lead stands where on a sheet.

/** @typedef {import('./ecg-data.js').Lead} Lead */
/** @typedef {{ lead: number, name: string, sign: number, from: number, to: number, row: number, column: number, isRhythm: boolean }} Cell place of a lead on the sheet; lead −1 was not recorded */

const STANDARD = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const CABRERA = ['aVL', 'I', '−aVR', 'II', 'aVF', 'III', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const FEWEST = 6;

export const LAYOUTS = /** @type {[string, string][]} */ ([['3x4', '3 × 4 + rhythm'], ['6x2', '6 × 2'], ['12x1', '12 × 1']]);

/** True where the leads make up a 12-lead sheet. @param {Lead[]} leads */
export function isTwelve(leads) { return leads.filter(l => l.standard).length >= FEWEST; }

/** @param {Lead[]} leads @param {string} name */
function find(leads, name) {
  return leads.findIndex(l => l.standard === name.replace('−', ''));
}

/** The cells of one sheet. @param {Lead[]} leads @param {string} layout @param {boolean} isCabrera @param {number} from @param {number} seconds @param {number} duration @returns {{ cells: Cell[], rows: number, columns: number }} */
export function cellsOf(leads, layout, isCabrera, from, seconds, duration) {
  return isTwelve(leads) ? twelve(leads, layout, isCabrera, from, seconds) : lines(leads, from, seconds, duration);
}

/** @param {Lead[]} leads @param {string} layout @param {boolean} isCabrera @param {number} from @param {number} seconds */
function twelve(leads, layout, isCabrera, from, seconds) {
  const names = isCabrera ? CABRERA : STANDARD;
  const columns = layout === '3x4' ? 4 : layout === '6x2' ? 2 : 1;
  const rows = 12 / columns;
  const part = seconds / columns;
  /** @type {Cell[]} */
  const cells = names.map((name, i) => {
    const column = Math.floor(i / rows);
    return { lead: find(leads, name), name, sign: name.startsWith('−') ? -1 : 1, from: from + column * part, to: from + (column + 1) * part, row: i % rows, column, isRhythm: false };
  });
  if (layout !== '3x4') return { cells, rows, columns };
  const rhythm = find(leads, 'II') >= 0 ? find(leads, 'II') : leads.findIndex(l => l.standard);
  cells.push({ lead: rhythm, name: leads[rhythm].standard ?? leads[rhythm].label, sign: 1, from, to: from + seconds, row: rows, column: 0, isRhythm: true });
  return { cells, rows: rows + 1, columns };
}

/** Other leads: one a row, few leads in several lines that follow each other. @param {Lead[]} leads @param {number} from @param {number} seconds @param {number} duration */
function lines(leads, from, seconds, duration) {
  const count = leads.length <= 3 ? Math.floor(6 / leads.length) : 1;
  const cells = /** @type {Cell[]} */ ([]);
  for (let line = 0; line < count && from + line * seconds < duration; line++) {
    leads.forEach((lead, i) => cells.push({ lead: i, name: lead.label, sign: 1, from: from + line * seconds, to: from + (line + 1) * seconds, row: cells.length, column: 0, isRhythm: i === 0 }));
  }
  return { cells, rows: cells.length, columns: 1 };
}

/** The time that a sheet shows. @param {Cell[]} cells */
export function spanOf(cells) {
  return { from: Math.min(...cells.map(c => c.from)), to: Math.max(...cells.map(c => c.to)) };
}

/** Base lines of the rows in mm from the top, on heavy lines of the paper. @param {{ up: number, down: number }[]} reaches in mm @param {number} top least space above the first @param {number} room mm that the sheet may fill without need */
export function baseLines(reaches, top, room) {
  const wanted = Math.floor(Math.min(30, (room - 30) / reaches.length) / 5) * 5;
  const places = [];
  let y = Math.ceil(Math.max(top, Math.min(45, reaches[0].up + 3)) / 5) * 5;
  for (let row = 0; row < reaches.length; row++) {
    if (row > 0) y += Math.ceil(Math.max(15, wanted, Math.min(60, 0.85 * (reaches[row - 1].down + reaches[row].up) + 4)) / 5) * 5;
    places.push(y);
  }
  const last = reaches[reaches.length - 1];
  return { places, height: y + Math.ceil((Math.max(8, Math.min(40, last.down + 3)) + 5) / 5) * 5 };
}
