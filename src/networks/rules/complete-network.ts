import type { Network, AnswerOptions, NetworkSecurity } from '../network.schema.js';

/** Far more than a network sends, and little enough to keep one that runs wild from slowing the others. */
const DEFAULT_RATE_PER_MINUTE = 60_000;

/** A network that nothing was said about its security lets everybody in who has the key. */
export const DEFAULT_SECURITY: NetworkSecurity = {
  ips: [],
  token: null,
  hmac: null,
  ratePerMinute: DEFAULT_RATE_PER_MINUTE,
};
export const DEFAULT_ANSWER: AnswerOptions = { alwaysOk: false, text: false };

/** A network as stored, perhaps by an earlier release that did not know all fields yet, with all of them. */
export function completeNetwork(stored: Network): Network {
  const {
    oldKey = null,
    pixelKey = null,
    preset = null,
    windows = {},
    transactions = 'click',
    dialectChangedAt = stored.createdAt,
  } = stored as Partial<Network> & Pick<Network, 'createdAt'>;
  return {
    ...stored,
    oldKey,
    pixelKey,
    preset,
    windows,
    transactions,
    dialectChangedAt,
    security: { ...DEFAULT_SECURITY, ...stored.security },
    answer: { ...DEFAULT_ANSWER, ...stored.answer },
  };
}
