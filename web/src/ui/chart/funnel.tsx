import type { CSSProperties } from 'react';
import { formatCount, formatShare } from '../data/money-format';
import { formatSpan } from '../data/time-format';
import { logHeight } from './chart-scale';
import styles from './funnel.module.css';

interface FunnelStep {
  name: string;
  count: number;
  /** The median time to this step, in seconds. */
  medianSeconds: number | null;
  /** The last step: what is settled is green. */
  isSettled?: boolean | undefined;
}

const BAR_PX = { least: 8, greatest: 96 };

/** Steps from click to money: bars of logarithmic height, and a hop to each with its rate and median time. */
export function Funnel({ label, steps }: { label: string; steps: readonly FunnelStep[] }) {
  const max = Math.max(...steps.map(({ count }) => count));
  const heights = steps.map(({ count }) => logHeight(count, max, BAR_PX));
  return (
    <ol className={styles.funnel} aria-label={label}>
      {steps.map((step, index) => (
        <Step
          key={step.name}
          step={step}
          before={steps[index - 1]}
          height={heights[index] ?? 0}
          from={heights[index - 1]}
        />
      ))}
    </ol>
  );
}

function Step({
  step: { name, count, medianSeconds, isSettled },
  before,
  height,
  from,
}: {
  step: FunnelStep;
  before: FunnelStep | undefined;
  height: number;
  from: number | undefined;
}) {
  // More than all are no share: another kind of things is counted.
  const hasRate = before !== undefined && count <= before.count;
  const share = { '--share': `${height}%` } as CSSProperties;
  return (
    <li className={styles.step}>
      <div className={styles.stage}>
        {from === undefined || !hasRate ? null : <Hop from={from} to={height} />}
        <span className={styles.bar} data-settled={isSettled} style={{ height, ...share }} />
        {hasRate ? (
          <span className={styles.rate} style={{ bottom: height + 28 }}>
            <b>{formatShare(count, before.count)}</b>
            {medianSeconds === null ? null : <small>{formatSpan(medianSeconds * 1_000)}</small>}
          </span>
        ) : null}
      </div>
      <span className={styles.name}>{name}</span>
      <span className={styles.count}>{formatCount(count)}</span>
    </li>
  );
}

/** An arc from the top of one bar to that of the next. The box is stretched to the gap, the stroke is not. */
function Hop({ from, to }: { from: number; to: number }) {
  const height = 118;
  const [start, end] = [height - from + 4, height - to - 6];
  const top = Math.max(2, Math.min(start, end) - 26);
  return (
    <svg className={styles.hop} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`M4 ${start}C30 ${top} 78 ${top} 92 ${end}`} vectorEffect="non-scaling-stroke" />
      <path d={`M86 ${end - 7}L92 ${end}L97 ${end - 8}`} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
