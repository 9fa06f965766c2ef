import { ProblemException } from '../platform/http/problems/problem.js';
import type { CanonicalParam } from './rules/canonical-params.js';
import type { Network } from './network.schema.js';
import type { PresetCatalogue } from './catalogue/preset-catalogue.service.js';
import { dialectOf } from './rules/reading/dialect-of.js';
import { Reader } from './rules/reading/reader.js';

type Signing = Pick<Network, 'mapping' | 'defaults' | 'preset' | 'security'>;

/**
 * The signature is not signed itself, so nothing may be read from the parameter that carries it: else its sender could change
 * a transaction id and the signature would still be right.
 * @param before the network as it was; a name that was taken before this was checked may stay.
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
  const message = `"${after.security.hmac?.param}" is read as ${meaning} at this network: name a parameter that carries nothing but the signature`;
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
