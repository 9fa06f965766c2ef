import { useId, useState } from 'react';
import { Field } from '../../ui/controls/field';
import styles from './pick-list.module.css';

export interface PickChoice {
  id: string;
  label: string;
  note?: string | undefined;
}

/** A search field with what it finds beneath it; one choice is taken by a click, or with the arrow keys and Enter. */
export function PickList({
  label,
  choices,
  onSearch,
  onPick,
  nothing,
  isLabelHidden = true,
}: {
  label: string;
  choices: readonly PickChoice[];
  onSearch: (text: string) => void;
  onPick: (choice: PickChoice) => void;
  /** Said when there are no choices. */
  nothing: string;
  isLabelHidden?: boolean;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const current = Math.min(active, choices.length - 1);
  const pick = (choice: PickChoice | undefined): void => {
    if (choice !== undefined) onPick(choice);
  };
  return (
    <div className={styles.pick}>
      <Field label={label} isLabelHidden={isLabelHidden}>
        {(attributes) => (
          <input
            {...attributes}
            className={styles.input}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={current < 0 ? undefined : `${id}-${current}`}
            autoComplete="off"
            placeholder={label}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              onSearch(event.target.value);
            }}
            onKeyDown={(event) => {
              const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (step !== undefined) setActive(Math.max(0, Math.min(choices.length - 1, current + step)));
              else if (event.key === 'Enter') pick(choices[current]);
              else return;
              event.preventDefault();
            }}
          />
        )}
      </Field>
      {choices.length === 0 ? <p className={`note ${styles.nothing}`}>{nothing}</p> : null}
      <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.choices}>
        {choices.map((choice, index) => (
          <button
            key={choice.id}
            type="button"
            tabIndex={-1}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            className={styles.choice}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(choice)}
          >
            <span className="ellipsis">{choice.label}</span>
            {choice.note === undefined ? null : <small className="note ellipsis">{choice.note}</small>}
          </button>
        ))}
      </div>
    </div>
  );
}
