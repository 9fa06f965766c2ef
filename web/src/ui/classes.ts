/** Joins class names; leaves out what does not apply. */
export function classes(...names: (string | false | undefined | null)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
