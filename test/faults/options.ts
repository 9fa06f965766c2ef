/** The options of a fault run. */
export interface FaultOptions {
  edition: 'short' | 'long';
  /** Clicks that must be answered before the run ends. */
  clicks: number;
  /** Decides order, moments and lengths of the faults, and who clicks what. */
  seed: number;
  connections: number;
  links: number;
  /** Requests a second while all is well; 0: as fast as the answers come. */
  steadyRate: number;
  /** The rate while a store is out. Latency has no meaning on a saturated machine. */
  outageRate: number;
  /** "Try again" must come sooner than people go away; the short edition has to bear busy machines. */
  putOffMs: number;
}

const SHORT = { clicks: 20_000, steadyRate: 1_500, outageRate: 1_000, putOffMs: 15_000 };
const LONG = { clicks: 1_000_000, steadyRate: 0, outageRate: 2_000, putOffMs: 5_000 };

/**
 * `HOPBACK_FAULTS=long` chooses the long edition; `HOPBACK_FAULTS_CLICKS` and `HOPBACK_FAULTS_SEED` are what
 * `npm run test:faults -- --clicks … --seed …` sets.
 * @throws Error that names the variable which is malformed.
 */
export function readOptions(env: NodeJS.ProcessEnv): FaultOptions {
  const edition = env['HOPBACK_FAULTS'] || 'short';
  if (edition !== 'short' && edition !== 'long') throw new Error('HOPBACK_FAULTS is "short" or "long"');
  const defaults = edition === 'long' ? LONG : SHORT;
  return {
    edition,
    ...defaults,
    clicks: wholeNumber(env, 'HOPBACK_FAULTS_CLICKS', defaults.clicks),
    seed: wholeNumber(env, 'HOPBACK_FAULTS_SEED', 1),
    connections: 64,
    links: 200,
  };
}

/** How long a run may take, in milliseconds. Generous: what is slow must be seen in the figures, not cut off. */
export function patience({ clicks }: FaultOptions): number {
  return 300_000 + 4 * clicks;
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name] || String(otherwise);
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new Error(`${name} is a whole number above 0`);
  return Number(text);
}
