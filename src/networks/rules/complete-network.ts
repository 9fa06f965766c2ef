import type { Network, AnswerOptions, NetworkSecurity } from '../network.schema.js';

/** Far more than a network normally sends, but low enough that a faulty network does not slow the others. */
const DEFAULT_RATE_PER_MINUTE = 60_000;

/** Without security settings, the key alone is enough. */
export const DEFAULT_SECURITY: NetworkSecurity = {
  ips: [],
  token: null,
  hmac: null,
  ratePerMinute: DEFAULT_RATE_PER_MINUTE,
};
export const DEFAULT_ANSWER: AnswerOptions = { alwaysOk: false, text: false };

/** Adds the fields that an earlier release did not store. */
export function completeNetwork(stored: Network): Network {
  const {
    oldKey = null,
    pixelKey = null,
    preset = null,
    windows = {},
    transactions = 'click',
    checksDone = [],
    dialectChangedAt = stored.createdAt,
  } = stored as Partial<Network> & Pick<Network, 'createdAt'>;
  return {
    ...stored,
    oldKey,
    pixelKey,
    preset,
    windows,
    transactions,
    checksDone,
    dialectChangedAt,
    security: { ...DEFAULT_SECURITY, ...stored.security },
    answer: { ...DEFAULT_ANSWER, ...stored.answer },
  };
}
