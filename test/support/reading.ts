import { toHint } from '../../src/networks/rules/reading/hints.js';
import type { Parameter } from '../../src/networks/rules/reading/parameter.js';
import { readEvent } from '../../src/networks/rules/reading/read-event.js';
import type { EventReading, NetworkDialect, ReadEvent } from '../../src/networks/rules/reading/reading.js';

// Reads requests as a network without a preset sends them, for tests of the reading.

export const OURS = '0000010Wf8f3Qk2aZ81Qd7ZsTb4pX9y';
export const OTHER = '0000020Wf8f3Qk2aZ81Qd7ZsTb4pX9z';
export const generic: NetworkDialect = {
  mapping: { params: {}, events: {}, statuses: {} },
  defaults: { currency: 'USD' },
};
export const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

export const readAll = (parameters: readonly Parameter[], dialect = generic): EventReading =>
  readEvent(parameters, dialect, (value) => value === OURS || value === OTHER);
/** `<id>` stands for a click id of ours. */
export const read = (query: string, dialect = generic): EventReading =>
  readAll(
    [...new URLSearchParams(query.replaceAll('<id>', OURS))].map(([name, value]) => ({ name, value })),
    dialect,
  );
export const eventOf = (query: string, dialect = generic): ReadEvent => {
  const reading = read(query, dialect);
  if (reading.kind !== 'event') throw new Error(`${query}: ${reading.hint}`);
  return reading.event;
};
export const hintOf = (reading: EventReading): string =>
  reading.kind === 'event' ? (toHint(reading.notices) ?? '') : reading.hint;
export const codesOf = (query: string, dialect = generic): string[] =>
  read(query, dialect).notices.map(({ code }) => code);
export const withMapping = (mapping: Partial<NetworkDialect['mapping']>): NetworkDialect => ({
  ...generic,
  mapping: { ...generic.mapping, ...mapping },
});
