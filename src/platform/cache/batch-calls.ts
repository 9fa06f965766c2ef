/**
 * Combines calls for one item each into one call for all items of a turn of the event loop.
 * @param call returns results in the order of the items.
 * @param max items of one call; more items make several calls.
 */
export function batchCalls<I, R>(
  call: (items: readonly I[]) => Promise<readonly R[]>,
  max: number,
): (item: I) => Promise<R> {
  let batch: Promise<readonly R[]> | undefined;
  let items: I[] = [];
  return async (item) => {
    if (batch === undefined || items.length >= max) {
      const own: I[] = [];
      items = own;
      const next = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        if (items === own) batch = undefined;
        return call(own);
      });
      batch = next;
    }
    const index = items.push(item) - 1;
    return (await batch)[index] as R;
  };
}
