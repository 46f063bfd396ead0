// The files below the folder that was opened.

import { getJson } from './api.js';
import { note } from './state.js';
import { make } from './controls.js';

/** @param {HTMLElement} place @param {string} path @param {(file: string) => void} open */
export async function showFiles(place, path, open) {
  try {
    const entries = await getJson('/api/files', { path });
    const heading = make('h2', { textContent: path ? `Files in ${path}` : 'Files' });
    const list = document.createElement('ul');
    if (path) entries.unshift({ name: '..', path: path.split('/').slice(0, -1).join('/'), isFolder: true, sizeBytes: 0 });
    for (const entry of entries) {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.append(make('span', { textContent: entry.isFolder ? `${entry.name}/` : entry.name }), make('span', { textContent: entry.isFolder ? '' : size(entry.sizeBytes), className: 'size' }));
      const isData = entry.isFolder && /\.(ds|mff|snirf)$/i.test(entry.name);
      button.addEventListener('click', event => {
        if (entry.isFolder && !isData) showFiles(place, entry.path, open);
        else if (event.ctrlKey || event.metaKey) window.open('/#' + encodeURIComponent(entry.path), '_blank', 'noopener');
        else open(entry.path);
      });
      item.append(button);
      list.append(item);
    }
    place.replaceChildren(heading, make('p', { textContent: 'Ctrl and a click open a file in another tab; the cursors of all tabs are linked.', className: 'size' }), entries.length ? list : make('p', { textContent: 'This folder is empty.' }));
    /** @type {HTMLElement | null} */ (list.querySelector('button'))?.focus();
  } catch (fault) {
    note(/** @type {Error} */ (fault).message, true);
  }
}

/** @param {number} bytes */
function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let k = 0;
  while (bytes >= 1000 && k < units.length - 1) { bytes /= 1000; k++; }
  return `${bytes < 10 && k ? bytes.toFixed(1) : Math.round(bytes)} ${units[k]}`;
}
