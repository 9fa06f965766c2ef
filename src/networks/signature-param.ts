import { ProblemException } from '../platform/http/problems/problem.js';
import type { CanonicalParam } from './rules/canonical-params.js';
import type { Network } from './network.schema.js';
import type { PresetCatalogue } from './catalogue/preset-catalogue.service.js';
import { dialectOf } from './rules/reading/dialect-of.js';
import { Reader } from './rules/reading/reader.js';

type Signing = Pick<Network, 'mapping' | 'defaults' | 'preset' | 'security'>;

/**
 * The signature does not sign its own parameter, so no value may be read from that parameter. Otherwise a sender could
 * change a transaction id and the signature would still be valid.
 * @param before the network before the change; a name from before this check existed may stay.
 * @throws ProblemException
 */
export function assertSignatureIsUnread(
  before: Signing | undefined,
  after: Signing,
  presets: Pick<PresetCatalogue, 'find'>,
): void {
  const meaning = meaningOfSignature(after, presets);
  const isAsBefore = before?.security.hmac?.param === after.security.hmac?.param;
  if (meaning === null || (before && isAsBefore && meaningOfSignature(before, presets) !== null)) return;
  const message = `"${after.security.hmac?.param}" is read as ${meaning} at this network: choose a parameter that has only the signature`;
  throw ProblemException.invalid({ path: 'security.hmac.param', code: 'param_is_read', message });
}

function meaningOfSignature(
  { security: { hmac }, ...network }: Signing,
  presets: Pick<PresetCatalogue, 'find'>,
): CanonicalParam | null {
  if (hmac === null) return null;
  const reader = new Reader([{ name: hmac.param, value: 'x' }], dialectOf(network, presets.find(network.preset)));
  return reader.meaningOf(reader.sent[0]?.key ?? '');
}
