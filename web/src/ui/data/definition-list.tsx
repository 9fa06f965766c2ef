import { Fragment, type ReactNode } from 'react';
import styles from './definition-list.module.css';

/** Names and their values, one line each. Entries without a value are left out. */
export function DefinitionList({ entries }: { entries: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.list}>
      {entries
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

/** A name with its value, for lists whose values are elements. */
export function entry(name: string, value: ReactNode): readonly [name: string, value: ReactNode] {
  return [name, value];
}
