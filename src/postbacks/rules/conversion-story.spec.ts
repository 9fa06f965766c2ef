import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversion, HistoryEntry } from '../../conversions/conversion.schema.js';
import { ORIGINS } from '../../conversions/rules/conversion-event.js';
import { newId } from '../../platform/ids/ids.js';
import { CONVERSION_STATUSES } from '../../platform/vocabulary/conversion-words.js';
import { VERDICTS } from '../postback.schema.js';
import { assembleStory, STORY_KINDS, type StoryEntry, type StoryPostback } from './conversion-story.js';

const T = Date.UTC(2026, 0, 2, 12);
const at = (minutes: number): Date => new Date(T + minutes * 60_000);
const iso = (minutes: number): string => at(minutes).toISOString();
const ID = newId('cnv', T);

const history = (fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at: at(0),
  status: 'approved',
  networkStatus: null,
  payout: null,
  origin: 'postback',
  sourceId: newId('pbk', T),
  note: null,
  ...fields,
});

const conversion = (fields: Partial<Conversion> = {}): Conversion =>
  ({
    _id: ID,
    linkId: 'lnk_1',
    clickId: 'click',
    clickedAt: at(-10),
    createdAt: at(0),
    facts: null,
    history: [history()],
    ...fields,
  }) as Conversion;

const postback = (fields: Partial<StoryPostback> = {}): StoryPostback => ({
  _id: newId('pbk', T),
  networkId: 'net_1',
  receivedAt: at(0),
  method: 'GET',
  path: '/postback/xxx',
  query: 'event=ftd',
  body: '',
  headers: [{ name: 'accept', value: '*/*' }],
  ip: '203.0.113.7',
  verdict: 'accepted',
  reason: null,
  hint: null,
  attempts: [],
  ...fields,
});

const story = (parts: Partial<Parameters<typeof assembleStory>[0]>): StoryEntry[] =>
  assembleStory({
    conversion: conversion(),
    click: undefined,
    postbacks: [],
    includeRequests: false,
    includeHints: true,
    ...parts,
  });
const kinds = (entries: StoryEntry[]): string[] => entries.map(({ kind }) => kind);
const only = <K extends StoryEntry['kind']>(entries: StoryEntry[], kind: K): (StoryEntry & { kind: K })[] =>
  entries.filter((entry): entry is StoryEntry & { kind: K } => entry.kind === kind);

describe('the story of a conversion', () => {
  it('begins with the click and ends with the last status', () => {
    const first = postback();
    const second = postback({ _id: newId('pbk', T + 60_000), receivedAt: at(1), verdict: 'updated' });
    const payout = { amount: '50', currency: 'EUR' };
    const moves = [
      history({ sourceId: first._id, status: 'pending' }),
      history({ sourceId: second._id, at: at(-3), payout }),
    ];
    const entries = story({
      conversion: conversion({ history: moves }),
      postbacks: [first, second],
      click: { at: at(-10), isUnique: true, subs: { sub1: 'fb' }, country: 'DE', rule: 'German', variant: 'B' },
    });
    expect(kinds(entries)).toEqual(['click', 'redirect', 'postback', 'status', 'postback', 'status']);
    expect(entries[0]).toMatchObject({ isStored: true, isBot: false, isUnique: true, subs: { sub1: 'fb' } });
    expect(entries[1]).toMatchObject({ at: iso(-10), rule: 'German', variant: 'B', country: 'DE', device: null });
    // The network dates the approval before its request: it was applied with the request.
    expect(entries[5]).toMatchObject({
      at: iso(1),
      eventAt: iso(-3),
      previousStatus: 'pending',
      status: 'approved',
      previousPayout: null,
      payout: { amount: '50.00', currency: 'EUR' },
    });
  });

  it('says that a click is not stored, and keeps what the conversion knows of it', () => {
    const facts = { country: 'AT', device: 'mobile', os: null, browser: null, subs: { sub2: 'x' }, variant: 'A' };
    const [click, redirect] = story({ conversion: conversion({ facts }) });
    expect(click).toMatchObject({ kind: 'click', at: iso(-10), isStored: false, isBot: null, subs: { sub2: 'x' } });
    expect(redirect).toMatchObject({ isStored: false, variant: 'A', rule: null, country: 'AT', device: 'mobile' });
  });

  it('has no click where the conversion has none', () => {
    const entry = history({ origin: 'manual', sourceId: 'key_1', at: at(-500), note: 'Bonus' });
    const entries = story({ conversion: conversion({ clickId: null, clickedAt: null, history: [entry] }) });
    expect(entries.map(({ kind, at }) => [kind, at])).toEqual([
      ['manual', iso(0)],
      ['status', iso(0)],
    ]);
    expect(entries[0]).toMatchObject({ by: 'key_1', note: 'Bonus' });
  });

  it('names requests whose log entries have expired', () => {
    const sourceId = newId('pbk', T - 60_000);
    const entries = story({ conversion: conversion({ history: [history({ sourceId, origin: 'pixel' })] }) });
    expect(only(entries, 'pixel')).toEqual([
      expect.objectContaining({ at: iso(-1), postbackId: sourceId, isLogged: false, verdict: null, request: null }),
    ]);
  });

  it('names the file and row of an import, at the time of its upload', () => {
    const importId = newId('imp', T + 120_000);
    const entry = history({ origin: 'import', sourceId: `${importId}:17`, at: at(-1_000) });
    const entries = story({ conversion: conversion({ clickId: null, createdAt: at(2), history: [entry] }) });
    expect(entries).toEqual([
      expect.objectContaining({ kind: 'import', at: iso(2), importId, row: 17 }),
      expect.objectContaining({ kind: 'status', at: iso(2), eventAt: iso(-1_000) }),
    ]);
  });

  it('puts a status after the replay that counted', () => {
    const attempts = [
      { at: at(3), verdict: 'rejected' as const, reason: 'unmapped_event', conversionId: null },
      { at: at(6), verdict: 'accepted' as const, reason: null, conversionId: ID },
    ];
    const one = postback({ receivedAt: at(0), attempts });
    const entries = story({
      conversion: conversion({ clickId: null, createdAt: at(6), history: [history({ sourceId: one._id })] }),
      postbacks: [one],
    });
    expect(entries.map(({ kind, at }) => [kind, at])).toEqual([
      ['postback', iso(0)],
      ['replay', iso(3)],
      ['replay', iso(6)],
      ['status', iso(6)],
    ]);
  });

  it('shows requests only to those who may read them, and none that was erased', () => {
    const postbacks = [postback(), postback({ erasedAt: at(5), query: '' })];
    const shown = only(story({ postbacks, includeRequests: true }), 'postback');
    expect(shown.map(({ request, erasedAt }) => [request?.query, erasedAt])).toEqual([
      ['event=ftd', null],
      [undefined, iso(5)],
      [undefined, null], // named by the history only
    ]);
    expect(shown[0]?.request?.headers).toEqual({ accept: '*/*' });
    expect(JSON.stringify(story({ postbacks }))).not.toContain('event=ftd');
  });
});

describe('every story', () => {
  const minute = fc.integer({ min: -50, max: 50 });
  const source = fc.integer({ min: 0, max: 5 });
  const sourceOf = (origin: string, n: number): string => {
    if (origin === 'manual') return `key_${n}`;
    return origin === 'import' ? `imp_${'0'.repeat(19)}${n}:${n}` : `pbk_${'0'.repeat(19)}${n}`;
  };
  const move = fc
    .record({
      at: minute.map(at),
      status: fc.constantFrom(...CONVERSION_STATUSES),
      origin: fc.constantFrom(...ORIGINS),
      n: source,
      note: fc.option(fc.string()),
    })
    .map(({ n, ...entry }) => history({ ...entry, sourceId: sourceOf(entry.origin, n) }));
  const attempt = fc.record({
    at: minute.map(at),
    verdict: fc.constantFrom(...VERDICTS),
    reason: fc.constant(null),
    conversionId: fc.constantFrom(null, ID),
  });
  const log = fc.uniqueArray(
    fc.record({ n: source, receivedAt: minute.map(at), attempts: fc.array(attempt, { maxLength: 3 }) }),
    { selector: ({ n }) => n, maxLength: 4 },
  );

  it('is in the order of time, and loses nothing', () => {
    const property = fc.property(
      fc.array(move, { minLength: 1, maxLength: 6 }),
      log,
      minute,
      fc.boolean(),
      (moves, logged, created, hasClick) => {
        const postbacks = logged.map(({ n, ...rest }) => postback({ _id: sourceOf('postback', n), ...rest }));
        const entries = story({
          conversion: conversion({ history: moves, createdAt: at(created), ...(!hasClick && { clickId: null }) }),
          postbacks,
        });
        const places = entries.map((entry) => [Date.parse(entry.at), STORY_KINDS.indexOf(entry.kind)] as const);
        for (const [i, [time, rank]] of places.slice(1).entries()) {
          const [timeBefore, rankBefore] = places[i] as readonly [number, number];
          expect(time > timeBefore || (time === timeBefore && rank >= rankBefore)).toBe(true);
        }
        expect(kinds(entries).filter((kind) => kind === 'click').length).toBe(hasClick ? 1 : 0);
        // Every move, in the order of the history.
        expect(only(entries, 'status').map(({ sourceId, status }) => [sourceId, status])).toEqual(
          moves.map(({ sourceId, status }) => [sourceId, status]),
        );
        // Every request once, and never after the status that it made.
        const requests = entries.filter((entry) => entry.kind === 'postback' || entry.kind === 'pixel');
        const ids = requests.map((entry) => ('postbackId' in entry ? entry.postbackId : ''));
        const named = moves.filter(({ origin }) => origin === 'postback' || origin === 'pixel');
        expect(ids.toSorted()).toEqual(
          [...new Set([...postbacks.map(({ _id }) => _id), ...named.map(({ sourceId }) => sourceId)])].toSorted(),
        );
        for (const { sourceId } of named) {
          const report = entries.findIndex((entry) => 'postbackId' in entry && entry.postbackId === sourceId);
          const status = entries.findIndex((entry) => entry.kind === 'status' && entry.sourceId === sourceId);
          expect(report).toBeLessThan(status);
        }
        const byPeople = moves.filter(({ origin }) => origin === 'manual' || origin === 'import').length;
        expect(only(entries, 'manual').length + only(entries, 'import').length).toBe(byPeople);
        expect(only(entries, 'replay').length).toBe(logged.flatMap(({ attempts }) => attempts).length);
      },
    );
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  });
});
