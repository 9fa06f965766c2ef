import { pino } from 'pino';

const MAX_TEXT = 1_000;
const MAX_STACK = 4_000;

/** An error as it is logged: with all that pino says of it, each part cut. Some errors hold the documents they are about. */
export function boundedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const parts = Object.entries(pino.stdSerializers.err(error) as object);
  return Object.fromEntries(
    parts.map(([name, value]) => [name, bounded(value, name === 'stack' ? MAX_STACK : MAX_TEXT)]),
  );
}

function bounded(value: unknown, max: number): unknown {
  if (typeof value === 'string') return cut(value, max);
  if (typeof value !== 'object' || value === null) return value;
  const text = textOf(value);
  return text.length > max ? cut(text, max) : value;
}

function textOf(value: object): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
