import { setTimeout as sleep } from 'node:timers/promises';

/** Reads until `holds` is true, and returns the value. After the timeout, throws an error with the last value. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  holds: (value: T) => boolean,
  patienceMs = 10_000,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`still not as expected after ${patienceMs} ms: ${JSON.stringify(value)}`);
    await sleep(20);
  }
}
