// Places in a recording: bookmarks, and times that are asked for.

import { desk, view, now, keep, note } from './state.js';
import { ask } from './dialogs.js';
import { clock, atTimeOfDay } from './units.js';

export function bookmark() {
  const places = desk.bookmarks[view.file] ??= [];
  const at = now.cursor ?? view.from;
  if (!places.includes(at)) places.push(at);
  places.sort((a, b) => a - b);
  keep();
  note(`Bookmark at ${clock(at)} (${places.length} in this file).`);
}

/** @param {(time: number) => void} showTime */
export function nextBookmark(showTime) {
  const places = desk.bookmarks[view.file] ?? [];
  if (places.length === 0) {
    note('This file has no bookmarks: K sets one.');
    return;
  }
  const at = places.find(p => p > (now.cursor ?? view.from) + 1e-6) ?? places[0];
  now.cursor = at;
  showTime(at);
}

/** @param {(from: number) => void} goTo */
export async function askTime(goTo) {
  const recording = now.recording;
  const answer = await ask(recording?.start ? 'Go to a time of day (hh:mm:ss), or seconds' : 'Go to (h:mm:ss or seconds)', [['Time', '']]);
  if (!answer?.[0] || !recording) return;
  const text = answer[0].trim();
  let to = text.includes(':') ? (recording.start ? atTimeOfDay(recording.start, text, recording.duration) : text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)) : Number(text.replace(',', '.'));
  if (to === null || !Number.isFinite(to)) note(`'${text}' lies outside the recording.`, true);
  else {
    now.cursor = to;
    goTo(to);
  }
}
