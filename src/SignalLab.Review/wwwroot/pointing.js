// The pointer on the traces: the cursor, a selection, what lies between two points.

import { view, now } from './state.js';
import { span, figure, unitText } from './units.js';

/** @param {import('./traces.js').TraceView} traces @param {import('./marks.js').Marks} marks @param {{ sensitivity: (way: 1 | -1) => void, goTo: (from: number) => void, cursorMoved: () => void, chosen: () => void }} then */
export function point(traces, marks, then) {
  const stage = traces.stage;
  const values = /** @type {HTMLElement} */ (document.getElementById('values'));
  let dragFrom = /** @type {{ x: number, y: number, time: number } | null} */ (null);
  stage.addEventListener('pointerdown', (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    const { x, y } = local(event);
    dragFrom = { x, y, time: traces.timeAt(x) };
    now.row = traces.lanes[traces.rowAt(y)]?.index ?? 0;
    now.cursor = Math.max(0, dragFrom.time);
    now.selection = null;
    const mark = marks.all.find(m => Math.abs(traces.xOf(m.onset) - x) < 4 && y < 90);
    marks.selectedId = mark?.id ?? marks.selectedId;
    traces.selected = marks.selected;
    traces.paint();
    then.chosen();
  });
  stage.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    if (!dragFrom) return;
    const { x, y } = local(event);
    if (Math.abs(x - dragFrom.x) < 3) return;
    const time = traces.timeAt(Math.max(96, Math.min(traces.width, x)));
    now.selection = time < dragFrom.time ? [time, dragFrom.time] : [dragFrom.time, time];
    traces.drawOverlay();
    measure(dragFrom.y, y);
  });
  stage.addEventListener('pointerup', () => {
    dragFrom = null;
    then.cursorMoved();
  });
  stage.addEventListener('wheel', (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    if (event.ctrlKey) then.sensitivity(event.deltaY > 0 ? 1 : -1);
    else then.goTo(view.from + Math.sign(event.deltaY + event.deltaX) * view.seconds / 10);
  }, { passive: false });

  /** @param {PointerEvent} event */
  function local(event) {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {number} y0 @param {number} y1 */
  function measure(y0, y1) {
    if (!now.selection) return;
    const [a, b] = now.selection;
    const row = traces.rowAt(y0);
    const lane = traces.lanes[row];
    const dv = traces.valueBetween(row, y0, y1);
    values.textContent = `Δt ${span(b - a)} · 1/Δt ${figure(1 / (b - a))} Hz · Δ ${figure(dv)} ${unitText(lane?.unit ?? '')} (${lane?.label ?? ''})`;
  }
}
