// Opens streams of live events, and reads and forgets what they send.
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The most that a workspace may have open. */
const MOST_OF_WORKSPACE = 100;
/** An idle stream is known to be closed at its next heart beat. */
const HEART_BEATS_MS = 20_000;

/**
 * Streams of all events, of as many workspaces as are needed. Only those of the first one get the clicks of the load; those of
 * the others cost their filtering.
 * @returns {Promise<() => Promise<void>>} closes them
 */
export async function openListeners(hopback, number) {
  const keys = [hopback.apiKey];
  while (keys.length * MOST_OF_WORKSPACE < number) {
    keys.push((await hopback.api('POST', '/workspaces', { name: 'Listeners' })).apiKey);
  }
  const opening = Array.from({ length: number }, (_, i) =>
    openListener(hopback.port, keys[Math.floor(i / MOST_OF_WORKSPACE)]),
  );
  const listeners = await Promise.all(opening);
  return async () => {
    for (const listener of listeners) listener.destroy();
    await sleep(HEART_BEATS_MS);
  };
}

function openListener(port, key) {
  const headers = { authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', path: '/api/v1/events/stream', headers, agent: false },
      (response) => {
        response.on('error', () => undefined).resume(); // it is cut off at the end
        if (response.statusCode === 200) resolve(sent);
        else reject(new Error(`a stream of live events was answered with ${response.statusCode}`));
      },
    );
    sent.on('error', reject).end();
  });
}
