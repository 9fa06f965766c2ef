import type { FaultOptions } from './options.js';
import type { Random } from './random.js';

/** The kinds of faults; `faults.ts` implements each one. */
export const FAULT_NAMES = [
  'app',
  'app-twice',
  'app-in-start',
  'app-with-helpers',
  'helper',
  'mongodb-kill',
  'mongodb-freeze',
  'mongodb-kill-while-draining',
  'app-while-mongodb-frozen',
  'app-while-mongodb-dead',
  'redis-kill',
  'redis-freeze',
  'app-while-redis-frozen',
  'both-kill',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface PlannedFault {
  name: FaultName;
  /** It begins when this many clicks have been answered. */
  afterClicks: number;
}

/** The minimum that a run must contain to count. */
export interface Floor {
  appKills: number;
  mongodbFaults: number;
  redisFaults: number;
}

const SHORT: Partial<Record<FaultName, number>> = {
  app: 1,
  'app-with-helpers': 1,
  helper: 1,
  'app-while-mongodb-frozen': 1,
  'mongodb-kill-while-draining': 1,
  'redis-kill': 1,
  'redis-freeze': 1,
};
const LONG: Partial<Record<FaultName, number>> = {
  app: 5,
  'app-with-helpers': 5,
  'app-twice': 2,
  'app-in-start': 1,
  helper: 3,
  'mongodb-kill': 2,
  'mongodb-freeze': 2,
  'mongodb-kill-while-draining': 2,
  'app-while-mongodb-frozen': 2,
  'app-while-mongodb-dead': 2,
  'redis-kill': 2,
  'redis-freeze': 1,
  'app-while-redis-frozen': 1,
  'both-kill': 1,
};

/** The faults of a run in the order of their coming, the same for the same seed. */
export function planFaults({ edition, clicks }: FaultOptions, random: Random): PlannedFault[] {
  const counts = edition === 'long' ? LONG : SHORT;
  const names = random.shuffled(FAULT_NAMES.flatMap((name) => Array.from({ length: counts[name] ?? 0 }, () => name)));
  // Each somewhere in a share of its own, so that between any two of them there is some quiet, and after the last one.
  const share = clicks / (names.length + 1);
  return names.map((name, index) => ({
    name,
    afterClicks: Math.round(share * (index + random.between(0.3, 0.9))),
  }));
}

export function floorOf({ edition }: FaultOptions): Floor {
  return edition === 'long'
    ? { appKills: 20, mongodbFaults: 6, redisFaults: 4 }
    : { appKills: 3, mongodbFaults: 2, redisFaults: 2 };
}
