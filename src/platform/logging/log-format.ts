/** The form of log lines: text for people, or JSON. `auto` is text on a terminal. */
export type LogFormat = 'pretty' | 'json' | 'auto';

export function isPretty(format: LogFormat, isTerminal: boolean): boolean {
  return format === 'auto' ? isTerminal : format === 'pretty';
}
