/**
 * A condition that matches fields containing one of these texts, in any case. The texts are matched literally, never as a
 * pattern, so that none is slower than another.
 */
export function containing(...texts: string[]): { $regex: string; $options: 'i' } {
  return { $regex: texts.map(escapeForRegex).join('|'), $options: 'i' };
}

/** A condition that matches texts beginning with this one, in the same case. An index serves it as a range. */
export function startingWith(text: string): { $gte: string; $lt: string } {
  return { $gte: text, $lt: `${text}\u{10ffff}` };
}

function escapeForRegex(text: string): string {
  // MongoDB refuses a pattern that contains NUL.
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replaceAll('\0', String.raw`\x00`);
}
