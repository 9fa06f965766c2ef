import type { ReactNode } from 'react';
import { classes } from '../classes';
import styles from './hop-rail.module.css';

/**
 * A hop between us (left) and them (right). In: to us, accent. Out: from us, grey. Failed: red, dashed, with a cross. Repeated:
 * dotted, without an arrow, for what changed nothing. `mark`: a square on our side, for notes and changes by people.
 */
export type HopKind = 'in' | 'out' | 'failedIn' | 'failedOut' | 'repeated' | 'mark';

const IN_WORDS: Readonly<Record<HopKind, string>> = {
  in: 'From them to us.',
  out: 'From us to them.',
  failedIn: 'From them to us, refused.',
  failedOut: 'From us to them, failed.',
  repeated: 'From them to us, without effect.',
  mark: 'On our side.',
};

/** The arc of a hop, between the two lines of a rail. `isNew`: it is drawn once, because its event has just arrived. */
function HopArc({ kind, isNew = false }: { kind: HopKind; isNew?: boolean }) {
  return (
    <svg className={styles.arc} viewBox="0 0 76 42" aria-hidden="true">
      <Arc kind={kind} isNew={isNew} />
    </svg>
  );
}

function Arc({ kind, isNew }: { kind: HopKind; isNew: boolean }) {
  switch (kind) {
    case 'in':
      return (
        <>
          <path className={classes(styles.hop, styles.in, isNew && styles.new)} pathLength={1} d={TO_US} />
          <path className={classes(styles.hop, styles.in)} d="M15 10.5l-1 8.5 8-1.5" />
          <circle className={classes(styles.dot, styles.in)} cx="64.5" cy="24" r="3" />
        </>
      );
    case 'out':
      return (
        <>
          <path className={classes(styles.hop, styles.out, isNew && styles.new)} pathLength={1} d={TO_THEM} />
          <path className={classes(styles.hop, styles.out)} d="M61 10.5l1 8.5-8-1.5" />
          <circle className={classes(styles.dot, styles.out)} cx="11.5" cy="24" r="3" />
        </>
      );
    case 'failedOut':
      return (
        <>
          <path className={classes(styles.hop, styles.failed)} d="M11.5 22C18 4 50 4 58 15" />
          <path className={styles.cross} d="M57 15l7 7M64 15l-7 7" />
          <circle className={classes(styles.dot, styles.hollow, styles.failedDot)} cx="11.5" cy="24" r="3" />
        </>
      );
    case 'failedIn':
      return (
        <>
          <path className={classes(styles.hop, styles.failed)} d="M64.5 22C58 4 26 4 18 15" />
          <path className={styles.cross} d="M12 15l7 7M19 15l-7 7" />
          <circle className={classes(styles.dot, styles.hollow, styles.failedDot)} cx="64.5" cy="24" r="3" />
        </>
      );
    case 'repeated':
      return (
        <>
          <path className={classes(styles.hop, styles.out, styles.dotted)} d={TO_US} />
          <circle className={classes(styles.dot, styles.hollow, styles.out)} cx="64.5" cy="24" r="3" />
          <circle className={classes(styles.dot, styles.hollow, styles.out)} cx="11.5" cy="22" r="3" />
        </>
      );
    case 'mark':
      return (
        <rect className={classes(styles.dot, styles.hollow, styles.out)} x="7.5" y="19" width="8" height="8" rx="2" />
      );
  }
}

const TO_US = 'M64.5 22C58 4 26 4 14.5 18';
const TO_THEM = 'M11.5 22C18 4 50 4 61.5 18';

/** Moments in time beside a rail with two lines: ours, and theirs. */
export function HopRail({
  label,
  us,
  them,
  children,
}: {
  label: string;
  us: string;
  them: string;
  children: ReactNode;
}) {
  return (
    <>
      <div className={styles.lanes} aria-hidden="true">
        <span />
        <span className={styles.names}>
          <i>{us}</i>
          <i>{them}</i>
        </span>
      </div>
      <ol className={styles.rail} aria-label={label}>
        {children}
      </ol>
    </>
  );
}

/** One moment: its time, its hop, and what happened. */
export function HopMoment({
  when,
  kind,
  isNew,
  children,
}: {
  when: ReactNode;
  kind: HopKind;
  isNew?: boolean;
  children: ReactNode;
}) {
  return (
    <li className={styles.moment}>
      <div className={styles.when}>{when}</div>
      <div className={styles.lines}>
        <HopArc kind={kind} {...(isNew !== undefined && { isNew })} />
        <span className="visually-hidden">{IN_WORDS[kind]}</span>
      </div>
      <div className={styles.what}>{children}</div>
    </li>
  );
}

/** Time in which nothing happened: the lines are broken. */
export function HopGap({ children }: { children: ReactNode }) {
  return (
    <li className={styles.gap}>
      <span />
      <span className={styles.lines} />
      <span className={styles.span}>{children}</span>
    </li>
  );
}
