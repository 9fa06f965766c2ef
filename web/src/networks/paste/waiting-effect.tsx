import { useQuery } from '@tanstack/react-query';
import { formatMoney, isZeroAmount } from '../../ui/data/money-format';
import { type MappingChange, mappingEffectQuery } from '../networks-queries';
import { mappingWords } from '../mapping/mapping-words';

/** The effect of a change of the mapping on the requests that wait for it; nothing when none waits. */
export function WaitingEffect({ networkId, change }: { networkId: string; change: MappingChange }) {
  const { data: effect } = useQuery(mappingEffectQuery(networkId, change));
  if (effect === undefined || effect.waiting === 0) return null;
  const money = effect.money.flatMap(({ currency, approved, pending }) => [
    ...(isZeroAmount(approved) ? [] : [mappingWords.confirmed(formatMoney({ amount: approved, currency }))]),
    ...(isZeroAmount(pending) ? [] : [mappingWords.pendingMoney(formatMoney({ amount: pending, currency }))]),
  ]);
  return (
    <p className="secondary">
      <b>{mappingWords.waitingEffect(effect.wouldCount, effect.waiting)}</b>
      {money.length === 0 ? '.' : `: ${money.join(', ')}.`}
    </p>
  );
}
