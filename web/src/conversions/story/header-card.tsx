import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import { hasScope, useMe, useTimeZone, useIsMoneyHidden } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { CopyableId } from '../../ui/controls/copy-button';
import { Money } from '../../ui/data/money';
import { ConversionStatusMark, Tag } from '../../ui/data/status';
import { formatClock, formatDay } from '../../ui/data/time-format';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion } from '../conversions-words';

import { statusSince } from './durations';
import { storyWords as words } from './story-words';
import styles from './story.module.css';

/** The conversion at a glance: event, state, money. */
export function HeaderCard({ conversion, onChange }: { conversion: Conversion; onChange: () => void }) {
  const { id, eventType, isFtd, status, payout, playerId } = conversion;
  const canChange = hasScope(useMe(), 'conversions:write');
  const isHidden = useIsMoneyHidden();
  const timeZone = useTimeZone();
  const since = new Date(statusSince(conversion));
  return (
    <section className={styles.header} aria-label={EVENT_NAMES[eventType]}>
      <div className="grow">
        <div className="row wrap">
          <h2 className={styles.event}>{EVENT_NAMES[eventType]}</h2>
          <ConversionStatusMark status={status} />
          {isFtd ? <Tag>{playerId === null ? words.ftdOfClick : words.ftdOfPlayer}</Tag> : null}
        </div>
        <p className={styles.id}>
          <CopyableId id={id} label={words.id} />
        </p>
      </div>
      <div className={styles.amount}>
        {payout === null && !isHidden ? (
          <span className="muted">{words.noPayout}</span>
        ) : (
          <span className={styles.big} data-status={status}>
            <Money value={payout} />
          </span>
        )}
        <span className="note">
          {words.since[status](`${formatDay(since, timeZone)}, ${formatClock(since, timeZone)}`)}
        </span>
      </div>
      {canChange ? (
        <Button icon={<IconPencil className="icon" />} onClick={onChange}>
          {words.change}
        </Button>
      ) : null}
    </section>
  );
}
