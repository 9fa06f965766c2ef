import type { Conversion } from '../../conversions/conversion.schema.js';
import type { TransactionScope } from '../../networks/rules/network-words.js';
import type { Postback } from '../postback.schema.js';

/** True if there is money that the chargeback has not taken back yet. After the first time, only money of the same click counts. */
export function isChargebackDue(
  { _id, clickId, conversionId }: Pick<Postback, '_id' | 'clickId' | 'conversionId'>,
  known: readonly Pick<Conversion, '_id' | 'clickId' | 'status' | 'history'>[],
  transactions: TransactionScope,
): boolean {
  const taken = known.find((one) => one._id === conversionId);
  const ofClick = taken?.clickId ?? (transactions === 'click' ? clickId : null);
  return known.some(
    (one) =>
      one.status !== 'rejected' &&
      !one.history.some(({ sourceId }) => sourceId === _id) &&
      (ofClick === null || one.clickId === ofClick),
  );
}
