import { describe, expect, it } from 'vitest';
import { certaintyOf, filterNetworks, filterPresets, initialsOf, limitTags, type Network, type Preset } from './gallery-entries';

const preset = (id: string, name: string, kind: Preset['kind'], clickIdParam = 'sub1'): Preset =>
  ({ id, name, kind, clickIdParam }) as Preset;

const PRESETS = [
  preset('affilka', 'Affilka (SOFTSWISS)', 'casino-platform', 'stag'),
  preset('affise', 'Affise', 'affiliate-network'),
  preset('keitaro', 'Keitaro', 'tracker', 'external_id'),
  preset('appsflyer', 'AppsFlyer', 'mmp'),
  preset('generic', 'Generic', 'generic'),
];
const NETWORKS = [
  { id: 'net_1', name: 'Orchid Partners', presetName: 'Affilka (SOFTSWISS)' },
  { id: 'net_2', name: 'Harbour', presetName: null },
] as Network[];

const idsOf = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);

describe('initials', () => {
  it.each([
    ['Affilka (SOFTSWISS)', 'A'],
    ['MyAffiliates', 'MA'],
    ['NetRefer', 'NR'],
    ['Income Access', 'IA'],
    ['TUNE (HasOffers)', 'TU'],
    ['CAKE', 'CA'],
    ['ReferOn', 'RO'],
    ['PIN-UP Partners', 'PU'],
    ['1xBet Partners', '1P'],
    ['Öst', 'Ö'],
    ['', '?'],
    ['—', '?'],
  ])('of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

describe('certainty of a preset', () => {
  it.each([
    [{ verified: true, unverifiedParts: [] }, { state: 'verified', open: 0 }],
    [{ verified: true, unverifiedParts: ['macros', 'events'] }, { state: 'partly', open: 2 }],
    [{ verified: false, unverifiedParts: ['macros'] }, { state: 'unverified', open: 0 }],
  ])('%j is %j', (facts, certainty) => expect(certaintyOf(facts)).toEqual(certainty));
});

it('tags name only the limits that a preset has', () => {
  const none = { httpOnly: false, noPayout: false, batched: null } as Preset['limits'];
  expect(limitTags(none)).toEqual([]);
  expect(limitTags({ ...none, httpOnly: true, noPayout: true, batched: 'once a day' })).toEqual([
    'HTTP only',
    'no amounts',
    'late, in batches',
  ]);
});

describe('the gallery', () => {
  it.each([
    ['all', '', ['affilka', 'affise', 'keitaro', 'appsflyer']],
    ['casino', '', ['affilka']],
    ['tracker', '', ['keitaro']],
    ['yours', '', []],
    ['all', 'AFF', ['affilka', 'affise']],
    ['all', 'casino stag', ['affilka']],
    ['affiliate', 'keitaro', []],
  ] as const)('shows of %s with "%s" the presets %j', (segment, text, ids) =>
    expect(idsOf(filterPresets(PRESETS, segment, text))).toEqual(ids),
  );

  it('shows the own networks in their segment, and in all where the text finds them', () => {
    expect(idsOf(filterNetworks(NETWORKS, 'yours', ''))).toEqual(['net_1', 'net_2']);
    expect(filterNetworks(NETWORKS, 'all', '')).toEqual([]);
    expect(idsOf(filterNetworks(NETWORKS, 'all', 'orchid affilka'))).toEqual(['net_1']);
    expect(filterNetworks(NETWORKS, 'casino', 'orchid')).toEqual([]);
  });
});
