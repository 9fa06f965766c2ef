import { classes } from '../../ui/classes';
import { Money, MoneyBar } from '../../ui/data/money';
import { formatAmount, formatCount, isZeroAmount } from '../../ui/data/money-format';
import { Skeleton } from '../../ui/layout/feedback';
import type { MappingEffect } from '../postback-types';
import { expectedOf, type Figure, figuresOf } from './effect-figures';
import { fixWords as words } from './fix-words';
import styles from './fix.module.css';

type MoneyEffect = MappingEffect['money'][number];

/** The effect of a mapping in four numbers. Absent numbers keep their place. @param isOld those of another choice */
export function EffectBoxes({ effect, isOld }: { effect: MappingEffect | undefined; isOld: boolean }) {
  if (effect === undefined) {
    return (
      <div className={styles.effect} aria-busy="true">
        {[0, 1, 2, 3].map((index) => (
          <div key={index}>
            <Skeleton width={70} />
            <Skeleton width={90} height={22} />
            <Skeleton width={80} />
          </div>
        ))}
      </div>
    );
  }
  if (effect.waiting === 0) return <p className={styles.none}>{words.noneWaits}</p>;
  return (
    <div className={classes(styles.effect, isOld && styles.old)}>
      {figuresOf(effect).map((figure) => (
        <FigureBox key={figure.label} figure={figure} />
      ))}
      <div className={styles.money}>
        <span className={styles.label}>{words.payout}</span>
        {effect.money.length === 0 ? (
          <span className="muted">{words.noPayout}</span>
        ) : (
          effect.money.map((money) => <MoneyBox key={money.currency} money={money} />)
        )}
      </div>
    </div>
  );
}

function FigureBox({ figure: { label, count, note } }: { figure: Figure }) {
  return (
    <div>
      <span className={styles.label}>{label}</span>
      <b className={classes(styles.number, count === 0 && 'muted')}>{formatCount(count)}</b>
      <span className="note">{note}</span>
    </div>
  );
}

function MoneyBox({ money }: { money: MoneyEffect }) {
  const { currency, approved, pending, rejected } = money;
  return (
    <div className={styles.currency}>
      <b className={styles.number}>
        <Money value={{ amount: expectedOf(money), currency }} hasSign />
      </b>
      <MoneyBar approved={approved} pending={pending} rejected={rejected} />
      <span className={styles.split}>
        <span>{words.approved(formatAmount(approved))}</span>
        <span>{words.pending(formatAmount(pending))}</span>
        {isZeroAmount(rejected) ? null : <span>{words.rejected(formatAmount(rejected))}</span>}
      </span>
    </div>
  );
}
