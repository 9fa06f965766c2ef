import { importWords as words } from './import-words';
import styles from './import.module.css';

/** The steps of the wizard; the present one is named for screen readers. */
export function Steps({ current }: { current: number }) {
  return (
    <ol className={styles.steps} aria-label={words.steps}>
      {words.stepNames.map((name, index) => (
        <li key={name} aria-current={index === current ? 'step' : undefined} data-done={index < current}>
          <i aria-hidden="true">{index + 1}</i>
          {name}
        </li>
      ))}
    </ol>
  );
}
