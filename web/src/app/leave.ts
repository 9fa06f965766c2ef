let isLeaving = false;

/**
 * Opens another page of this server with a new load. The first call decides: a request that is answered 401 meanwhile does not
 * lead elsewhere.
 */
export function leaveTo(path: string): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.assign(path);
}

/** Does an act that ends the session, and opens `path` afterwards. When the act fails, the page stays. */
export async function leaveAfter(act: () => Promise<unknown>, path: string): Promise<void> {
  isLeaving = true;
  try {
    await act();
  } catch (error) {
    isLeaving = false;
    throw error;
  }
  window.location.assign(path);
}
