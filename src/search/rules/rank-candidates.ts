import type { SearchCandidate, SearchKind } from './candidate.js';
import { SEARCH_KINDS } from './candidate.js';

/** How well a candidate matches, best first. */
export const MATCHES = ['id', 'exact', 'prefix', 'contained'] as const;
export type Match = (typeof MATCHES)[number];

/**
 * The best candidates: ids, then exact values, prefixes and contained texts. Within one of these, the kinds take turns, so
 * that many links do not hide the only network. Each thing is named once, by its best match.
 * @param candidates of one kind in the order of preference.
 * @param needles the text, and other forms of it.
 */
export function rankCandidates(
  candidates: readonly SearchCandidate[],
  needles: readonly string[],
  limit: number,
): SearchCandidate[] {
  const lowered = needles.map(toComparable);
  const best = new Map<string, { candidate: SearchCandidate; rank: number }>();
  for (const candidate of candidates) {
    const rank = MATCHES.indexOf(matchOf(candidate, lowered));
    const known = best.get(candidate.url);
    if (known === undefined || rank < known.rank) best.set(candidate.url, { candidate, rank });
  }
  const places = new Map<string, number>();
  const ranked = [...best.values()].map(({ candidate, rank }) => {
    const group = `${rank} ${candidate.kind}`;
    const turn = places.get(group) ?? 0;
    places.set(group, turn + 1);
    return { candidate, rank, turn };
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.turn - b.turn || orderOf(a.candidate.kind) - orderOf(b.candidate.kind))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function matchOf({ id, match, texts }: SearchCandidate, needles: readonly string[]): Match {
  if (needles.includes(toComparable(id))) return 'id';
  const compared = texts.map(toComparable);
  const found = (test: (text: string, needle: string) => boolean): boolean =>
    compared.some((text) => needles.some((needle) => test(text, needle)));
  if (match === 'exact' || found((text, needle) => text === needle)) return 'exact';
  return found((text, needle) => text.startsWith(needle)) ? 'prefix' : 'contained';
}

function toComparable(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function orderOf(kind: SearchKind): number {
  return SEARCH_KINDS.indexOf(kind);
}
