import type { ColumnId } from './column-choice';

/** The titles of the columns. */
export const columnWords: Readonly<Record<ColumnId | 'link' | 'acts', string>> = {
  link: 'Link',
  acts: 'Acts',
  state: 'State',
  humanClicks: 'Clicks',
  trend: 'Trend',
  uniqueClicks: 'Unique',
  bots: 'Bots',
  registrations: 'Reg',
  ftds: 'FTD',
  regToFtd: 'R→F',
  crFtd: 'CR',
  payout: 'Payout',
  epc: 'EPC',
  cost: 'Cost',
  profit: 'Profit',
  tags: 'Tags',
  createdAt: 'Created',
};
