import { useEffect, useRef } from 'react';
import { classes } from '../ui/classes';
import styles from './account-rows.module.css';

/** The result of an act, in its card. It gets the focus, as the button of the act may be gone. Each result is a new object. */
export function DoneLine({ done }: { done: { text: string } | null }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (done !== null) line.current?.focus();
  }, [done]);
  return (
    <p ref={line} role="status" tabIndex={-1} className={classes(styles.done, 'good')}>
      {done === null ? '' : `✓ ${done.text}`}
    </p>
  );
}
