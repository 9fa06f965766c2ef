import { describe, expect, it } from 'vitest';
import { postbackUrls } from './postback-urls.js';
import { readPresets } from '../catalogue/read-presets.js';

const network = { key: 'KEY', mapping: { params: {}, events: {}, statuses: {} } };
const presets = new Map(readPresets().map((preset) => [preset.id, preset]));
const httpOnly = presets.get('myaffiliates');

describe('postbackUrls', () => {
  it('has the generic names where nothing is known', () => {
    expect(postbackUrls(network, undefined, 'https://go.example')).toEqual([
      {
        event: null,
        url: 'https://go.example/postback/KEY?click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}',
        note: null,
      },
    ]);
    expect(postbackUrls(network, presets.get('generic'), 'https://go.example')).toEqual(
      postbackUrls(network, undefined, 'https://go.example'),
    );
  });

  it('has the network’s own names, which cannot break out of the query', () => {
    const mapping = { ...network.mapping, params: { click_id: ['s2s.req_id'], txid: ['a&b=#'] } };
    const [url] = postbackUrls({ key: 'KEY', mapping }, presets.get('cake'), 'https://go.example');
    expect(url?.url).toBe('https://go.example/postback/KEY?s2s.req_id=#s2#&payout=#price#&a%26b%3D%23=#tid#');
  });

  it.each([
    ['https://go.example', 'http://go.example/postback/KEY?', /port 80 of go\.example/],
    ['http://localhost:3000', 'http://localhost:3000/postback/KEY?', /http:\/\/ only/],
    ['https://go.example:8443', 'https://go.example:8443/postback/KEY?', /cannot use https/],
  ])('of a network without HTTPS, for %s, begins with %s', (publicUrl, begin, note) => {
    const urls = postbackUrls(network, httpOnly, publicUrl);
    expect(urls).toHaveLength(2);
    for (const { url, note: said } of urls) {
      expect(url.startsWith(begin)).toBe(true);
      expect(said).toMatch(note);
    }
  });

  it('keeps the note of the preset beside that', () => {
    const revshare = postbackUrls(network, presets.get('income-partners'), 'https://go.example').at(-1);
    expect(revshare).toMatchObject({ event: 'revshare', note: 'Sent once a day for each link, not for each player.' });
  });
});
