import type { Schema } from '../../api/client';

/** A word of a file that the mapping of its network does not know. */
export interface UnmappedWord {
  kind: 'events' | 'statuses';
  word: string;
}

/** The hint of the API quotes the word; `…` ends one that was cut. */
const QUOTED = /^The (?:event|status) "([^"…]+)" is not mapped/;

/** The words for which rows were rejected, each once. */
export function unmappedWords(
  problems: readonly Pick<Schema<'ImportRowResponse'>, 'reason' | 'hint'>[],
): UnmappedWord[] {
  const found = new Map<string, UnmappedWord>();
  for (const { reason, hint } of problems) {
    const [, word] = QUOTED.exec(hint ?? '') ?? [];
    if (word === undefined || (reason !== 'unmapped_event' && reason !== 'unmapped_status')) continue;
    const kind = reason === 'unmapped_event' ? 'events' : 'statuses';
    found.set(`${kind} ${word}`, { kind, word });
  }
  return [...found.values()];
}
