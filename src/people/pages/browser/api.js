// src/people/pages/browser: the scripts of the pages under /app. They are plain modules: no build step, no framework, types in
// comments (checked by `npm run lint`). Each page has one module with its name; api.js, dom.js and form.js are for all of them.
// Start with sign-in.js.

/** An error answer of the API, or a failed request (status 0). */
export class ApiError extends Error {
  /**
   * @param {number} status
   * @param {{ code?: string, detail?: string, errors?: { path: string, message: string }[] }} problem
   */
  constructor(status, { code = '', detail = 'Something went wrong on the server. Try again.', errors = [] }) {
    super(detail);
    this.status = status;
    this.code = code;
    /** One entry for each bad field. */
    this.errors = errors;
  }
}

/**
 * A request to the API of this server.
 * @template T
 * @param {string} method
 * @param {string} path after `/api/v1`
 * @param {object} [body]
 * @returns {Promise<T>}
 */
export async function request(method, path, body) {
  const answer = await send(method, `/api/v1${path}`, body);
  const text = await answer.text();
  const json = parse(text);
  if (!answer.ok) throw new ApiError(answer.status, json ?? {});
  return /** @type {T} */ (json);
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object | undefined} body
 */
async function send(method, url, body) {
  const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) };
  try {
    return await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }), cache: 'no-store' });
  } catch {
    throw new ApiError(0, { detail: 'The server cannot be reached. Check your connection, and try again.' });
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Opens the page to sign in, which leads back to this one. */
export function goToSignIn() {
  const next = location.pathname === '/app' ? '' : `#next=${location.pathname}`;
  location.replace(`/app/sign-in${next}`);
}

/**
 * The page to open after a sign-in: a page of this server, whatever the address says.
 * @param {string | null | undefined} next
 */
export function pageAfterSignIn(next) {
  return /^\/app(?:\/[a-z-]+)?$/.test(next ?? '') ? String(next) : '/app';
}

/** The fragment of the address, which is removed from the address bar and from the history. */
export function takeFragment() {
  const fragment = location.hash.slice(1);
  if (location.hash !== '' || location.search !== '') history.replaceState(null, '', location.pathname);
  return fragment;
}
