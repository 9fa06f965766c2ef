// Measures two Hopbacks with different settings alternately.
import { drained } from '../hopback/drain.mjs';

/**
 * @template R
 * @param {import('./bench.mjs').Bench} bench
 * @param {[import('../hopback/hopback.mjs').Hopback, import('../hopback/hopback.mjs').Hopback]} pair
 * @param {number} rounds
 * @param {(hopback: import('../hopback/hopback.mjs').Hopback) => Promise<R>} measure
 * @returns {Promise<[R, R][]>} for each round what the first did and what the second did
 */
export async function inTurns(bench, pair, rounds, measure) {
  const list = [];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    const results = [];
    for (const which of order) {
      await bench.wakeUp(pair[which]);
      await drained(pair[which]);
      results[which] = pair[which].ledger.enter(await measure(pair[which]));
      await drained(pair[which]); // or it would take time from the other one
    }
    list.push(results);
  }
  return list;
}
