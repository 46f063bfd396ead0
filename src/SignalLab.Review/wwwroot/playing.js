// Pages that turn by themselves.

import { view, now } from './state.js';

/** @param {HTMLElement} button @param {HTMLSelectElement} speed @param {(from: number) => Promise<any>} goTo */
export function player(button, speed, goTo) {
  let playing = 0;

  function play() {
    if (playing) {
      stop();
      return;
    }
    const begun = { time: performance.now(), from: view.from };
    let busy = false;
    playing = window.setInterval(async () => {
      if (busy) return;
      busy = true;
      const to = begun.from + (performance.now() - begun.time) / 1000 * Number(speed.value);
      if (to >= (now.recording?.duration ?? 0)) stop();
      else await goTo(to);
      busy = false;
    }, 33);
    button.setAttribute('aria-pressed', 'true');
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    button.setAttribute('aria-pressed', 'false');
  }

  return { play, stop };
}
