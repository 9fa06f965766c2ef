import { CONVERSION_STATUSES, EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import type { Preset, PresetLimits } from '../catalogue/preset.js';
import type { Network } from '../network.schema.js';
import { CANONICAL_PARAMS, type CanonicalParam } from './canonical-params.js';

/** The values that a network's postbacks can carry, as far as its preset knows. */
export interface NetworkSends {
  events: EventType[];
  /** A macro fills the event, so the network may also send words that are not in `events`. */
  hasOwnEvents: boolean;
  statuses: ConversionStatus[];
  /** Values that a macro of the network fills. */
  params: CanonicalParam[];
}

/** The limits of a preset, and the values for which the network has no macro. */
export interface NetworkLimits extends PresetLimits {
  noTransactionId: boolean;
  noPayout: boolean;
  noStatus: boolean;
  noPlayerId: boolean;
}

type Own = Pick<Network, 'mapping' | 'defaults'>;
const NOTHING: Own = { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} };

/** @param own the network's own mapping and defaults, which extend those of its preset. */
export function networkSends(preset: Preset, own: Own = NOTHING): NetworkSends {
  const params = filledParams(preset);
  return {
    events: eventsOf(preset, own, params),
    hasOwnEvents: params.includes('event'),
    statuses: statusesOf(preset, own, params),
    params,
  };
}

export function networkLimits(preset: Preset): NetworkLimits {
  const params = filledParams(preset);
  return {
    ...preset.limits,
    noTransactionId: !params.includes('txid'),
    noPayout: preset.limits.staticPayout || !params.includes('payout'),
    noStatus: !params.includes('status'),
    noPlayerId: !params.includes('player_id'),
  };
}

function filledParams({ macros, postbackUrls }: Preset): CanonicalParam[] {
  const known = new Set(Object.values(macros));
  return CANONICAL_PARAMS.filter((param) => postbackUrls.some(({ params }) => known.has(params[param] ?? '')));
}

function eventsOf({ mapping, defaults, postbackUrls }: Preset, own: Own, params: CanonicalParam[]): EventType[] {
  const ofUrls = postbackUrls.flatMap(({ event }) => event ?? []);
  const isForAll = ofUrls.length < postbackUrls.length;
  const words = isForAll ? Object.values({ ...mapping.events, ...own.mapping.events }) : [];
  const usual = own.defaults.event ?? defaults.event ?? 'sale';
  const found = new Set<string>([...ofUrls, ...words, ...(isForAll && !params.includes('event') ? [usual] : [])]);
  return EVENT_TYPES.filter((event) => found.has(event));
}

function statusesOf(preset: Preset, own: Own, params: CanonicalParam[]): ConversionStatus[] {
  const usual = own.defaults.status ?? preset.defaults.status ?? 'approved';
  const words = Object.values({ ...preset.mapping.statuses, ...own.mapping.statuses });
  const takesBack = Object.values({ ...preset.mapping.events, ...own.mapping.events }).includes('chargeback');
  // Without words of its own, the network uses those of the common vocabulary.
  const sent = !params.includes('status') ? [] : words.length === 0 ? CONVERSION_STATUSES : words;
  const found = new Set<string>([...sent, usual, ...(takesBack ? ['rejected'] : [])]);
  return CONVERSION_STATUSES.filter((status) => found.has(status));
}
