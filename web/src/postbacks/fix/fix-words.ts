import { formatCount } from '../../ui/data/money-format';
import type { Schema } from '../../api/client';

type EventType = Schema<'EventEffectResponse'>['eventType'];

/** `47 postbacks`, `1 postback` */
function postbacks(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'postback' : 'postbacks'}`;
}

/** Texts of the card that mends a mapping, and of its run. Names and values in backticks are drawn as code. */
export const fixWords = {
  take: (name: string, meaning: string) => `Take \`${name}\` for ${meaning}`,
  takeWord: (field: 'events' | 'statuses', word: string) =>
    `Say what the ${field === 'events' ? 'event' : 'status'} \`${word}\` means`,
  scope: (network: string, waiting: number) =>
    waiting === 0
      ? `For all postbacks of ${network}, from now on.`
      : `For all postbacks of ${network}, from now on, and for the ${formatCount(waiting)} that wait.`,
  readFrom: (meaning: string) => `${meaning} is read from`,
  othersAfter: (names: readonly string[]) => (names.length === 0 ? '' : `, then ${names.join(', ')}`),
  nothingYet: 'nothing',
  parameters: {
    click_id: 'the click id',
    event: 'the event',
    status: 'the status',
    payout: 'the payout',
    currency: 'the currency',
    txid: 'the transaction id',
    player_id: 'the player id',
    time: 'the time of the event',
  } as Readonly<Record<string, string>>,
  and: ' and ',
  meaning: 'Meaning',
  choose: 'Choose a meaning',
  meanings: {
    registration: 'Registration',
    ftd: 'FTD, the first deposit',
    deposit: 'Deposit',
    qualified: 'Qualified player',
    sale: 'Sale',
    rebill: 'Rebill',
    revshare: 'Revenue share',
    lead: 'Lead',
    install: 'Install',
    withdrawal: 'Withdrawal',
    chargeback: 'Chargeback: takes a conversion back',
  } satisfies Record<EventType | 'chargeback', string>,
  statusMeanings: {
    approved: 'Approved',
    pending: 'Pending',
    rejected: 'Rejected',
    ignore: 'Ignore it',
  },
  events: {
    registration: 'Registrations',
    ftd: 'FTDs',
    deposit: 'Deposits',
    qualified: 'Qualified',
    sale: 'Sales',
    rebill: 'Rebills',
    revshare: 'Revenue share',
    lead: 'Leads',
    install: 'Installs',
    withdrawal: 'Withdrawals',
  } satisfies Record<EventType, string>,
  wouldCount: 'Would count',
  ofWaiting: (waiting: number, isComplete: boolean) =>
    `of ${isComplete ? formatCount(waiting) : `the ${formatCount(waiting)} oldest`} that wait`,
  onLinks: (links: number) => `on ${formatCount(links)} ${links === 1 ? 'link' : 'links'}`,
  byStatus: (parts: readonly [count: number, status: string][]) =>
    parts
      .filter(([count]) => count > 0)
      .map(([count, status]) => `${formatCount(count)} ${status}`)
      .join(', '),
  payout: 'Payout',
  noPayout: 'No money in them',
  approved: (amount: string) => `${amount} approved`,
  pending: (amount: string) => `${amount} pending`,
  rejected: (amount: string) => `${amount} rejected`,
  noneWaits: 'None waits for this. Later ones are read with it.',
  map: (name: string, count: number) => (count === 0 ? `Map ${name}` : `Map ${name}, run ${formatCount(count)} again`),
  mapping: 'Mapping…',
  show: (waiting: number) => `Show the ${formatCount(waiting)}`,
  stay: (count: number, reasons: string) =>
    `${formatCount(count)} ${count === 1 ? 'stays' : 'stay'} rejected: ${reasons}.`,
  isUnmapped: (word: string) => `\`${word}\` is unmapped`,
  code: (reason: string) => `\`${reason}\``,
  andMore: (count: number) => `${formatCount(count)} more reasons`,
  undoFor: 'Undo for 10 s.',
  undo: 'Undo',
  runNow: 'Run now',
  mapped: 'Mapped',
  mappedAndRuns: (count: number) => `Mapped. ${postbacks(count)} run again in 10 s.`,
  runsIn: (count: number, seconds: number) =>
    `${formatCount(count)} run again in ${formatCount(Math.max(0, seconds))} s`,
  undone: 'Undone. The mapping is as before.',
  runs: (total: number, done: number) =>
    total === 0 ? 'The run begins…' : `${formatCount(total)} run again: ${formatCount(done)} of ${formatCount(total)}`,
  hasRun: (total: number) => `${postbacks(total)} run again`,
  noneRan: 'Mapped. None waited.',
  close: 'Close',
  cannotMap: 'A member who may change networks can map it.',
} as const;
