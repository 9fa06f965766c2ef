import { readTime } from './read-time.js';

/**
 * The point in time that `readTime` finds. A text without a zone is UTC, never the zone of this machine.
 * @returns `undefined` when the text is not a time.
 */
export function parseTime(text: string): Date | undefined {
  const reading = readTime(text);
  return reading.kind === 'value' ? reading.time : undefined;
}
