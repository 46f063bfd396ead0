// The stored value under the cursor, the same number that export writes.

import { getJson } from './api.js';
import { now, viewQuery } from './state.js';
import { clock, unitText } from './units.js';

let asked = 0;

/** @param {HTMLElement} place */
export async function showValue(place) {
  if (now.cursor === null) return;
  const ticket = ++asked;
  const answer = await getJson('/api/values', { ...viewQuery(), time: now.cursor }).catch(() => null);
  if (!answer || ticket !== asked || now.cursor === null) return;
  const channel = now.recording?.channels[now.row];
  const value = answer.values[now.row];
  place.textContent = `${clock(now.cursor, 3)} · ${channel?.label ?? ''} ${value === null ? 'not recorded' : `${+value.toFixed(4)} ${unitText(channel?.unit ?? '')}`}`;
  place.dataset.value = String(value);
}
