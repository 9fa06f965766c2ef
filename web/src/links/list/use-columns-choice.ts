import { useState } from 'react';
import { readStored, writeStored } from '../../app/storage';
import { type ColumnId, DEFAULT_COLUMNS, parseColumns } from './column-choice';

const STORED_AS = 'links-columns';

/** The chosen columns, as this browser remembers them. `undefined` goes back to the usual ones. */
export function useColumnsChoice(): [readonly ColumnId[], (columns: readonly ColumnId[] | undefined) => void] {
  const [columns, setColumns] = useState(() => readStored(STORED_AS, parseColumns) ?? DEFAULT_COLUMNS);
  return [
    columns,
    (chosen) => {
      setColumns(chosen ?? DEFAULT_COLUMNS);
      writeStored(STORED_AS, chosen);
    },
  ];
}
