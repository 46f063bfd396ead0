// What panels are made of.

/** Makes an element with properties and children. @param {string} tag @param {Record<string, any>} [properties] @param {(Node | string)[]} children @returns {any} */
export function make(tag, properties = {}, ...children) {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('aria-') || name === 'role' || name === 'for') made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

let unwatch = () => {};

/** Draws anew when the size or the theme changes; what was watched before is let go. @param {HTMLElement} place @param {() => void} draw */
export function watch(place, draw) {
  unwatch();
  let isFirst = true;
  const size = new ResizeObserver(() => {
    if (!isFirst) draw();
    isFirst = false;
  });
  const theme = new MutationObserver(draw);
  size.observe(place);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  unwatch = () => {
    size.disconnect();
    theme.disconnect();
  };
}

/** A choice with its words before it. @param {string} words @param {string} id @param {[string, string][]} options @param {string} value @param {(value: string) => void} then */
export function choice(words, id, options, value, then) {
  const select = make('select', { id }, ...options.map(([v, text]) => new Option(text, v)));
  select.value = value;
  select.addEventListener('change', () => then(select.value));
  return make('label', {}, words + ' ', select);
}

/** A button that stays pressed. @param {string} words @param {string} id @param {boolean} isOn @param {(isOn: boolean) => void} then @param {string} [title] */
export function toggle(words, id, isOn, then, title = '') {
  const button = make('button', { type: 'button', id, textContent: words, title, 'aria-pressed': String(isOn) });
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    then(on);
  });
  return button;
}
