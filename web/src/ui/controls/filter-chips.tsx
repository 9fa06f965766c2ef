import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useKeys } from '../../app/keyboard';
import styles from './filter-chips.module.css';

export interface FilterChip {
  name: string;
  value: string;
  remove: () => void;
}

/** The filters in effect. Each can be removed in its place; `Esc` removes the last. */
export function FilterChips({ chips }: { chips: readonly FilterChip[] }) {
  const last = chips.at(-1);
  useKeys(
    last === undefined ? {} : { Escape: { act: last.remove, label: `Remove the filter ${last.name}`, isHidden: true } },
  );
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Filters">
      {chips.map(({ name, value, remove }) => (
        <li key={name} className={styles.chip}>
          <span>{name}</span>
          <span className={styles.is}>is</span>
          <b className="medium">{value}</b>
          <button type="button" aria-label={`Remove the filter ${name} is ${value}`} onClick={remove}>
            <IconX className="icon-small" />
          </button>
        </li>
      ))}
    </ul>
  );
}
