import { type CountedClick, type Dimension, DIMENSIONS, fieldName, OTHER } from './click-aggregate.js';

interface Counts {
  b?: number;
}

/** The bot counts of a row of a link's quarter of an hour. */
export interface BotRow extends Counts {
  by?: Record<string, Record<string, Counts>>;
}

/**
 * The additions to a link's quarter of an hour when a click moves from the bots to the humans.
 * @param rows all rows of that quarter. A value may be counted under its own name or under `OTHER`.
 * @param isLongStored the click is certainly counted; dimensions that the rows do not contain stay unchanged.
 * @returns undefined when the rows do not contain the click yet.
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

/** The number of bots in all rows. */
function sumOf(rows: readonly BotRow[], dimension?: Dimension, field = ''): number {
  return rows.reduce((sum, row) => {
    const counts = dimension === undefined ? row : row.by?.[dimension]?.[field];
    return sum + (counts?.b ?? 0);
  }, 0);
}
