// Times and numbers as people read them.

/** Seconds as h:mm:ss with the decimals that the span needs. @param {number} seconds @param {number} [decimals] */
export function clock(seconds, decimals = 0) {
  const sign = seconds < 0 ? '−' : '';
  const whole = Number(Math.abs(seconds).toFixed(decimals));
  const h = Math.floor(whole / 3600);
  const m = Math.floor(whole / 60) % 60;
  const s = (whole % 60).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, '0');
  return `${sign}${h}:${String(m).padStart(2, '0')}:${s}`;
}

/** Time of day at a time of the recording, or null. @param {string | null} start @param {number} seconds */
export function timeOfDay(start, seconds) {
  if (!start) return null;
  const [h, m, s] = start.slice(11).split(':').map(Number);
  const day = 86400;
  const t = (((h * 3600 + m * 60 + s + seconds) % day) + day) % day;
  return clock(Math.floor(t + 1e-6)).padStart(8, '0');
}

/** The next recording time at a time of day. @param {string} start @param {string} text hh:mm[:ss] @param {number} duration */
export function atTimeOfDay(start, text, duration) {
  const parts = text.split(':').map(Number);
  if (parts.length < 2 || parts.some(p => !Number.isFinite(p))) return null;
  const wanted = parts[0] * 3600 + parts[1] * 60 + (parts[2] ?? 0);
  const [h, m, s] = start.slice(11).split(':').map(Number);
  const seconds = ((wanted - (h * 3600 + m * 60 + s)) % 86400 + 86400) % 86400;
  return seconds <= duration ? seconds : null;
}

/** A length in words. @param {number} seconds */
export function span(seconds) {
  return seconds >= 3600 ? clock(seconds) : seconds >= 60 ? `${+(seconds / 60).toFixed(2)} min` : seconds >= 1 ? `${+seconds.toFixed(2)} s` : `${+(seconds * 1000).toFixed(1)} ms`;
}

/** A unit as people write it. @param {string} symbol */
export function unitText(symbol) {
  return symbol.replace(/\bu(?=[A-Za-z])/g, 'µ').replace(/([A-Za-z])2/g, '$1²');
}

/** Three significant figures. @param {number} value */
export function figure(value) {
  return Number.isFinite(value) ? (Math.abs(value) >= 1000 ? value.toFixed(0) : String(+value.toPrecision(3))) : '–';
}
