import { type CountedClick, type Dimension, DIMENSIONS, fieldName, OTHER } from './click-aggregate.js';

interface Counts {
  b?: number;
}

/** A row of a link's quarter of an hour, as far as bots are counted in it. */
export interface BotRow extends Counts {
  by?: Record<string, Record<string, Counts>>;
}

/**
 * What to add to a link's quarter of an hour when a click that was counted as a bot's is a person's.
 * @param rows all rows of that quarter. A value may be counted under its own name or among the others.
 * @param isLongStored the click is counted for certain; what is not found in the rows is left as it is.
 * @returns undefined when the rows do not have the click yet.
 */
export function moveToHuman(
  click: CountedClick,
  rows: readonly BotRow[],
  isLongStored: boolean,
): Record<string, number> | undefined {
  if (sumOf(rows) < 1 && !isLongStored) return undefined;
  const additions: Record<string, number> = {};
  move(additions, '', click.isUnique);
  for (const dimension of DIMENSIONS) {
    const value = click.dimensions[dimension];
    if (value === undefined || value === null || value === '') continue;
    const field = [fieldName(value), OTHER].find((name) => sumOf(rows, dimension, name) >= 1);
    if (field !== undefined) move(additions, `by.${dimension}.${field}.`, click.isUnique);
    else if (!isLongStored) return undefined;
  }
  return additions;
}

function move(additions: Record<string, number>, prefix: string, isUnique: boolean): void {
  additions[`${prefix}h`] = 1;
  additions[`${prefix}b`] = -1;
  if (isUnique) additions[`${prefix}u`] = 1;
}

/** Bots that are counted in all rows together. */
function sumOf(rows: readonly BotRow[], dimension?: Dimension, field = ''): number {
  return rows.reduce((sum, row) => {
    const counts = dimension === undefined ? row : row.by?.[dimension]?.[field];
    return sum + (counts?.b ?? 0);
  }, 0);
}
