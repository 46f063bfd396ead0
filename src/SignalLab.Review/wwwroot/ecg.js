/** @param {HTMLElement} place @param {string} file @param {number} recording @param {() => void} back */
export function openEcg(place, file, recording, back) { place.textContent = file; void recording; void back; }
