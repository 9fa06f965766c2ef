import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERDICTS } from '../postback.schema.js';
import type { Gloss, ParameterKind, SentValue } from './gloss.js';
import { type HeadlineFacts, headlineOf } from './headline.js';

const sent = (kind: ParameterKind, as: SentValue['as'], name: string, value = 'v'): SentValue & Gloss => ({
  kind,
  as,
  name,
  value,
  meaning: '',
  state: kind === 'unfilledMacro' ? 'unfilled' : as === null ? 'ignored' : 'taken',
});
const facts = (change: Partial<HeadlineFacts>): HeadlineFacts => ({
  verdict: 'rejected',
  reason: null,
  method: 'GET',
  parameters: [],
  event: null,
  ...change,
});
const EUR = { amount: '50', currency: 'EUR' };
const macro = sent('unfilledMacro', 'click_id', 'clickid', '{clickid}');
const tid = sent('unmappedClickId', null, 'tid');

describe('the headline of a request', () => {
  it.each<[Partial<HeadlineFacts>, string]>([
    [{ reason: 'unfilled_macro', parameters: [macro, tid] }, 'Your click id came, but in `tid`.'],
    [{ reason: 'missing_click_id', parameters: [tid] }, 'Your click id came, but in `tid`.'],
    [
      { reason: 'unmapped_event', parameters: [tid, sent('event', 'event', 'goal', 'dep9')] },
      'The event `dep9` is not mapped.',
    ],
    [{ reason: 'unfilled_macro', parameters: [macro] }, 'The macro in `clickid` is not filled in.'],
    [{ reason: 'missing_click_id' }, 'No click id came.'],
    [
      { reason: 'malformed_click_id', parameters: [sent('clickId', 'click_id', 'cid')] },
      'The value in `cid` is no click id.',
    ],
    [
      { reason: 'forged_click_id', parameters: [sent('clickId', 'click_id', 'cid')] },
      'The click id in `cid` has no valid signature.',
    ],
    [
      { reason: 'unmapped_status', parameters: [sent('status', 'status', 's', 'x`y')] },
      "The status `x'y` is not mapped.",
    ],
    [
      { reason: 'invalid_amount', parameters: [sent('money', 'payout', 'sum', 'much')] },
      'The amount `much` cannot be used.',
    ],
    [{ reason: 'invalid_currency' }, 'The currency in it cannot be used.'],
    [{ reason: 'method_not_allowed', method: 'PUT' }, 'PUT is not accepted: GET and POST are.'],
    [{ reason: 'outside_window' }, 'It came after the window of its event.'],
    [{ reason: 'a_reason_of_a_later_release' }, 'Rejected.'],
    [
      { verdict: 'duplicate', parameters: [sent('transaction', 'txid', 'oid')] },
      'Same transaction id: not counted twice.',
    ],
    [{ verdict: 'duplicate' }, 'Same event of the same click: not counted twice.'],
    [{ verdict: 'ignored', parameters: [sent('status', 'status', 's', 'ping')] }, 'The mapping ignores `ping`.'],
    [{ verdict: 'ignored', method: 'HEAD' }, 'HEAD only checks the URL: nothing to count.'],
    [{ verdict: 'rejected', reason: 'constructor' }, 'Rejected.'],
    [{ verdict: 'accepted' }, 'Counted.'],
    [
      { verdict: 'accepted', event: { eventType: 'ftd', status: 'approved', statusBefore: null, payout: EUR } },
      'Counted: ftd, approved, 50.00 EUR.',
    ],
    [
      { verdict: 'updated', event: { eventType: 'ftd', status: 'approved', statusBefore: 'pending', payout: EUR } },
      'Changed: ftd, pending → approved, 50.00 EUR.',
    ],
    [
      { verdict: 'test', event: { eventType: 'ftd', status: 'approved', payout: { amount: '1', currency: 'EUR' } } },
      'Test: would be ftd, approved, 1.00 EUR. Not in the numbers.',
    ],
    [{ verdict: 'test' }, 'A test: not in the numbers.'],
  ])('%j', (change, headline) => {
    expect(headlineOf(facts(change))).toBe(headline);
  });

  it('is one line that ends with a full stop, whatever was sent', () => {
    const text = fc.string({ maxLength: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...VERDICTS), text, text, text, (verdict, reason, name, value) => {
        const parameters = [sent('unmappedClickId', null, name, value), sent('status', 'status', name, value)];
        const headline = headlineOf(facts({ verdict, reason, parameters }));
        expect(headline).toMatch(/^[A-Z][^]*\.$/);
        expect((headline.match(/`/g) ?? []).length % 2).toBe(0);
      }),
    );
  });
});
