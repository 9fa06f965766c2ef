import type { ReactNode } from 'react';
import { messageOf } from '../../api/problem';
import { Button } from '../controls/button';
import { uiWords } from '../words';
import styles from './feedback.module.css';

/** An error in its place, with a way to try again. Old data stays beside it: `since` is the time that it is from. */
export function ErrorBox({ error, onRetry, since }: { error: unknown; onRetry?: () => void; since?: string }) {
  return (
    <div className={styles.error} role="alert">
      <span className="grow">
        {messageOf(error)} {since === undefined ? null : uiWords.staleSince(since)}
      </span>
      {onRetry === undefined ? null : (
        <Button isSmall onClick={onRetry}>
          {uiWords.tryAgain}
        </Button>
      )}
    </div>
  );
}

/** A list without entries: the hop drawing, what is missing, and the one next act. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg width="132" height="64" viewBox="0 0 132 64" aria-hidden="true">
        <path className={`${styles.hop} ${styles.out}`} d="M20 34C30 8 98 8 110 30M104 24l6 7 4-8" />
        <path className={`${styles.hop} ${styles.back}`} d="M110 44C96 64 36 64 22 48" />
        <circle className={styles.station} cx="16" cy="40" r="7" />
        <circle className={styles.station} cx="116" cy="40" r="7" strokeDasharray="3 3" />
      </svg>
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {actions === undefined ? null : <div className={styles.acts}>{actions}</div>}
    </div>
  );
}

/** A place of the final size for content that is being loaded. It appears after 150 ms. Sizes in pixels or CSS units. */
export function Skeleton({ width = '100%', height = 10 }: { width?: number | string; height?: number | string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}
