import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState } from 'react';
import { Button } from '../../../ui/controls/button';
import { SelectField } from '../../../ui/controls/select-field';
import { builderWords } from '../builder-words';
import type { Visitor, VisitorParameter } from './visitor';
import { countryChoices, DEVICES } from './visitor-choices';
import styles from './visitor.module.css';

const DEVICE_CHOICES = DEVICES.map((value) => ({ value, label: builderWords.devices[value] }));

/** Describes the visitor: country, device, sub ids and other parameters of the visit. */
export function VisitorPicker({ visitor, onChange }: { visitor: Visitor; onChange: (visitor: Visitor) => void }) {
  const { country, device, parameters } = visitor;
  const set = (changed: Partial<Visitor>): void => onChange({ ...visitor, ...changed });
  return (
    <div className={styles.picker}>
      <span className={styles.country}>
        <SelectField
          label={builderWords.country}
          isLabelHidden
          isQuiet
          choices={[{ value: '', label: builderWords.anyCountry }, ...countryChoices()]}
          value={country}
          onChange={(chosen) => set({ country: chosen })}
        />
      </span>
      <SelectField
        label={builderWords.device}
        isLabelHidden
        isQuiet
        choices={DEVICE_CHOICES}
        value={device}
        onChange={(chosen) => set({ device: chosen })}
      />
      {parameters.map((parameter, index) => (
        <ParameterChip
          key={parameter.name}
          parameter={parameter}
          onChange={(value) => set({ parameters: parameters.with(index, { ...parameter, value }) })}
          onRemove={() => set({ parameters: parameters.toSpliced(index, 1) })}
        />
      ))}
      <NewParameter
        taken={parameters.map(({ name }) => name)}
        onAdd={(name) => set({ parameters: [...parameters, { name, value: '' }] })}
      />
    </div>
  );
}

function ParameterChip({
  parameter: { name, value },
  onChange,
  onRemove,
}: {
  parameter: VisitorParameter;
  onChange: (value: string) => void;
  onRemove: () => void;
}) {
  return (
    <span className={styles.chip}>
      <b className="medium">{name}</b>
      <span className="muted">{builderWords.is}</span>
      <input
        type="text"
        aria-label={builderWords.parameterValue(name)}
        value={value}
        size={Math.min(Math.max(value.length, 5), 24)}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      <button type="button" aria-label={builderWords.removeParameter(name)} onClick={onRemove}>
        <IconX className="icon-small" />
      </button>
    </span>
  );
}

/** For a new input: its example can be typed over. */
function selectAll(input: HTMLInputElement | null): void {
  input?.select();
}

function NewParameter({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    const next = Array.from({ length: 10 }, (_, index) => `sub${index + 1}`).find((each) => !taken.includes(each));
    return (
      <Button look="quiet" isSmall icon={<IconPlus className="icon-small" />} onClick={() => setName(next ?? '')}>
        {builderWords.addParameter}
      </Button>
    );
  }
  const add = (): void => {
    const trimmed = name.trim();
    if (trimmed !== '' && !taken.includes(trimmed)) onAdd(trimmed);
    setName(null);
  };
  return (
    <span className={styles.chip}>
      <input
        type="text"
        aria-label={builderWords.newParameter}
        ref={selectAll}
        value={name}
        size={10}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) add();
        }}
      />
      <Button look="quiet" isSmall onClick={add}>
        {builderWords.add}
      </Button>
    </span>
  );
}
