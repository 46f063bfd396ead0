// Asks the server; an error becomes one line.

/** @param {string} path @param {Record<string, string|number|boolean|null|undefined>} query */
export function address(path, query = {}) {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') text.set(name, value === true ? '1' : String(value));
  }
  return `${path}?${text}`;
}

/** @param {Response} response */
async function checked(response) {
  if (response.ok) return response;
  let line = `${response.status} ${response.statusText}`;
  try {
    line = (await response.json()).error ?? line;
  } catch { /* no body: the status stands */ }
  throw new Error(line);
}

/** @param {string} path @param {Record<string, any>} [query] @param {AbortSignal} [signal] */
export async function getJson(path, query, signal) {
  return (await checked(await fetch(address(path, query), { signal }))).json();
}

/** @param {string} path @param {Record<string, any>} [query] @param {AbortSignal} [signal] @returns {Promise<ArrayBuffer>} */
export async function getBytes(path, query, signal) {
  return (await checked(await fetch(address(path, query), { signal }))).arrayBuffer();
}

/** @param {string} path @param {Record<string, any>} query @param {any} [body] */
export async function post(path, query, body = null) {
  return (await checked(await fetch(address(path, query), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }))).json();
}

/** An overview that is still computed answers with its progress. @param {Record<string, any>} query @param {AbortSignal} [signal] */
export async function getOverview(query, signal) {
  const response = await checked(await fetch(address('/api/overview', query), { signal }));
  return response.status === 202 ? { progress: (await response.json()).progress, bytes: null } : { progress: 1, bytes: await response.arrayBuffer() };
}
