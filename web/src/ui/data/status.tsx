import type { ReactNode } from 'react';
import { classes } from '../classes';
import { STATUS_SHAPES, type StatusShape } from './status-shapes';
import styles from './status.module.css';

export type Tone = 'good' | 'waiting' | 'bad' | 'accent' | 'neutral';

/** A state: shape, word and colour. `isBare`: without a background, for tables and text. */
export function Status({
  shape,
  tone,
  isBare = false,
  children,
}: {
  shape: StatusShape;
  tone: Tone;
  isBare?: boolean;
  children?: ReactNode;
}) {
  return (
    <span className={classes(styles.status, tone !== 'neutral' && styles[tone], isBare && styles.bare)}>
      <StatusMark shape={shape} />
      {children}
    </span>
  );
}

/** The mark of a state alone, for places where the word stands beside it. */
export function StatusMark({ shape, size = 13 }: { shape: StatusShape; size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      {STATUS_SHAPES[shape]}
    </svg>
  );
}

/** A short label with a border, for facts such as "HTTP only". */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>;
}

interface Look {
  shape: StatusShape;
  tone: Tone;
  word: string;
}

const CONVERSION_LOOKS = {
  approved: { shape: 'approved', tone: 'good', word: 'Approved' },
  pending: { shape: 'pending', tone: 'waiting', word: 'Pending' },
  rejected: { shape: 'rejected', tone: 'bad', word: 'Rejected' },
} as const satisfies Record<string, Look>;

const VERDICT_LOOKS = {
  accepted: { shape: 'approved', tone: 'good', word: 'Accepted' },
  updated: { shape: 'updated', tone: 'accent', word: 'Updated' },
  duplicate: { shape: 'duplicate', tone: 'neutral', word: 'Duplicate' },
  ignored: { shape: 'ignored', tone: 'neutral', word: 'Ignored' },
  test: { shape: 'test', tone: 'neutral', word: 'Test' },
  rejected: { shape: 'refused', tone: 'bad', word: 'Rejected' },
} as const satisfies Record<string, Look>;

type ConversionStatusName = keyof typeof CONVERSION_LOOKS;
export type VerdictName = keyof typeof VERDICT_LOOKS;

export const VERDICT_NAMES = Object.keys(VERDICT_LOOKS) as VerdictName[];

/** Shape, colour and word of a verdict, for places that draw them on their own. */
export function lookOfVerdict(verdict: VerdictName): Look {
  return VERDICT_LOOKS[verdict];
}

export function ConversionStatusMark({ status, isBare = false }: { status: ConversionStatusName; isBare?: boolean }) {
  const { shape, tone, word } = CONVERSION_LOOKS[status];
  return (
    <Status shape={shape} tone={tone} isBare={isBare}>
      {word}
    </Status>
  );
}

export function VerdictMark({ verdict, isBare = false }: { verdict: VerdictName; isBare?: boolean }) {
  const { shape, tone, word } = VERDICT_LOOKS[verdict];
  return (
    <Status shape={shape} tone={tone} isBare={isBare}>
      {word}
    </Status>
  );
}
