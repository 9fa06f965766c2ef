export const IMPORT_COLUMNS = [
  'click_id',
  'link_id',
  'event',
  'status',
  'payout',
  'currency',
  'txid',
  'player_id',
  'time',
  'note',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** Where each column stands in a row. */
export type ColumnPlaces = Partial<Record<ImportColumn, number>>;

/** What columns are called, without case and without what is no letter or digit; the first that is there counts. */
const NAMES: Record<ImportColumn, readonly string[]> = {
  click_id: ['clickid', 'click', 'subid', 'affclickid'],
  link_id: ['linkid', 'link'],
  event: ['event', 'eventtype', 'eventname', 'goal', 'type', 'action'],
  status: ['status', 'conversionstatus', 'convstatus', 'state'],
  payout: ['payout', 'payoutamount', 'amount', 'sum', 'commission', 'revenue', 'price', 'value'],
  currency: ['currency', 'payoutcurrency', 'currencycode'],
  txid: ['txid', 'transactionid', 'transaction', 'tid', 'orderid', 'conversionid'],
  player_id: ['playerid', 'player', 'userid', 'customerid'],
  time: ['time', 'convertedat', 'eventtime', 'conversiontime', 'datetime', 'timestamp', 'date'],
  note: ['note', 'notes', 'comment'],
};

export interface HeaderReading {
  places: ColumnPlaces;
  /** Names of columns that nothing is known about. */
  ignored: string[];
}

/** What the header row says. */
export function readHeader(names: readonly string[]): HeaderReading {
  const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const places: ColumnPlaces = {};
  for (const column of IMPORT_COLUMNS) {
    const place = NAMES[column].map((name) => plain.indexOf(name)).find((at) => at >= 0);
    if (place !== undefined) places[column] = place;
  }
  const taken = new Set(Object.values(places));
  return { places, ignored: names.filter((_, i) => !taken.has(i)) };
}
