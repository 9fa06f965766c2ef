import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { CanonicalParam } from '../rules/canonical-params.js';
import type { NetworkDefaults, NetworkMapping, RepeatPolicy } from '../network.schema.js';

export const PRESET_KINDS = ['tracker', 'affiliate-network', 'casino-platform', 'mmp', 'generic'] as const;
export type PresetKind = (typeof PRESET_KINDS)[number];

/** Limits of a network that matter for its setup. */
export interface PresetLimits {
  /** The network calls only `http://` URLs. */
  httpOnly: boolean;
  /** The network cannot send amounts: the payout is written into the URL or the network's defaults. */
  staticPayout: boolean;
  /** Known delay of its postbacks. */
  batched: string | null;
}

/** A postback URL to enter at the network: for one event if it has a field for each, else (`null`) for all. */
export interface PresetUrl {
  event: EventType | null;
  /** Canonical name → the network's macro, or a fixed value. */
  params: Partial<Record<CanonicalParam, string>>;
  note?: string;
}

/** A request as the network sends it, and its expected result. `<click_id>` stands for a genuine click id. */
export interface PresetSample {
  request: string | { query: string; body: string; contentType: string };
  verdict: 'accepted' | 'ignored' | 'rejected';
  reason?: string;
  event?: string;
  status?: string;
  payout?: string;
  txid?: string;
}

/** The known facts about a network, from a data file; see presets/ and CONTRIBUTING.md. */
export interface Preset {
  /** The file name without `.json`. */
  id: string;
  name: string;
  kind: PresetKind;
  /** Whether the facts come from the vendor's documentation or a public receiver's source code. */
  verified: boolean;
  /** Parts of a verified preset that are not verified. */
  unverifiedParts: string[];
  /** Source of the facts. */
  source: string;
  /** The query parameter in which links to the network carry the click id. */
  clickIdParam: string;
  /** The form of the network's macros, such as `{x}` or `#x#`. */
  macroSyntax: string;
  macros: Partial<Record<CanonicalParam, string>>;
  mapping: NetworkMapping;
  defaults: NetworkDefaults;
  repeats: Record<string, RepeatPolicy>;
  limits: PresetLimits;
  postbackUrls: PresetUrl[];
  /** Points to check after the setup. */
  checks: string[];
  samples: PresetSample[];
}
