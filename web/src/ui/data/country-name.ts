let regionNames: Intl.DisplayNames | undefined;

/** `MT` → `Malta`; a code that ISO 3166 does not know stays as it is. */
export function countryName(code: string): string {
  try {
    regionNames ??= new Intl.DisplayNames('en', { type: 'region' });
    return regionNames.of(code) ?? code;
  } catch {
    return code;
  }
}
