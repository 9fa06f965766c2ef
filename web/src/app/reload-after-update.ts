const KEY = 'hopback:reloaded';
const PAUSE_MS = 30_000;

/**
 * Loads the page again when one of its chunks is gone, as after an update of the server. Not twice within half a minute: then
 * the cause is another one, and the router shows the error.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
