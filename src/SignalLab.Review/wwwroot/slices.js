/** @param {HTMLElement} place @param {string} file @param {any} study */
export async function openImage(place, file, study) { place.textContent = `${file}: ${study.kind}`; }
