import { Link } from '@tanstack/react-router';
import { CopyableId } from '../../ui/controls/copy-button';
import { subtractAmounts } from '../../ui/data/decimal';
import { DefinitionList } from '../../ui/data/definition-list';
import { Money } from '../../ui/data/money';
import { Card } from '../../ui/layout/card';
import type { Conversion } from '../conversions-words';
import { FlagTags } from '../list/conversion-columns';
import { countryName } from '../../ui/data/country-name';
import { LinkLabel, NetworkLabel } from '../names';
import { useIsMoneyHidden } from '../../app/session';
import { payoutOrigin } from './payout-origin';
import { storyWords as words } from './story-words';
import { useClickCost } from './use-story';

/** The money: as it was reported, in the currency of the workspace, and what is left of it. */
export function MoneyCard({ conversion }: { conversion: Conversion }) {
  const { payout, refunded, revenue, status, history, clickId } = conversion;
  const cost = useClickCost(clickId);
  const isHidden = useIsMoneyHidden();
  const isByHand = ['manual', 'import'].includes(payoutOrigin(history) ?? '');
  if (payout === null && !isHidden) {
    return (
      <Card title={words.money}>
        <p className="muted">{words.noPayout}</p>
      </Card>
    );
  }
  const isComplete = revenue !== null && cost !== null && cost !== undefined && revenue.currency === cost.currency;
  const profit = isComplete
    ? { amount: subtractAmounts(revenue.amount, cost.amount), currency: revenue.currency }
    : undefined;
  const isLoss = profit?.amount.startsWith('-') === true;
  return (
    <Card title={words.money}>
      <DefinitionList
        entries={Object.entries({
          [words.payout]: (
            <>
              <Money value={payout} />, {isByHand ? words.byHand : words.asReported}
            </>
          ),
          [words.refunded]: refunded === null ? null : <Money value={refunded} />,
          [words.revenue]: isHidden ? <Money value={null} /> : <Revenue conversion={conversion} />,
          [words.clickCost]: cost === undefined || cost === null ? null : <Money value={cost} />,
          [status === 'pending' ? words.expectedProfit : words.profit]:
            profit === undefined || status === 'rejected' ? null : (
              <span className={isLoss ? 'bad' : status === 'approved' ? 'good' : 'waiting'}>
                <Money value={profit} hasSign />
              </span>
            ),
        })}
      />
    </Card>
  );
}

function Revenue({ conversion: { payout, revenue } }: { conversion: Conversion }) {
  if (revenue === null) return <span className="muted">{words.noRate}</span>;
  return (
    <>
      <Money value={revenue} />, {revenue.currency === payout?.currency ? words.sameCurrency : words.atRate}
    </>
  );
}

/** Link, network, click and the ids that the network named. */
export function OwnerCard({ conversion }: { conversion: Conversion }) {
  const { linkId, networkId, txid, playerId, clickId, country, device, subs, flags } = conversion;
  return (
    <Card title={words.whose}>
      <DefinitionList
        entries={Object.entries({
          [words.link]: <LinkLabel id={linkId} />,
          [words.network]: networkId === null ? <Muted>{words.noNetwork}</Muted> : <NetworkLabel id={networkId} />,
          [words.transaction]: <NamedId id={txid} label={words.transaction} />,
          [words.player]: <NamedId id={playerId} label={words.player} />,
          [words.clickId]: clickId === null ? <Muted>{words.ofLink}</Muted> : <ClickLink id={clickId} />,
          [words.country]: country === null ? null : countryName(country),
          [words.device]: device,
          ...Object.fromEntries(Object.entries(subs).map(([name, value]) => [name, <Mono key={name}>{value}</Mono>])),
          [words.flags]: flags.length === 0 ? null : <FlagTags flags={flags} />,
        })}
      />
    </Card>
  );
}

function Muted({ children }: { children: string }) {
  return <span className="muted">{children}</span>;
}

function Mono({ children }: { children: string }) {
  return <span className="mono">{children}</span>;
}

/** An id that the network named, if it did. */
function NamedId({ id, label }: { id: string | null; label: string }) {
  return id === null ? <Muted>{words.notSent}</Muted> : <CopyableId id={id} label={label} />;
}

function ClickLink({ id }: { id: string }) {
  return (
    <Link to="/clicks/$clickId" params={{ clickId: id }} className="text-link mono">
      {id}
    </Link>
  );
}
