import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import type { MouseEvent, ReactNode } from 'react';
import { Button } from '../../../ui/controls/button';
import { TextField } from '../../../ui/controls/text-field';
import { useBuilder } from '../builder-context';
import { newCondition, newVariant, type RuleDraft } from '../draft/draft';
import { FieldWarnings, ProblemLine } from '../field-warnings';
import { ConditionEditor } from './condition-editor';
import { rulesWords } from './rules-words';
import { VariantsEditor } from './variants-editor';
import styles from './rules.module.css';

interface RuleEditorProps {
  rule: RuleDraft;
  index: number;
  count: number;
  onChange: (rule: RuleDraft) => void;
  onMove: (by: -1 | 1) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** One rule: its conditions, and where its visitors go. */
export function RuleEditor({ rule, index, count, onChange, onMove, onDuplicate, onRemove }: RuleEditorProps) {
  const { problemAt, problemsIn } = useBuilder();
  const path = `rules.${index}`;
  const name = rule.name || rulesWords.rule(index + 1);
  const { when, variants } = rule;
  const set = (changed: Partial<RuleDraft>): void => onChange({ ...rule, ...changed });
  const conditions = when.map((_, at) => `${path}.when.${at}`).filter((each) => problemsIn(each) !== undefined);
  return (
    <li className={styles.rule} aria-label={name}>
      <div className={styles.head}>
        <TextField
          label={rulesWords.ruleName}
          isLabelHidden
          value={rule.name}
          placeholder={rulesWords.ruleNameHint(index + 1)}
          maxLength={40}
          error={problemAt(`${path}.name`)}
          onChange={(event) => set({ name: event.target.value })}
        />
        <MoveButton
          label={rulesWords.moveUp(name)}
          icon={<IconArrowUp className="icon-small" />}
          isAtEnd={index === 0}
          act={() => onMove(-1)}
        />
        <MoveButton
          label={rulesWords.moveDown(name)}
          icon={<IconArrowDown className="icon-small" />}
          isAtEnd={index === count - 1}
          act={() => onMove(1)}
        />
        <IconButton label={rulesWords.duplicate(name)} icon={<IconCopy className="icon-small" />} act={onDuplicate} />
        <IconButton label={rulesWords.remove(name)} icon={<IconTrash className="icon-small" />} act={onRemove} />
      </div>
      {when.map((condition, at) => (
        <ConditionEditor
          key={condition.key}
          condition={condition}
          path={`${path}.when.${at}`}
          word={at === 0 ? rulesWords.when : rulesWords.and}
          label={rulesWords.condition(at + 1)}
          onChange={(changed) => set({ when: when.with(at, changed) })}
          onRemove={when.length === 1 ? undefined : () => set({ when: when.toSpliced(at, 1) })}
        />
      ))}
      {conditions.length === 0 ? <ProblemLine text={problemAt(`${path}.when`) ?? problemAt(path)} /> : null}
      <div>
        <Button
          look="quiet"
          isSmall
          icon={<IconPlus className="icon-small" />}
          onClick={() => set({ when: [...when, newCondition()] })}
        >
          {rulesWords.addCondition}
        </Button>
      </div>
      <TextField
        label={variants.length === 0 ? rulesWords.ruleUrl : rulesWords.ruleUrlWithVariants}
        isMono
        inputMode="url"
        value={rule.url}
        maxLength={4096}
        spellCheck={false}
        error={problemAt(`${path}.url`)}
        onChange={(event) => set({ url: event.target.value })}
      />
      <FieldWarnings path={`${path}.url`} onUse={(url) => set({ url })} />
      <ProblemLine text={problemAt(`${path}.variants`)} />
      <VariantsEditor
        path={`${path}.variants`}
        variants={variants}
        onChange={(changed) => set({ variants: changed })}
        onAdd={() => set({ variants: [...variants, newVariant()] })}
        addLabel={variants.length === 0 ? rulesWords.splitRule : undefined}
      />
    </li>
  );
}

function IconButton({ label, icon, act }: { label: string; icon: ReactNode; act: () => void }) {
  return <Button look="quiet" isSmall icon={icon} aria-label={label} title={label} onClick={act} />;
}

/** Keeps the focus, although the rule changes its place on the page. At the end of the list it does nothing. */
function MoveButton({
  label,
  icon,
  isAtEnd,
  act,
}: {
  label: string;
  icon: ReactNode;
  isAtEnd: boolean;
  act: () => void;
}) {
  const move = ({ currentTarget }: MouseEvent<HTMLButtonElement>): void => {
    if (isAtEnd) return;
    act();
    requestAnimationFrame(() => currentTarget.focus());
  };
  return (
    <Button look="quiet" isSmall icon={icon} aria-label={label} title={label} aria-disabled={isAtEnd} onClick={move} />
  );
}
