import { expect, it } from 'vitest';
import { emptyDraft, requestOf } from './new-draft';

it('leaves out empty fields', () => {
  expect(requestOf({ ...emptyDraft('EUR'), clickId: ' c1 ' }, 'UTC')).toEqual({
    eventType: 'ftd',
    status: 'approved',
    clickId: 'c1',
  });
});

it('reads a comma as the decimal point, and the time in the zone of the workspace', () => {
  const draft = {
    ...emptyDraft('eur'),
    clickId: 'c1',
    payout: { amount: '9,90', currency: 'eur' },
    convertedAt: '2026-11-27T13:58',
  };
  expect(requestOf(draft, 'Europe/Malta')).toMatchObject({
    payout: { amount: '9.90', currency: 'EUR' },
    convertedAt: '2026-11-27T12:58:00.000Z',
  });
});

it('names the link of a revenue share only when it belongs to the link', () => {
  const draft = { ...emptyDraft('EUR'), clickId: 'c1', linkId: 'lnk_1', owner: 'link' as const };
  expect(requestOf({ ...draft, eventType: 'revshare' }, 'UTC')).toEqual({
    eventType: 'revshare',
    status: 'approved',
    linkId: 'lnk_1',
  });
  expect(requestOf({ ...draft, eventType: 'ftd' }, 'UTC')).toMatchObject({ clickId: 'c1' });
});
