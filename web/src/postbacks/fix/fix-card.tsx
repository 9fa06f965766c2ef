import { keepPreviousData, useQuery } from '@tanstack/react-query';
import IconArrowRight from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useAct } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import { ParameterValue } from '../../ui/data/parameters';
import { ErrorBox } from '../../ui/layout/feedback';
import { CodeText } from '../entry/code-text';
import type { MappingEffect, NetworkMapping, PostbackNetwork, PostbackDetail } from '../postback-types';
import { EffectBoxes } from './effect-boxes';
import { staySentence } from './effect-figures';
import { type FixPlan, namesOf, type ParameterFix, titleOf, withMeaning } from './fix-plan';
import { fixWords as words } from './fix-words';
import type { ActiveChange } from './use-mapping-changes';
import styles from './fix.module.css';

/** The effect that a mapping would have. Nothing is stored. */
function useEffectOf(networkId: string, mapping: NetworkMapping | undefined) {
  return useQuery({
    queryKey: ['postbacks', 'preview', networkId, mapping],
    queryFn: async ({ signal }) => {
      const params = { path: { id: networkId } };
      const body = { mapping: mapping as NetworkMapping };
      return bodyOf(await api.POST('/api/v1/networks/{id}/mapping-changes/preview', { params, body, signal }));
    },
    enabled: mapping !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** The fix of a mapping: what changes, and its effect in numbers before it is made. */
export function FixCard({
  postback,
  network,
  plan,
  onShow,
  onMap,
}: {
  postback: PostbackDetail;
  network: PostbackNetwork;
  plan: FixPlan;
  onShow: () => void;
  onMap: (mapping: NetworkMapping, about: Pick<ActiveChange, 'title' | 'wouldCount'>) => Promise<void>;
}) {
  const [meaning, setMeaning] = useState('');
  const mapping = mappingOf(plan, network, meaning);
  const { data: effect, error, refetch, isFetching, isPlaceholderData } = useEffectOf(postback.networkId, mapping);
  const title = titleOf(plan);
  const act = useAct(async () => {
    if (mapping !== undefined && effect !== undefined) await onMap(mapping, { title, wouldCount: effect.wouldCount });
  });
  return (
    <section className={styles.card} aria-labelledby="fix-title">
      <div className={styles.top}>
        <div className="grow">
          <h3 id="fix-title" className={styles.heading}>
            <CodeText text={title} className={styles.name} />
          </h3>
          <p className="secondary">{words.scope(network.name, effect?.waiting ?? 0)}</p>
        </div>
        {plan.kind === 'word' ? (
          <MeaningField field={plan.field} value={meaning} onChange={setMeaning} />
        ) : (
          <div>
            {plan.fixes.map((fix) => (
              <ReadFrom key={fix.name} fix={fix} />
            ))}
          </div>
        )}
      </div>
      {error !== null ? (
        <ErrorBox error={error} onRetry={() => void refetch()} />
      ) : mapping === undefined ? null : (
        <EffectBoxes effect={effect} isOld={isPlaceholderData} />
      )}
      <div className={styles.acts}>
        <Button
          look="primary"
          isBusy={act.isBusy}
          disabled={effect === undefined || isPlaceholderData || (isFetching && effect === undefined)}
          onClick={act.run}
        >
          {words.map(namesOf(plan), effect?.wouldCount ?? 0)}
        </Button>
        {effect === undefined || effect.waiting === 0 ? null : (
          <Button onClick={onShow}>{words.show(effect.waiting)}</Button>
        )}
        <StaySentence effect={effect} />
      </div>
      <p role="alert" className="bad">
        {act.error}
      </p>
    </section>
  );
}

function mappingOf(plan: FixPlan, { mapping }: PostbackNetwork, meaning: string): NetworkMapping | undefined {
  if (plan.kind === 'parameters') return plan.mapping;
  return meaning === '' ? undefined : withMeaning(mapping, plan, meaning);
}

/** `click id is read from clickid → tid, then clickid`, with the old names struck out. */
function ReadFrom({ fix: { meaning, name, before, after } }: { fix: ParameterFix }) {
  return (
    <p className={styles.readFrom}>
      <span className="note">{words.readFrom(meaning.replace(/^the /, ''))}</span>
      {before.length === 0 ? (
        <span className="muted">{words.nothingYet}</span>
      ) : (
        <del className="mono">{before.join(', ')}</del>
      )}
      <IconArrowRight className="icon-small" aria-hidden="true" />
      <span className="mono">
        <ParameterValue kind="clickId">{name}</ParameterValue>
        {words.othersAfter(after.slice(1))}
      </span>
    </p>
  );
}

function MeaningField({
  field,
  value,
  onChange,
}: {
  field: 'events' | 'statuses';
  value: string;
  onChange: (meaning: string) => void;
}) {
  const meanings = field === 'events' ? words.meanings : words.statusMeanings;
  const choices = Object.entries(meanings).map(([meaning, label]) => ({ value: meaning, label }));
  return (
    <div className={styles.meaning}>
      <SelectField
        label={words.meaning}
        value={value}
        choices={[{ value: '', label: words.choose }, ...choices]}
        onChange={onChange}
      />
    </div>
  );
}

function StaySentence({ effect }: { effect: MappingEffect | undefined }) {
  const stay = effect && staySentence(effect);
  if (effect === undefined) return null;
  return (
    <span className={`note ${styles.stay}`}>
      {stay === undefined ? null : <CodeText text={`${stay} `} />}
      {words.undoFor}
    </span>
  );
}
