import { postbackWords } from '../postbacks-words';
import styles from './fix.module.css';

/** The problem of a request and its solution in words, where no act of this page solves it. */
export function HintCard({ hint, note }: { hint: string | null; note?: string | undefined }) {
  if (hint === null && note === undefined) return null;
  return (
    <section className={styles.hint}>
      <h3>{postbackWords.hint}</h3>
      {hint === null ? null : <p>{hint}</p>}
      {note === undefined ? null : <p className="note">{note}</p>}
    </section>
  );
}
