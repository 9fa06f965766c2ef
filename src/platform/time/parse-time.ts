import { readTime } from './read-time.js';

/**
 * A point in time as `readTime` reads it. Without a zone it is UTC, never this machine's.
 * @returns `undefined` for what is not a time.
 */
export function parseTime(text: string): Date | undefined {
  const reading = readTime(text);
  return reading.kind === 'value' ? reading.time : undefined;
}
