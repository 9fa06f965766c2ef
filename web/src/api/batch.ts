/** Components that are drawn together ask within this time. */
const COLLECT_MS = 5;

interface Waiting<Value> {
  resolve: (value: Value | undefined) => void;
  reject: (reason: unknown) => void;
}

/**
 * One request for many ids that are asked for one by one, as the rows of a list do.
 * @param load answers up to `max` different ids; an id that its answer lacks is not found
 * @returns a function that finds one: its value, or undefined
 */
export function createBatch<Value>(
  load: (ids: string[]) => Promise<ReadonlyMap<string, Value>>,
  max: number,
): (id: string) => Promise<Value | undefined> {
  let waiting = new Map<string, Waiting<Value>[]>();
  const send = async (batch: Map<string, Waiting<Value>[]>): Promise<void> => {
    const all = [...batch];
    try {
      const found = await load(all.map(([id]) => id));
      for (const [id, callers] of all) for (const { resolve } of callers) resolve(found.get(id));
    } catch (error) {
      for (const { reject } of all.flatMap(([, callers]) => callers)) reject(error);
    }
  };
  const flush = (): void => {
    const batch = waiting;
    waiting = new Map();
    if (batch.size > 0) void send(batch);
  };
  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setTimeout(flush, COLLECT_MS);
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
      if (waiting.size === max) flush();
    });
}
