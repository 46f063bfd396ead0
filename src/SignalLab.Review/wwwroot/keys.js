// What each key does: one table, listed by the help.

import { show, element } from './dialogs.js';

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

/** Shows the table. @param {Binding[]} bindings */
export function listKeys(bindings) {
  const box = element('div', '', 'keys');
  for (const b of bindings) {
    const row = document.createElement('div');
    row.append(element('span', b.what), element('kbd', b.shown ?? b.keys[0].replace('Arrow', '').toUpperCase().replace('PAGE', 'Page ').replace('CTRL', 'Ctrl').replace('SHIFT', 'Shift')));
    box.append(row);
  }
  show('Keys', [box]);
}
