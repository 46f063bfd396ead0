// Pages that turn by themselves.

import { view, now } from './state.js';

// No screen shows more than this.
const SHORTEST_MS = 15;

/** @param {HTMLElement} button @param {HTMLSelectElement} speed @param {(from: number) => Promise<any>} goTo */
export function player(button, speed, goTo) {
  let rounds = 0;
  let playing = 0;

  async function play() {
    if (playing) {
      stop();
      return;
    }
    const begun = { time: performance.now(), from: view.from };
    const round = playing = ++rounds;
    button.setAttribute('aria-pressed', 'true');
    while (playing === round) {
      const to = begun.from + (performance.now() - begun.time) / 1000 * Number(speed.value);
      if (to >= (now.recording?.duration ?? 0)) stop();
      else await Promise.all([goTo(to), new Promise(resolve => setTimeout(resolve, SHORTEST_MS))]);
    }
  }

  function stop() {
    playing = 0;
    button.setAttribute('aria-pressed', 'false');
  }

  return { play, stop };
}
