import type { Schema } from '../api/client';
import type { SetupStep } from './seen-sentences';
import { startWords } from './start-words';

interface RouteHop {
  state: 'seen' | 'awaited' | 'failed';
  note: string;
  /** Status and time of the last check, if there was one. */
  facts: string | null;
}

export interface RouteHops {
  hasLink: boolean;
  /** From the link to the offer. */
  out: RouteHop;
  /** From the offer to the network. */
  on: RouteHop;
  /** From the network to us. */
  back: RouteHop;
}

/** The state of each hop of the click id. Only a real click and a real conversion make a hop solid. */
export function hopsOf(
  steps: readonly SetupStep[],
  check: Pick<Schema<'CheckResponse'>, 'ok' | 'hops'> | null,
): RouteHops {
  const isDone = (id: SetupStep['id']): boolean => steps.some((step) => step.id === id && step.state === 'done');
  const first = check?.hops[0];
  const last = check === null || check.hops.length < 2 ? undefined : check.hops.at(-1);
  const isLost = check !== null && !check.ok;
  return {
    hasLink: isDone('link'),
    out: {
      state: isDone('click') ? 'seen' : 'awaited',
      note: isDone('click') ? startWords.clickOut : startWords.clickAwaited,
      facts: first === undefined ? null : startWords.hopFacts(first.status, first.ms),
    },
    on: {
      state: isLost ? 'failed' : isDone('parameters') ? 'seen' : 'awaited',
      note: isLost ? startWords.lostThere : isDone('parameters') ? startWords.stillThere : startWords.notChecked,
      facts: last === undefined ? null : startWords.hopFacts(last.status, last.ms),
    },
    back: {
      state: isDone('conversion') ? 'seen' : 'awaited',
      note: isDone('conversion')
        ? startWords.conversionBack
        : isDone('testConversion')
          ? startWords.testBack
          : startWords.backAwaited,
      facts: null,
    },
  };
}
