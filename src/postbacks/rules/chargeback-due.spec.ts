import { describe, expect, it } from 'vitest';
import { isChargebackDue } from './chargeback-due.js';

type Money = Parameters<typeof isChargebackDue>[1][number];

const chargeback = { _id: 'pbk_1', clickId: 'click-1', conversionId: null };
const money = (fields: Partial<Money> = {}): Money => ({
  _id: 'cnv_1',
  clickId: 'click-1',
  status: 'approved',
  history: [],
  ...fields,
});
const takenBy = (sourceId: string) => [{ sourceId }] as unknown as Money['history'];

describe('a chargeback is due', () => {
  it('when money of its click is there', () => {
    expect(isChargebackDue(chargeback, [], 'click')).toBe(false);
    expect(isChargebackDue(chargeback, [money()], 'click')).toBe(true);
    expect(isChargebackDue(chargeback, [money({ clickId: 'click-2' })], 'click')).toBe(false);
  });

  it('when money of any click is there, where transaction ids are unique over the network or no click is named', () => {
    const other = [money({ clickId: 'click-2' })];
    expect(isChargebackDue(chargeback, other, 'network')).toBe(true);
    expect(isChargebackDue({ ...chargeback, clickId: null }, other, 'click')).toBe(true);
  });

  it('not for money that it has taken back, or that is rejected', () => {
    expect(isChargebackDue(chargeback, [money({ history: takenBy('pbk_1') })], 'click')).toBe(false);
    expect(isChargebackDue(chargeback, [money({ history: takenBy('pbk_2') })], 'click')).toBe(true);
    expect(isChargebackDue(chargeback, [money({ status: 'rejected' })], 'click')).toBe(false);
  });

  it('for money of the same click only, once it has taken some', () => {
    const taken = money({ history: takenBy('pbk_1') });
    const once = { ...chargeback, conversionId: 'cnv_1' };
    expect(isChargebackDue(once, [taken, money({ _id: 'cnv_2', clickId: 'click-2' })], 'network')).toBe(false);
    expect(isChargebackDue(once, [taken, money({ _id: 'cnv_2' })], 'network')).toBe(true);
  });
});
