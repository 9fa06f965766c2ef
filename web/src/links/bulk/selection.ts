/** Selected rows, and the row from which a range begins. */
export interface Selection {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

export const NO_SELECTION: Selection = { ids: new Set(), anchor: null };

/** Selects a row, or takes it out. */
export function toggleRow({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Gives all rows from the last one to this one the state that this row gets. `order`: the ids as the list shows them. */
export function toggleRange(selection: Selection, id: string, order: readonly string[]): Selection {
  const { ids, anchor } = selection;
  const [from, to] = [anchor === null ? -1 : order.indexOf(anchor), order.indexOf(id)];
  if (from === -1 || to === -1) return toggleRow(selection, id);
  const next = new Set(ids);
  for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (ids.has(id)) next.delete(each);
    else next.add(each);
  }
  return { ids: next, anchor: id };
}

/** Selects all shown rows, or none if all are selected. */
export function toggleAll({ ids }: Selection, shown: readonly string[]): Selection {
  const areAll = shown.every((id) => ids.has(id));
  return { ids: areAll ? new Set() : new Set(shown), anchor: null };
}
