import { describe, expect, it } from 'vitest';
import type { PresetSample } from '../../../networks/catalogue/preset.js';
import { readPresets } from '../../../networks/catalogue/read-presets.js';
import { dialectOf } from '../../../networks/rules/reading/dialect-of.js';
import { readParameters } from './parameters.js';
import { readEvent } from '../../../networks/rules/reading/read-event.js';
import type { EventReading } from '../../../networks/rules/reading/reading.js';

const OURS = 'K1aaaaaaaaaaaaaaaaaaaaaa';
const network = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'EUR' } };

const samples = readPresets().flatMap((preset) =>
  preset.samples.map((sample) => [preset.id, JSON.stringify(sample.request), preset, sample] as const),
);

const read = (request: PresetSample['request'], preset: (typeof samples)[number][2]): EventReading => {
  const { query, body, contentType } =
    typeof request === 'string' ? { query: request, body: '', contentType: '' } : request;
  const fill = (text: string): string => text.replaceAll('<click_id>', OURS);
  const parameters = readParameters({ query: fill(query), body: fill(body), contentType });
  if (!parameters.ok) throw new Error(parameters.message);
  return readEvent(parameters.parameters, dialectOf(network, preset), (value) => value === OURS);
};

describe('every sample of every preset', () => {
  it.each(samples)('%s: %s', (_id, _request, preset, sample) => {
    const reading = read(sample.request, preset);
    const { request: _, verdict, payout, ...rest } = sample;
    if (reading.kind !== 'event') {
      expect({ verdict: reading.kind, ...(reading.kind === 'rejected' && { reason: reading.reason }) }).toEqual({
        verdict,
        ...rest,
      });
      return;
    }
    const { eventType: event, status, txid } = reading.event;
    expect(verdict).toBe('accepted');
    expect(reading.event.clickId).toBe(OURS);
    expect({ event, status, txid }).toMatchObject(rest);
    if (payout !== undefined) expect(reading.event.payout?.amount).toBe(payout);
  });
});
