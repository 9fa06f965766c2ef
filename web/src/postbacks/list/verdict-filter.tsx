import { classes } from '../../ui/classes';
import { formatCount } from '../../ui/data/money-format';
import { lookOfVerdict, StatusMark, VERDICT_NAMES, type VerdictName } from '../../ui/data/status';
import type { Schema } from '../../api/client';
import { postbackWords as words } from '../postbacks-words';
import styles from './list.module.css';

/** The requests by verdict: a mark and a number each. One of them filters the list. */
export function VerdictFilter({
  counts,
  value,
  onChange,
}: {
  counts: Schema<'PostbackCountsResponse'> | undefined;
  value: VerdictName | undefined;
  onChange: (verdict: VerdictName | undefined) => void;
}) {
  const show = (count: number): string =>
    counts?.complete === false && count > 0 ? words.atLeast(count) : formatCount(count);
  return (
    <div className={styles.verdicts} role="group" aria-label={words.verdicts}>
      <button type="button" aria-pressed={value === undefined} onClick={() => onChange(undefined)}>
        {words.all}
        <span>{counts === undefined ? '–' : show(counts.total)}</span>
      </button>
      {VERDICT_NAMES.map((verdict) => {
        const { shape, tone, word } = lookOfVerdict(verdict);
        const count = counts?.verdicts[verdict];
        return (
          <button
            key={verdict}
            type="button"
            title={word}
            aria-pressed={value === verdict}
            className={classes(styles[tone], count === 0 && styles.none)}
            onClick={() => onChange(value === verdict ? undefined : verdict)}
          >
            <StatusMark shape={shape} />
            <span className="visually-hidden">{word}</span>
            <span>{count === undefined ? '–' : show(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
