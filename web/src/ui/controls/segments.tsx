import type { ReactNode } from 'react';
import { formatCount } from '../data/money-format';
import styles from './segments.module.css';

interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
  count?: number | undefined;
}

/** A few values side by side, of which one is chosen. */
export function Segments<Value extends string>({
  label,
  segments,
  value,
  onChange,
}: {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={styles.segments} role="group" aria-label={label}>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          className={styles.segment}
          aria-pressed={segment.value === value}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
          {segment.count === undefined ? null : <span className={styles.count}>{formatCount(segment.count)}</span>}
        </button>
      ))}
    </div>
  );
}
