import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { CanonicalParam } from '../rules/canonical-params.js';
import type { NetworkDefaults, NetworkMapping, RepeatPolicy } from '../network.schema.js';

export const PRESET_KINDS = ['tracker', 'affiliate-network', 'casino-platform', 'mmp', 'generic'] as const;
export type PresetKind = (typeof PRESET_KINDS)[number];

/** What a network can not do, which whoever sets it up must know. */
export interface PresetLimits {
  /** It calls `http://` only. */
  httpOnly: boolean;
  /** It can not say an amount: the payout is written into the URL or the network's defaults. */
  staticPayout: boolean;
  /** How late its postbacks come, where that is known. */
  batched: string | null;
}

/** A postback URL to paste: for one event where the network has a field for each, else (`null`) for all. */
export interface PresetUrl {
  event: EventType | null;
  /** Canonical name → the network's macro, or a fixed word. */
  params: Partial<Record<CanonicalParam, string>>;
  note?: string;
}

/** A request as the network sends it, and what must become of it. `<click_id>` stands for a genuine click id. */
export interface PresetSample {
  request: string | { query: string; body: string; contentType: string };
  verdict: 'accepted' | 'ignored' | 'rejected';
  reason?: string;
  event?: string;
  status?: string;
  payout?: string;
  txid?: string;
}

/** What is known of how a network speaks. A data file; see presets/ and CONTRIBUTING.md. */
export interface Preset {
  /** The name of its file. */
  id: string;
  name: string;
  kind: PresetKind;
  /** Whether its facts were read with the vendor (or in a public receiver's source). */
  verified: boolean;
  /** What of a verified preset is hearsay all the same. */
  unverifiedParts: string[];
  /** Where its facts were read. */
  source: string;
  /** The query parameter in which links to it carry the click id. */
  clickIdParam: string;
  /** How it writes macros, such as `{x}` or `#x#`. */
  macroSyntax: string;
  macros: Partial<Record<CanonicalParam, string>>;
  mapping: NetworkMapping;
  defaults: NetworkDefaults;
  repeats: Record<string, RepeatPolicy>;
  limits: PresetLimits;
  postbackUrls: PresetUrl[];
  /** What to check once it is set up. */
  checks: string[];
  samples: PresetSample[];
}
