import { describe, expect, it } from 'vitest';
import { readPresets } from '../catalogue/read-presets.js';
import type { Preset } from '../catalogue/preset.js';
import { networkLimits, networkSends } from './network-sends.js';

const presets = readPresets();
const preset = (id: string): Preset => {
  const found = presets.find((one) => one.id === id);
  if (!found) throw new Error(`no preset ${id}`);
  return found;
};

describe('networkSends', () => {
  it.each([
    ['affilka', ['registration', 'ftd', 'deposit'], false, ['approved']],
    ['keitaro', ['registration', 'deposit', 'sale', 'rebill'], false, ['pending', 'approved', 'rejected']],
    ['altercpa', ['sale'], false, ['pending', 'approved', 'rejected']],
    ['kukuruku', ['ftd', 'deposit', 'revshare'], true, ['approved', 'rejected']],
    ['joinvoo', ['qualified', 'sale'], true, ['approved', 'rejected']],
    ['cake', ['sale'], false, ['approved']],
    ['generic', [], true, ['pending', 'approved', 'rejected']],
  ])('%s', (id, events, hasOwnEvents, statuses) => {
    expect(networkSends(preset(id))).toMatchObject({ events, hasOwnEvents, statuses });
  });

  it('takes the defaults of the network before those of its preset', () => {
    const own = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { event: 'ftd', status: 'pending' } };
    expect(networkSends(preset('cake'), own)).toMatchObject({ events: ['ftd'], statuses: ['pending'] });
  });

  it.each(presets.map((one) => [one.id, one] as const))('%s: every value of a URL is a macro or a word', (_, one) => {
    const macros = Object.values(one.macros);
    const values = one.postbackUrls.flatMap(({ params }) => Object.values(params));
    expect(values.filter((value) => !macros.includes(value) && !/^\w+$/.test(value))).toEqual([]);
    expect(networkSends(one).params).toContain('click_id');
  });
});

describe('networkLimits', () => {
  it('are those of the preset, and values without a macro', () => {
    expect(networkLimits(preset('myaffiliates'))).toMatchObject({
      httpOnly: true,
      staticPayout: true,
      noTransactionId: true,
      noPayout: true,
      noStatus: true,
      noPlayerId: true,
    });
    expect(networkLimits(preset('affise'))).toMatchObject({ noTransactionId: false, noPayout: false, noStatus: false });
  });
});
