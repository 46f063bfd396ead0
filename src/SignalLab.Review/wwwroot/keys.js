// What each key does: one table, listed by the help.

import { show } from './dialogs.js';
import { make } from './controls.js';

/** @typedef {{ keys: string[], what: string, shown?: string, when?: () => boolean, do: (event: KeyboardEvent) => void }} Binding */

/** The name of a key press: Ctrl+Z, Shift+ArrowLeft, PageDown, +. @param {KeyboardEvent} event */
export function nameOf(event) {
  const single = event.key.length === 1;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && !single ? 'Shift+' : ''}${single ? event.key.toLowerCase() : event.key}`;
}

/** @param {Binding[]} bindings */
export function listen(bindings) {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isText = target.matches('input[type="text"], input[type="search"], input[type="number"], textarea');
    const name = nameOf(event);
    if (document.querySelector('dialog[open]')) return;
    if (isText && !name.startsWith('F') && !(name === 'Escape')) return;
    if (target.matches('select') && !event.ctrlKey && (name.length === 1 || name.startsWith('Arrow') || name === ' ')) return;
    if (target.matches('button') && (name === ' ' || name === 'Enter')) return;
    const found = bindings.find(b => b.keys.includes(name) && (b.when?.() ?? true));
    if (found) {
      event.preventDefault();
      found.do(event);
    }
  });
}

/** @param {string} title @param {[string, string][]} keys key and what it does */
function showKeys(title, keys) {
  show(title, [make('div', { className: 'keys' }, ...keys.map(([key, what]) => make('div', {}, make('span', { textContent: what }), make('kbd', { textContent: key }))))]);
}

/** Shows the table. @param {Binding[]} bindings */
export function listKeys(bindings) {
  showKeys('Keys', bindings.map(b => [b.shown ?? b.keys[0].replace('Arrow', '').toUpperCase().replace('PAGE', 'Page ').replace('CTRL', 'Ctrl').replace('SHIFT', 'Shift'), b.what]));
}

/** A button that lists keys. @param {string} title @param {[string, string][]} keys key and what it does */
export function keysButton(title, keys) {
  const button = make('button', { type: 'button', textContent: 'Keys' });
  button.addEventListener('click', () => showKeys(title, keys));
  return button;
}
