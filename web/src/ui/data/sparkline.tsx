import styles from './sparkline.module.css';

const WIDTH = 72;
const HEIGHT = 20;
/** The scale ends here at least, so that three clicks do not look like a peak. */
const MIN_SCALE = 6;

/** A small line from zero. Its last segment is dashed, because the last hour or day is not over. `label` says it in words. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const scale = Math.max(MIN_SCALE, ...values);
  const points = values.map((value, index): [number, number] => [
    values.length < 2 ? WIDTH : (index / (values.length - 1)) * (WIDTH - 2) + 1,
    HEIGHT - 1 - (value / scale) * (HEIGHT - 3),
  ]);
  const [last, before] = [points.at(-1), points.at(-2)];
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path d={asPath(points.slice(0, -1))} />
      {last === undefined || before === undefined ? null : (
        <path className={styles.unfinished} d={asPath([before, last])} />
      )}
    </svg>
  );
}

function asPath(points: readonly [number, number][]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
