import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { Button } from '../../../ui/controls/button';
import { SelectField } from '../../../ui/controls/select-field';
import { TextField } from '../../../ui/controls/text-field';
import { useBuilder } from '../builder-context';
import type { VariantDraft } from '../draft/draft';
import { FieldWarnings, ProblemLine } from '../field-warnings';
import { capGoals } from './goals';
import { rulesWords } from './rules-words';
import { shares } from './shares';
import styles from './rules.module.css';

/** Variants with their weights, shares and caps. */
export function VariantsEditor({
  path,
  variants,
  onChange,
  onAdd,
  addLabel,
}: {
  path: string;
  variants: readonly VariantDraft[];
  onChange: (variants: readonly VariantDraft[]) => void;
  onAdd: () => void;
  addLabel?: string | undefined;
}) {
  const percents = shares(variants.map(({ weight }) => weight));
  return (
    <>
      {variants.length === 0 ? null : (
        <ol className={styles.list}>
          {variants.map((variant, index) => (
            <VariantEditor
              key={variant.key}
              variant={variant}
              path={`${path}.${index}`}
              number={index + 1}
              percent={percents[index] ?? 0}
              onChange={(changed) => onChange(variants.with(index, changed))}
              onRemove={() => onChange(variants.toSpliced(index, 1))}
            />
          ))}
        </ol>
      )}
      <div>
        <Button look="quiet" isSmall icon={<IconPlus className="icon-small" />} onClick={onAdd}>
          {addLabel ?? rulesWords.addVariant}
        </Button>
      </div>
    </>
  );
}

function VariantEditor({
  variant,
  path,
  number,
  percent,
  onChange,
  onRemove,
}: {
  variant: VariantDraft;
  path: string;
  number: number;
  percent: number;
  onChange: (variant: VariantDraft) => void;
  onRemove: () => void;
}) {
  const { problemAt, problemsIn } = useBuilder();
  const set = (changed: Partial<VariantDraft>): void => onChange({ ...variant, ...changed });
  const name = variant.name || rulesWords.variant(number);
  return (
    <li className={styles.variant} aria-label={name}>
      <div className={styles.wideCell}>
        <TextField
          label={rulesWords.variantUrl}
          isMono
          inputMode="url"
          value={variant.url}
          maxLength={4096}
          spellCheck={false}
          error={problemAt(`${path}.url`)}
          onChange={(event) => set({ url: event.target.value })}
        />
        <FieldWarnings path={`${path}.url`} onUse={(url) => set({ url })} />
      </div>
      <TextField
        label={rulesWords.variantName}
        value={variant.name}
        placeholder={rulesWords.variant(number)}
        maxLength={40}
        error={problemAt(`${path}.name`)}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={rulesWords.weight}
        inputMode="numeric"
        value={variant.weight}
        maxLength={6}
        hint={rulesWords.share(percent)}
        error={problemAt(`${path}.weight`)}
        onChange={(event) => set({ weight: event.target.value })}
      />
      <TextField
        label={rulesWords.cap}
        inputMode="numeric"
        value={variant.cap}
        placeholder={rulesWords.noCap}
        maxLength={8}
        error={problemsIn(`${path}.dailyCap`)}
        onChange={(event) => set({ cap: event.target.value })}
      />
      <SelectField
        label={rulesWords.capGoal}
        choices={capGoals}
        value={variant.capGoal}
        disabled={variant.cap.trim() === ''}
        onChange={(capGoal) => set({ capGoal })}
      />
      <Button
        look="quiet"
        isSmall
        icon={<IconTrash className="icon-small" />}
        aria-label={rulesWords.remove(name)}
        title={rulesWords.remove(name)}
        onClick={onRemove}
      />
      <ProblemLine text={problemAt(path)} />
    </li>
  );
}
