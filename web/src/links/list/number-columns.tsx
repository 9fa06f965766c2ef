import type { ReactNode } from 'react';
import type { LinkNumbers } from '../link-numbers';
import type { MetricSort } from '../links-search';
import type { ColumnId } from './column-choice';
import { columnWords } from './column-words';
import { Amount, Count, Epc, Payout, Share } from './number-cells';

interface NumberColumn {
  id: ColumnId;
  sortBy: MetricSort;
  /** The header gets the unit: the currency, or percent. */
  unit?: 'money' | 'percent';
  cell: (numbers: LinkNumbers) => ReactNode;
}

/** The columns with numbers of the period. */
export const NUMBER_COLUMNS: readonly NumberColumn[] = [
  { id: 'humanClicks', sortBy: 'humanClicks', cell: (n) => <Count value={n.humanClicks} /> },
  { id: 'uniqueClicks', sortBy: 'uniqueClicks', cell: (n) => <Count value={n.uniqueClicks} /> },
  { id: 'bots', sortBy: 'botPercent', unit: 'percent', cell: (n) => <Share part={n.botClicks} whole={n.clicks} /> },
  { id: 'registrations', sortBy: 'registrations', cell: (n) => <Count value={n.registrations} /> },
  { id: 'ftds', sortBy: 'ftds', cell: (n) => <Count value={n.ftds} /> },
  { id: 'regToFtd', sortBy: 'regToFtd', unit: 'percent', cell: (n) => <Share part={n.ftds} whole={n.registrations} /> },
  { id: 'crFtd', sortBy: 'crFtd', unit: 'percent', cell: (n) => <Share part={n.ftds} whole={n.humanClicks} /> },
  { id: 'payout', sortBy: 'revenue', unit: 'money', cell: (n) => <Payout numbers={n} /> },
  { id: 'epc', sortBy: 'epc', unit: 'money', cell: (n) => <Epc numbers={n} /> },
  { id: 'cost', sortBy: 'cost', unit: 'money', cell: (n) => <Amount value={n.cost} /> },
  { id: 'profit', sortBy: 'profit', unit: 'money', cell: (n) => <Amount value={n.profit} isChange /> },
];

/** The title of a column with its unit, which its cells leave out. */
export function columnTitle({ id, unit }: Pick<NumberColumn, 'id' | 'unit'>, currency: string): string {
  if (unit === 'money' && currency !== '') return `${columnWords[id]}, ${currency}`;
  return unit === 'percent' ? `${columnWords[id]}, %` : columnWords[id];
}
