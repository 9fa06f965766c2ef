import { formatCount } from './money-format';
import styles from './rolling-number.module.css';

/** A count whose changed digits roll in. A digit has its place from the right as its key, so that the others stay. */
export function RollingNumber({ value }: { value: number }) {
  const text = formatCount(value);
  return (
    <span className={styles.number}>
      <span className="visually-hidden">{text}</span>
      <span aria-hidden="true">
        {[...text].map((digit, index) => (
          <span key={text.length - index} className={styles.place}>
            <span key={digit} className={styles.digit}>
              {digit}
            </span>
          </span>
        ))}
      </span>
    </span>
  );
}
