import type { ReactNode } from 'react';
import { Initials } from '../gallery/gallery-cards';
import styles from './detail-head.module.css';

/** The head of a preset or network: its sign, its name, what is known of it, its acts. */
export function DetailHead({ name, note, actions }: { name: string; note: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles.head}>
      <Initials name={name} isLarge />
      <div className="grow">
        <h2 className="anywhere">{name}</h2>
        <p className={styles.note}>{note}</p>
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
