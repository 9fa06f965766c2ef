/**
 * A condition that matches fields containing one of these texts, in any case. The texts are matched literally, never as a
 * pattern, so that none is slower than another.
 */
export function containing(...texts: string[]): { $regex: string; $options: 'i' } {
  return { $regex: texts.map(escapeForRegex).join('|'), $options: 'i' };
}

function escapeForRegex(text: string): string {
  // MongoDB refuses a pattern that contains NUL.
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replaceAll('\0', String.raw`\x00`);
}
