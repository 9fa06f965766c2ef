import type { Schema } from '../api/client';

export type Conversion = Schema<'ConversionResponse'>;
export type ConversionStatus = Conversion['status'];
export type ConversionFlag = Conversion['flags'][number];

export const STATUS_NAMES: Readonly<Record<ConversionStatus, string>> = {
  approved: 'Approved',
  pending: 'Pending',
  rejected: 'Rejected',
};

/** Each flag: its short name, and the sentence behind it. */
export const FLAGS: Readonly<Record<ConversionFlag, { name: string; meaning: string }>> = {
  rate_missing: { name: 'No rate', meaning: 'There is no exchange rate for its day, so it has no revenue yet.' },
  before_click: { name: 'Before click', meaning: 'Its time is before that of the click.' },
  pixel_only: { name: 'Page only', meaning: 'Only a page has reported it so far, not the network.' },
  txid_reused: { name: 'Same transaction', meaning: 'Another click has the same transaction id.' },
  other_network: { name: 'Other network', meaning: 'A network other than that of the link reported it.' },
};

/** Texts of the conversions, their list and the sheets. */
export const conversionWords = {
  title: 'Conversions',
  conversion: 'Conversion',
  timeBy: 'Time that counts',
  byConversion: 'Conversion time',
  byClick: 'Click time',
  search: 'Find by txid, click id or player',
  filter: 'Filter',
  filterBy: 'Filter by',
  back: 'Back',
  findLink: 'Find a link',
  findNetwork: 'Find a network',
  noLinkFound: 'No link has these words.',
  noNetworkFound: 'No network has this name.',
  columns: {
    time: 'Time',
    clickTime: 'Click time',
    event: 'Event',
    status: 'Status',
    payout: 'Payout',
    revenue: (currency: string) => `Revenue ${currency}`,
    link: 'Link',
    network: 'Network',
    txid: 'Transaction',
    player: 'Player',
    country: 'Country',
    flags: 'Flags',
  },
  filters: {
    find: 'Search',
    status: 'Status',
    event: 'Event',
    network: 'Network',
    link: 'Link',
    flag: 'Flag',
    ftd: 'FTD',
  },
  ftdOnly: 'only',
  ftdOnlyLong: 'First deposits only',
  ftdTitle: 'The first deposit of the player',
  noClickTime: 'no click',
  noRate: 'no rate yet',
  waiting: (count: string) => `${count} new`,
  count: (count: string, isOne: boolean) => `${count} ${isOne ? 'conversion' : 'conversions'}`,
  ftds: (count: string) => `${count} FTD`,
  onlyNewest: 'Sums of the newest 100,000',
  totals: 'Totals',
  totalsHint: 'Sums by currency, as the networks reported them',
  expected: 'expected',
  list: 'Conversions, newest first',
  loadingMore: 'Loading more',
  end: 'That is all.',
  exportCsv: 'Export CSV',
  exportTitle: 'Downloads exactly the conversions of this list',
  importCsv: 'Import',
  newConversion: 'New conversion',
  emptyTitle: 'No conversions yet',
  emptyText:
    'A conversion comes with a postback of a network, from a page, or from a file. A test shows whether the way back works.',
  emptyNetworks: 'Connect a network',
  nothingTitle: 'Nothing for these filters',
  nothingInPeriod: 'No conversion in this period.',
  dropFilter: (name: string, value: string) => `Without ${name} is ${value}`,
  dropGives: (count: string) => `${count} match`,
  allTime: 'Show all time',
} as const;
