// Questions and notices over the page.

const box = () => /** @type {HTMLDialogElement} */ (document.getElementById('dialog'));

/** Shows content until it is closed. @param {string} title @param {Node[]} content @returns {Promise<string>} the button's value, empty where it was given up */
export function show(title, content, buttons = [['close', 'Close']]) {
  const dialog = box();
  const form = document.createElement('form');
  form.method = 'dialog';
  const heading = document.createElement('h2');
  heading.id = 'dialog-title';
  heading.textContent = title;
  const line = document.createElement('div');
  line.className = 'line';
  for (const [value, text] of buttons) {
    const button = document.createElement('button');
    button.value = value;
    button.textContent = text;
    if (value === 'ok') button.className = 'primary';
    line.append(button);
  }
  form.append(heading, ...content, line);
  dialog.replaceChildren(form);
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  return new Promise(resolve => {
    dialog.returnValue = '';
    dialog.onclose = () => { before?.focus(); resolve(dialog.returnValue); };
    form.onsubmit = event => { event.preventDefault(); dialog.close(/** @type {any} */ (event.submitter)?.value ?? 'ok'); };
    dialog.showModal();
    /** @type {HTMLElement | null} */ (form.querySelector('input, textarea, select, .primary'))?.focus();
  });
}

/** Asks for texts. @param {string} title @param {[string, string][]} fields name and value @param {Node[]} [before] @returns {Promise<string[] | null>} */
export async function ask(title, fields, before = []) {
  const inputs = fields.map(([name, value]) => {
    const label = document.createElement('label');
    label.className = 'line';
    const input = document.createElement('input');
    input.type = 'text';
    input.value = value;
    input.name = name;
    label.append(name + ' ', input);
    return { label, input };
  });
  const answer = await show(title, [...before, ...inputs.map(i => i.label)], [['ok', 'OK'], ['', 'Cancel']]);
  return answer === 'ok' ? inputs.map(i => i.input.value) : null;
}
