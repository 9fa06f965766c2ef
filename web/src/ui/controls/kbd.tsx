import { classes } from '../classes';
import styles from './kbd.module.css';

/** A key or keys, as on the keyboard. Hidden on phones. */
export function Kbd({ children, isOnButton = false }: { children: string; isOnButton?: boolean }) {
  return (
    <kbd className={classes(styles.kbd, isOnButton && styles.onButton)} aria-hidden="true">
      {children}
    </kbd>
  );
}
