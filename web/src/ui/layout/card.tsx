import { type ReactNode, useId } from 'react';
import styles from './card.module.css';

/** A box with a title. `note` stands behind the title, `actions` at the right. `isBare`: the content has its own padding. */
export function Card({
  title,
  note,
  actions,
  isBare = false,
  children,
}: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  isBare?: boolean;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <header className={styles.header}>
          <h2 id={id}>{title}</h2>
          {note === undefined ? null : <span className="note">{note}</span>}
          {actions === undefined ? null : <span className="row push">{actions}</span>}
        </header>
      )}
      {isBare ? children : <div className={styles.body}>{children}</div>}
    </section>
  );
}
