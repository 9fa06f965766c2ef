import type { Schema } from '../../api/client';
import type { GallerySegment } from '../networks-search';
import { networksWords } from '../networks-words';

export type Preset = Schema<'NetworkPresetResponse'>;
export type Network = Schema<'NetworkResponse'>;

/** The preset for networks that have none of their own. */
export const CUSTOM_PRESET = 'generic';

/** How certain the facts of a preset are. `open`: number of parts that are not verified. */
export interface Certainty {
  state: 'verified' | 'partly' | 'unverified';
  open: number;
}

export function certaintyOf({ verified, unverifiedParts }: Pick<Preset, 'verified' | 'unverifiedParts'>): Certainty {
  if (!verified) return { state: 'unverified', open: 0 };
  return { state: unverifiedParts.length === 0 ? 'verified' : 'partly', open: unverifiedParts.length };
}

/** Two letters at most: `Income Access` is IA, `MyAffiliates` MA, `TUNE (HasOffers)` TU, `Voluum` V. */
export function initialsOf(name: string): string {
  const words = name
    .replaceAll(/\([^)]*\)/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = '', second] = words.map((word) => [...word]);
  if (first.length === 0) return '?';
  if (second !== undefined) return `${first[0]}${second[0]}`.toUpperCase();
  const word = [...first].join('');
  if (word.length > 1 && word === word.toUpperCase() && /\p{L}/u.test(word)) return [...first].slice(0, 2).join('');
  const nextCapital = [...first].slice(1).find((letter) => /\p{Lu}/u.test(letter)) ?? '';
  return `${first[0]}${nextCapital}`.toUpperCase();
}

/** The limits that a person wants to know before they choose a network. */
export function limitTags({ httpOnly, noPayout, batched }: Preset['limits']): string[] {
  const { limits } = networksWords;
  return [httpOnly && limits.httpOnly, noPayout && limits.noAmounts, batched !== null && limits.batched].filter(
    (tag) => tag !== false,
  );
}

const KINDS: Readonly<Record<Exclude<GallerySegment, 'all' | 'yours'>, Preset['kind']>> = {
  casino: 'casino-platform',
  affiliate: 'affiliate-network',
  tracker: 'tracker',
};

/** The presets of a segment that contain each word of the text, in name, kind or click-id parameter. */
export function filterPresets(presets: readonly Preset[], segment: GallerySegment, text: string): Preset[] {
  if (segment === 'yours') return [];
  return presets.filter(
    ({ id, name, kind, clickIdParam }) =>
      id !== CUSTOM_PRESET &&
      (segment === 'all' || kind === KINDS[segment]) &&
      hasWords(`${name} ${id} ${networksWords.kinds[kind]} ${clickIdParam}`, text),
  );
}

/** The networks of the workspace: in their own segment, and in all where the text finds them. */
export function filterNetworks(networks: readonly Network[], segment: GallerySegment, text: string): Network[] {
  if (segment !== 'yours' && (segment !== 'all' || text.trim() === '')) return [];
  return networks.filter(({ id, name, presetName }) => hasWords(`${name} ${presetName ?? ''} ${id}`, text));
}

function hasWords(searched: string, text: string): boolean {
  const within = searched.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}
