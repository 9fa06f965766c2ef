import type { Preset } from '../catalogue/preset.js';

/** Points to check after the setup of a network with this preset; its limits come first. */
export function networkChecks(preset: Preset | undefined): string[] {
  if (!preset) return [];
  const { limits, unverifiedParts, verified, checks } = preset;
  const warnings = [
    !verified && 'This preset is unverified: it comes from general knowledge, not from the vendor.',
    verified && unverifiedParts.length > 0 && `Not verified with the vendor: ${unverifiedParts.join('; ')}.`,
    limits.httpOnly &&
      'It calls http:// only: the postback URL must be reachable without HTTPS and without a redirect.',
    limits.staticPayout && 'It sends no amounts: write the payout into the URL or into defaults.payout.',
    limits.batched !== null && `Its postbacks come late: ${limits.batched}.`,
  ];
  return [...warnings.filter((warning) => warning !== false), ...checks];
}

/**
 * The ticked checks. They are stored by their texts: a check whose text has changed must be done again, and checks that
 * were added or moved leave the others ticked. Places in the list would tick a wrong check after such a change.
 */
export function checksDone(stored: readonly string[], preset: Preset | undefined): string[] {
  const done = new Set(stored);
  return networkChecks(preset).filter((check) => done.has(check));
}
