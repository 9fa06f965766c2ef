import type { Schema } from '../../api/client';
import type { Network } from '../gallery/gallery-entries';

type NetworkPatch = Schema<'UpdateNetworkRequest'>;

/** A row of the editor: a word that the network sends, and its meaning. */
export interface WordRow {
  /** Tells rows apart while their words change. */
  key: number;
  word: string;
  meaning: string;
}

export const WORD_LISTS = ['params', 'events', 'statuses', 'currencies', 'windows'] as const;
export type WordList = (typeof WORD_LISTS)[number];

export const REPEATABLE = ['deposit', 'sale', 'rebill'] as const;

/** How requests are read, as the editor holds it: lists in rows, numbers as typed. */
export interface MappingDraft extends Record<WordList, readonly WordRow[]> {
  charset: string;
  defaults: { event: string; status: string; currency: string; payout: string };
  repeats: Record<(typeof REPEATABLE)[number], 'count' | 'ignore'>;
  transactions: 'click' | 'network';
  clickIdParam: string;
}

/** The fields of a network that the editor changes. */
export type EditedNetwork = Pick<
  Network,
  'mapping' | 'defaults' | 'repeats' | 'transactions' | 'windows' | 'clickIdParam'
>;

let lastKey = 0;
export function newRow(word = '', meaning = ''): WordRow {
  return { key: ++lastKey, word, meaning };
}

export function draftOf({ mapping, defaults, repeats, transactions, windows, clickIdParam }: EditedNetwork): MappingDraft {
  const rows = (words: object = {}): WordRow[] =>
    Object.entries(words).map(([word, meaning]) => newRow(word, String(meaning)));
  return {
    params: Object.entries(mapping.params).flatMap(([canonical, names]) => names.map((name) => newRow(name, canonical))),
    events: rows(mapping.events),
    statuses: rows(mapping.statuses),
    currencies: rows(mapping.currencies),
    windows: Object.entries(windows).map(([event, days]) => newRow(String(days), event)),
    charset: mapping.charset ?? '',
    defaults: {
      event: defaults.event ?? '',
      status: defaults.status ?? '',
      currency: defaults.currency ?? '',
      payout: defaults.payout ?? '',
    },
    repeats: Object.fromEntries(
      REPEATABLE.map((event) => [event, repeats[event] === 'count' ? 'count' : 'ignore']),
    ) as MappingDraft['repeats'],
    transactions,
    clickIdParam,
  };
}

/** The body of a PATCH that makes the network as the draft says. Rows without a word are left out. */
export function patchOf(draft: MappingDraft): NetworkPatch {
  const { charset, clickIdParam, transactions } = draft;
  const params: Record<string, string[]> = {};
  for (const { word, meaning } of filled(draft.params)) params[meaning] = [...(params[meaning] ?? []), word];
  const currencies = wordsOf(draft.currencies);
  const repeats = Object.entries(draft.repeats).filter(([, policy]) => policy === 'count');
  return {
    mapping: {
      params,
      events: wordsOf(draft.events),
      statuses: wordsOf(draft.statuses),
      ...(Object.keys(currencies).length > 0 && { currencies }),
      ...(charset.trim() !== '' && { charset: charset.trim() }),
    },
    defaults: Object.fromEntries(
      Object.entries(draft.defaults).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
    ),
    repeats: Object.fromEntries(repeats),
    transactions,
    windows: Object.fromEntries(filled(draft.windows).map(({ word, meaning }) => [meaning, Number(word)])),
    clickIdParam: clickIdParam.trim(),
  };
}

/** The body of a PATCH that restores a network's mapping as it was. */
export function restoringPatch(network: EditedNetwork): NetworkPatch {
  const { mapping, defaults, repeats, transactions, windows, clickIdParam } = network;
  return { mapping, defaults, repeats, transactions, windows, clickIdParam };
}

function filled(rows: readonly WordRow[]): WordRow[] {
  return rows.map((row) => ({ ...row, word: row.word.trim() })).filter(({ word }) => word !== '');
}

function wordsOf(rows: readonly WordRow[]): Record<string, string> {
  return Object.fromEntries(filled(rows).map(({ word, meaning }) => [word, meaning.trim()]));
}

export type RowProblem = 'twice' | 'tooLong' | 'noMeaning' | 'badStart' | 'badDays' | 'badCurrency';

const MAX_WORD = 100;
const MAX_DAYS = 3_650;

/** The problem of each row that cannot be saved, by its key. */
export function rowProblems(draft: MappingDraft): ReadonlyMap<number, RowProblem> {
  const problems = new Map<number, RowProblem>();
  for (const list of WORD_LISTS) {
    const seen = new Set<string>();
    for (const row of filled(draft[list])) {
      const id = identityOf(list, row);
      const problem = seen.has(id) ? 'twice' : problemOf(list, row);
      seen.add(id);
      if (problem !== undefined) problems.set(row.key, problem);
    }
  }
  return problems;
}

/** What must not come twice: a window of an event type, a name for the same value, a word. */
function identityOf(list: WordList, { word, meaning }: WordRow): string {
  if (list === 'windows') return meaning;
  return list === 'params' ? `${meaning} ${word.toLowerCase()}` : word.toLowerCase();
}

function problemOf(list: WordList, { word, meaning }: WordRow): RowProblem | undefined {
  if (list === 'windows') return isDays(word) ? undefined : 'badDays';
  if (word.length > MAX_WORD) return 'tooLong';
  if (word.startsWith('$')) return 'badStart';
  if (meaning.trim() === '') return 'noMeaning';
  return list === 'currencies' && !/^[A-Za-z]{2,10}$/.test(meaning.trim()) ? 'badCurrency' : undefined;
}

function isDays(text: string): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_DAYS;
}
