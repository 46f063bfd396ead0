// Channels: order, colour, size, hidden, bad, filters of their own; montages of one's own.

import { desk, view, now, tell, note, keep } from './state.js';
import { ask } from './dialogs.js';

/** @param {() => void} changed */
export function channelsPanel(changed) {
  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.id = 'channels-panel';
  panel.innerHTML = `<h2>Channels</h2><div class="line"><button type="button" id="channels-all">Show all</button><button type="button" id="montage-new">New montage…</button><button type="button" id="montage-remove">Remove montage</button></div>
    <div class="list" id="channel-list" tabindex="0" aria-label="Channels"><table><thead><tr><th>Channel</th><th>Show</th><th>Bad</th><th>Colour</th><th>×</th><th></th></tr></thead><tbody></tbody></table></div>`;
  const get = (/** @type {string} */ id) => /** @type {any} */ (panel.querySelector('#' + id));

  const draw = () => {
    const channels = now.recording?.channels ?? [];
    const bad = new Set(view.bad.split(',').filter(Boolean));
    panel.querySelector('tbody')?.replaceChildren(...channels.map((c, i) => {
      const row = document.createElement('tr');
      const cell = (/** @type {(Node | string)[]} */ ...content) => { const td = document.createElement('td'); td.append(...content); row.append(td); };
      const box = (/** @type {string} */ what, /** @type {boolean} */ isOn, /** @type {(on: boolean) => void} */ set) => {
        const input = document.createElement('input');
        input.type = 'checkbox';
        input.checked = isOn;
        input.setAttribute('aria-label', `${what} ${c.label}`);
        input.addEventListener('change', () => set(input.checked));
        return input;
      };
      cell(`${c.label}`);
      cell(box('show', !view.hidden.includes(c.label), isOn => { view.hidden = isOn ? view.hidden.filter(h => h !== c.label) : [...view.hidden, c.label]; changed(); }));
      cell(box('bad', c.bad, isOn => { if (isOn) bad.add(c.label); else bad.delete(c.label); view.bad = [...bad].join(','); changed(); }));
      const colour = document.createElement('input');
      colour.type = 'color';
      colour.value = view.colours[c.label] ?? '#10243e';
      colour.setAttribute('aria-label', `colour of ${c.label}`);
      colour.addEventListener('change', () => { view.colours[c.label] = colour.value; changed(); });
      cell(colour);
      const gain = document.createElement('select');
      gain.setAttribute('aria-label', `size of ${c.label}`);
      for (const g of [0.1, 0.2, 0.5, 1, 2, 5, 10]) gain.append(new Option(`${g}`, String(g)));
      gain.value = String(view.gains[c.label] ?? 1);
      gain.addEventListener('change', () => { view.gains[c.label] = Number(gain.value); changed(); });
      cell(gain);
      const [up, own] = [document.createElement('button'), document.createElement('button')];
      up.type = own.type = 'button';
      up.textContent = '↑';
      up.setAttribute('aria-label', `move ${c.label} up`);
      up.addEventListener('click', () => {
        const order = view.order.length ? [...view.order] : channels.map(x => x.label);
        const at = order.indexOf(c.label);
        if (at > 0) [order[at - 1], order[at]] = [order[at], order[at - 1]];
        view.order = order;
        changed();
      });
      own.textContent = 'Filter';
      own.setAttribute('aria-label', `filters of ${c.label}`);
      own.addEventListener('click', async () => {
        const mine = Object.fromEntries(view.own.split(';').filter(Boolean).map(e => [e.slice(0, e.lastIndexOf('=')), e.slice(e.lastIndexOf('=') + 1)]));
        const [low, high, notch] = (mine[c.label] ?? '::').split(':');
        const answer = await ask(`Filters of ${c.label} (Hz, empty for none)`, [['Low', low], ['High', high], ['Notch', notch]]);
        if (!answer) return;
        mine[c.label] = answer.map(a => a.trim()).join(':');
        if (answer.every(a => a.trim() === '')) delete mine[c.label];
        view.own = Object.entries(mine).map(([label, f]) => `${label}=${f}`).join(';');
        changed();
      });
      cell(up, own);
      row.dataset.channel = String(i);
      return row;
    }));
  };

  get('channels-all').addEventListener('click', () => { view.hidden = []; changed(); });
  get('montage-new').addEventListener('click', async () => {
    const answer = await ask('New montage: derivations by commas, such as Fp1-F7, F7-T7', [['Name', ''], ['Derivations', '']]);
    if (!answer?.[0] || !answer[1]) return;
    const montage = { name: answer[0], derivations: answer[1].split(',').map(d => d.trim()).filter(Boolean) };
    desk.montages = [...desk.montages.filter(m => m.name !== montage.name), montage];
    view.montage = 'own:' + montage.name;
    tell('desk');
    changed();
  });
  get('montage-remove').addEventListener('click', () => {
    if (!view.montage.startsWith('own:')) {
      note('Only montages of your own can be removed.', true);
      return;
    }
    desk.montages = desk.montages.filter(m => 'own:' + m.name !== view.montage);
    view.montage = '';
    keep();
    changed();
  });
  return { panel, draw };
}
