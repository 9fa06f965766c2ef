import { describe, expect, it } from 'vitest';
import { parameterKindOf } from '../../ui/data/parameter-kind';
import { canonicalWord, type ReadParameter, reasonOf } from './because';

const sent = (name: string, value: string, as: ReadParameter['as'], state: ReadParameter['state'] = 'taken') =>
  ({ name, value, as, state, kind: 'ignored' }) as ReadParameter;

const MAPPING = { params: { txid: ['xid'] }, events: {}, statuses: {} };
const PRESET = { click_id: ['stag'] };
const NOTHING = { clickId: null, event: null, reason: null };

describe('the reason of a reading', () => {
  it.each([
    [sent('stag', 'K1', 'click_id'), { clickId: 'K1' }, 'proves itself'],
    [sent('stag', 'K1', 'click_id'), {}, 'by the preset'],
    [sent('XID', '7', 'txid'), {}, 'by your mapping'],
    [sent('currency', 'EUR', 'currency'), {}, 'named so'],
    [sent('cur', 'EUR', 'currency'), {}, 'a usual name'],
    [sent('type', 'xyz', 'event'), { reason: 'unmapped_event' }, '“xyz” has no meaning yet'],
    [sent('brand', '7', null, 'ignored'), {}, ''],
    [sent('stag', '{stag}', 'click_id', 'unfilled'), {}, 'the macro was not filled in'],
    [sent('sum', '', null, 'empty'), {}, 'empty'],
    [sent('sum', 'null', null, 'no_value'), {}, 'stands for no value'],
    [sent('sum', '50,00', 'payout'), { event: { payout: { amount: '50.00', currency: 'EUR' } } }, 'read as 50.00'],
  ])('of %j is %s', (parameter, preview, reason) =>
    expect(reasonOf(parameter, { ...NOTHING, ...preview } as never, MAPPING, PRESET)).toBe(reason),
  );

  it('names a click id that nothing reads, and a secret', () => {
    const unread = { ...sent('tid', 'K1', null, 'ignored'), kind: 'unmappedClickId' } as const;
    expect(reasonOf(unread, NOTHING, MAPPING, PRESET)).toBe('your click id, but nothing reads it');
    const secret = { ...sent('token', '***', null, 'ignored'), kind: 'secret' } as const;
    expect(reasonOf(secret, NOTHING, MAPPING, PRESET)).toBe('a secret of the network');
  });

  it('colours by the use', () => {
    expect(parameterKindOf('unmappedClickId')).toBe('unmapped');
    expect(parameterKindOf('unfilledMacro')).toBe('unfilled');
    expect(parameterKindOf('player')).toBe('sub');
    expect(canonicalWord('sub3')).toBe('sub3');
    expect(canonicalWord(null)).toBe('ignored');
  });
});
