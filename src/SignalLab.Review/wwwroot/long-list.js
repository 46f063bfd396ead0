// A list of any length: only the rows in sight are there.

import { make } from './controls.js';

const ROW = 26;
const BESIDE = 4;

/** @typedef {{ id: string, text: string, title: string }} Row */

export class LongList {
  /** @param {HTMLElement} element an empty list box @param {{ count: () => number, row: (i: number) => Row, chosen: () => number, choose: (i: number) => void }} of what it lists; chosen is -1 where nothing is */
  constructor(element, of) {
    this.element = element;
    this.of = of;
    this.tall = make('div', { className: 'tall' });
    element.replaceChildren(this.tall);
    element.addEventListener('scroll', () => this.draw());
    element.addEventListener('click', event => {
      const at = /** @type {HTMLElement} */ (event.target).dataset.at;
      if (at !== undefined) of.choose(Number(at));
    });
    element.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || of.count() === 0) return;
      event.preventDefault();
      event.stopPropagation();
      of.choose(Math.min(of.count() - 1, Math.max(0, of.chosen() + step)));
    });
  }

  draw() {
    const { element, of } = this;
    this.tall.style.height = `${of.count() * ROW}px`;
    const first = Math.max(0, Math.floor(element.scrollTop / ROW) - BESIDE);
    const end = Math.min(of.count(), first + Math.ceil(element.clientHeight / ROW) + 2 * BESIDE);
    const chosen = of.chosen();
    this.tall.replaceChildren(...Array.from({ length: Math.max(0, end - first) }, (_, k) => {
      const { id, text, title } = of.row(first + k);
      const row = make('div', { className: 'row', role: 'option', id, textContent: text, title, 'aria-selected': String(first + k === chosen) });
      row.style.top = `${(first + k) * ROW}px`;
      row.dataset.at = String(first + k);
      return row;
    }));
    if (chosen >= first && chosen < end) element.setAttribute('aria-activedescendant', of.row(chosen).id);
    else element.removeAttribute('aria-activedescendant');
  }

  /** Scrolls until a row is in sight. @param {number} i */
  reveal(i) {
    const at = i * ROW;
    if (at < this.element.scrollTop || at > this.element.scrollTop + this.element.clientHeight - ROW) this.element.scrollTop = at - this.element.clientHeight / 2;
    this.draw();
  }
}
