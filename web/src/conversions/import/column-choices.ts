import type { Schema } from '../../api/client';

export type PreviewColumn = Schema<'PreviewColumnResponse'>;
export type ImportField = NonNullable<PreviewColumn['suggestedField']>;

/** The field of each column by its position; null: the column is ignored. */
export type ColumnChoices = ReadonlyMap<number, ImportField | null>;

/** The fields as suggested, with those that a mapping of the URL names instead. */
export function choicesFor(columns: readonly PreviewColumn[], mapping?: string): ColumnChoices {
  const choices = new Map(columns.map(({ position, suggestedField }) => [position, suggestedField]));
  for (const pair of mapping?.split(',') ?? []) {
    const [field, column = ''] = pair.split('=') as [ImportField, string?];
    const position = Number(/^#(\d+)$/.exec(column)?.[1] ?? 0);
    for (const [at, chosen] of choices) if (chosen === field) choices.set(at, null);
    if (choices.has(position)) choices.set(position, field);
  }
  return choices;
}

/** Reads a column as a field. The column that was read as it before is ignored: a field comes from one column. */
export function chooseField(choices: ColumnChoices, position: number, field: ImportField | null): ColumnChoices {
  const next = new Map(choices);
  for (const [at, chosen] of choices) if (field !== null && chosen === field) next.set(at, null);
  next.set(position, field);
  return next;
}

/**
 * The `mapping` of the API: only what differs from how the file is read without one. A column whose values are click ids is
 * always named, because its name alone would not be understood.
 */
export function mappingOf(columns: readonly PreviewColumn[], choices: ColumnChoices): string | undefined {
  const chosen = new Map(
    [...choices].flatMap(([position, field]) => (field === null ? [] : [[field, position] as const])),
  );
  const pairs = columns.flatMap(({ position, suggestedField, reason }) => {
    const field = choices.get(position) ?? null;
    const isSuggested = field === suggestedField && reason !== 'click_ids';
    const dropped = suggestedField !== null && !chosen.has(suggestedField) ? [`${suggestedField}=(none)`] : [];
    return [...(field === null || isSuggested ? [] : [`${field}=#${position}`]), ...dropped];
  });
  const unique = [...new Set(pairs)];
  return unique.length === 0 ? undefined : unique.join(',');
}

/** Whether rows can find their click: by a click id, or by a transaction that is known already. */
export function hasOwner(choices: ColumnChoices): boolean {
  return [...choices.values()].some((field) => field === 'click_id' || field === 'txid' || field === 'link_id');
}
