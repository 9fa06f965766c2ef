import { describe, expect, it } from 'vitest';
import { headingOf, type RequestEntry, type StatusEntry, type StoryEntry, storyRows } from './story-rows';

const at = (time: string): string => `2026-11-25T${time}.000Z`;
const request = (time: string, id: string, verdict: RequestEntry['verdict']): StoryEntry => ({
  kind: 'postback',
  at: at(time),
  postbackId: id,
  isLogged: true,
  erasedAt: null,
  networkId: 'net_1',
  verdict,
  reason: null,
  hint: null,
  request: null,
});
const status = (time: string, fields: Partial<StatusEntry> = {}): StatusEntry => ({
  kind: 'status',
  at: at(time),
  eventAt: at(time),
  status: 'pending',
  previousStatus: null,
  networkStatus: null,
  payout: null,
  previousPayout: null,
  origin: 'postback',
  sourceId: 'pbk_1',
  note: null,
  ...fields,
});
const click: StoryEntry = {
  kind: 'click',
  at: at('20:14:03'),
  clickId: 'c',
  linkId: 'lnk_1',
  isStored: true,
  erasedAt: null,
  isBot: false,
  botReason: null,
  isUnique: true,
  subs: {},
};
const redirect: StoryEntry = {
  kind: 'redirect',
  at: at('20:14:03'),
  linkId: 'lnk_1',
  isStored: true,
  rule: null,
  variant: null,
  country: null,
  device: null,
  os: null,
  browser: null,
};
const shapeOf = (rows: ReturnType<typeof storyRows>): string[] =>
  rows.map((row) => (row.type === 'gap' ? `gap ${row.ms / 1_000}` : `${row.content.kind} ${row.hop}`));

describe('the rows of a story', () => {
  const entries = [
    click,
    redirect,
    request('20:19:40', 'pbk_1', 'accepted'),
    status('20:19:40'),
    request('20:22:00', 'pbk_2', 'duplicate'),
    request('20:22:30', 'pbk_3', 'rejected'),
    { kind: 'manual', at: at('20:23:00'), by: 'usr_1', note: 'Fine' } satisfies StoryEntry,
    status('20:23:00', { status: 'approved', previousStatus: 'pending', origin: 'manual', sourceId: 'usr_1' }),
  ];

  it('are hops with their direction, and breaks of five minutes or more', () => {
    expect(shapeOf(storyRows(entries))).toEqual([
      'click in',
      'redirect out',
      'gap 337',
      'request in',
      'request repeated',
      'request failedIn',
      'person mark',
    ]);
  });

  it('join a status with the report that caused it', () => {
    const contents = storyRows(entries).flatMap((row) => (row.type === 'moment' ? [row.content] : []));
    expect(contents[2]).toMatchObject({ effect: { status: 'pending' } });
    expect(contents[3]).toMatchObject({ effect: null });
    expect(contents[5]).toMatchObject({ kind: 'person', effect: { status: 'approved', previousStatus: 'pending' } });
  });

  it('give the status of a replay to the replay, not to the first run', () => {
    const replayed = [
      request('20:19:40', 'pbk_1', 'accepted'),
      {
        kind: 'replay',
        at: at('20:20:00'),
        postbackId: 'pbk_1',
        verdict: 'accepted',
        reason: null,
      } satisfies StoryEntry,
      status('20:20:00'),
    ];
    const contents = storyRows(replayed).flatMap((row) => (row.type === 'moment' ? [row.content] : []));
    expect(contents).toMatchObject([{ effect: null }, { kind: 'replay', effect: { status: 'pending' } }]);
  });

  it('keep a status without a known cause', () => {
    expect(shapeOf(storyRows([status('20:19:40', { sourceId: 'pbk_9' })]))).toEqual(['status mark']);
  });

  it('are requests and replays alone on demand', () => {
    expect(shapeOf(storyRows(entries, [], 'postbacks'))).toEqual([
      'request in',
      'request repeated',
      'request failedIn',
    ]);
  });

  it('do not share state between two calls', () => {
    expect(storyRows(entries)).toEqual(storyRows(entries));
  });
});

describe('the heading of a request', () => {
  const eur = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });
  it.each([
    ['accepted', status('20:00:00'), 'event'],
    ['updated', status('20:00:00', { previousStatus: 'pending', status: 'approved' }), 'status'],
    [
      'updated',
      status('20:00:00', { previousStatus: 'pending', payout: eur('2'), previousPayout: eur('1') }),
      'amount',
    ],
    ['updated', status('20:00:00', { previousStatus: 'pending', payout: eur('1'), previousPayout: eur('1') }), 'event'],
    ['duplicate', null, 'again'],
    ['test', null, 'test'],
    ['rejected', null, 'request'],
    ['ignored', null, 'request'],
  ] as const)('%s', (verdict, effect, heading) => expect(headingOf({ verdict }, effect)).toBe(heading));
});
