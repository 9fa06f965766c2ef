import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { Button } from '../../../ui/controls/button';
import { useBuilder } from '../builder-context';
import { copyRule, movedBy, newRule, newVariant } from '../draft/draft';
import { ProblemLine } from '../field-warnings';
import options from '../options/options.module.css';
import { RotationFields } from './rotation-fields';
import { RuleEditor } from './rule-editor';
import { rulesWords } from './rules-words';
import { VariantsEditor } from './variants-editor';
import styles from './rules.module.css';

/** Ordered rules, the variants of visitors that no rule matches, and how variants share them. */
export function RulesOptions() {
  const { draft, change, problemAt } = useBuilder();
  const { rules, variants } = draft;
  const hasVariants = variants.length > 0 || rules.some((rule) => rule.variants.length > 0);
  return (
    <>
      <div className={options.group}>
        <p className="note">{rulesWords.rulesHint}</p>
        <ProblemLine text={problemAt('rules')} />
        <ol className={styles.list}>
          {rules.map((rule, index) => (
            <RuleEditor
              key={rule.key}
              rule={rule}
              index={index}
              count={rules.length}
              onChange={(changed) => change({ rules: rules.with(index, changed) })}
              onMove={(by) => change({ rules: movedBy(rules, index, by) })}
              onDuplicate={() => change({ rules: rules.toSpliced(index + 1, 0, copyRule(rule)) })}
              onRemove={() => change({ rules: rules.toSpliced(index, 1) })}
            />
          ))}
        </ol>
        <div>
          <Button
            isSmall
            icon={<IconPlus className="icon-small" />}
            onClick={() => change({ rules: [...rules, newRule()] })}
          >
            {rulesWords.addRule}
          </Button>
        </div>
      </div>
      <fieldset className={options.group}>
        <legend>{rulesWords.variants}</legend>
        <p className="note">{rulesWords.variantsHint}</p>
        <ProblemLine text={problemAt('variants')} />
        <VariantsEditor
          path="variants"
          variants={variants}
          onChange={(changed) => change({ variants: changed })}
          onAdd={() => change({ variants: [...variants, newVariant()] })}
        />
      </fieldset>
      {hasVariants ? <RotationFields /> : null}
    </>
  );
}
