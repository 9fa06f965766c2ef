import { linkWords } from './link-words';

const MAX_LENGTH = 120;

interface ChangedField {
  field: string;
  from: string;
  to: string;
}

/** The fields that a change has touched, with their values as short texts. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ChangedField[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, from: asText(before[field]), to: asText(after[field]) }))
    .filter(({ from, to }) => from !== to);
}

function asText(value: unknown): string {
  if (value === null || value === undefined || value === '') return linkWords.empty;
  if (Array.isArray(value) && value.length === 0) return linkWords.empty;
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  const text = typeof value === 'string' ? value : isList ? value.join(', ') : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
