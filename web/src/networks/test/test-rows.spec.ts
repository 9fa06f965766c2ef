import { describe, expect, it } from 'vitest';
import { resultSentence, testRows } from './test-rows';

const step = (name: string, ok = true, ms = 1) => ({ name, ok, detail: `${name} said`, ms });

describe('the steps of a test', () => {
  it('are five rows, with request and answer in one', () => {
    const steps = ['link', 'click', 'redirect', 'request', 'answer', 'reading', 'verdict'].map((name) => step(name));
    expect(testRows(steps)).toEqual([
      { id: 'link', isOk: true, text: 'link said', more: [], ms: 1 },
      { id: 'click', isOk: true, text: 'click said', more: [], ms: 1 },
      { id: 'redirect', isOk: true, text: 'redirect said', more: [], ms: 1 },
      { id: 'postback', isOk: true, text: 'request said', more: ['answer said'], ms: 2 },
      { id: 'verdict', isOk: true, text: 'verdict said', more: ['reading said'], ms: 2 },
    ]);
  });

  it('fail with their part, and end where the test ended', () => {
    const rows = testRows([step('link'), step('request', false), step('request_locally')]);
    expect(rows.map(({ id, isOk }) => [id, isOk])).toEqual([
      ['link', true],
      ['postback', false],
    ]);
  });
});

describe('the result of a test', () => {
  const wouldBe = { eventType: 'ftd', isChargeback: false, status: 'approved', payout: { amount: '1.00', currency: 'EUR' } };
  it.each([
    [true, wouldBe, 'Test: would be FTD, approved, 1.00 EUR. Not in the numbers.'],
    [true, { ...wouldBe, eventType: 'sale', payout: null }, 'Test: would be sale, approved. Not in the numbers.'],
    [true, null, 'Test: came through. Not in the numbers.'],
    [false, wouldBe, 'The test did not come through.'],
  ])('ok %s with %j is "%s"', (ok, event, sentence) =>
    expect(resultSentence({ ok, wouldBe: event as never })).toBe(sentence),
  );
});
