// One cursor over the tabs of this station: a recording's cursor moves the frames of images, a frame moves the cursor, a sensor the cross-hair.

import { view, on, tell, note } from './state.js';

/** @typedef {{ what: 'time', seconds: number, file: string } | { what: 'sensor', name: string, file: string, recording: number } | { what: 'frame', seconds: number } | { what: 'line', line: string, isError: boolean }} Message */

const tabs = new BroadcastChannel('signallab');
const reads = () => !/** @type {HTMLElement} */ (document.getElementById('reader')).hidden;
let heard = NaN;
/** What this tab's image does with a message. @type {(message: Message) => void} */
let image = () => {};

/** @param {Message} message */
export function send(message) { tabs.postMessage(message); }

/** The cursor of this tab's recording, for images in other tabs; what came from them does not go back. @param {number} seconds */
export function shareTime(seconds) {
  if (seconds !== heard) send({ what: 'time', seconds, file: view.file });
  heard = NaN;
}

/** @param {(message: Message) => void} then */
export function hearImage(then) { image = then; }

on('sensor', (/** @type {string} */ name) => {
  note(`Sensor ${name}`);
  send({ what: 'sensor', name, file: view.file, recording: view.recording });
});

tabs.addEventListener('message', (/** @type {MessageEvent<Message>} */ { data }) => {
  if (data.what === 'line') note(data.line, data.isError);
  else if (data.what !== 'frame') image(data);
  else if (reads()) {
    heard = data.seconds;
    tell('time', data.seconds);
  }
});
