import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../../api/client';
import { workspaceQuery } from '../../../app/session';
import { SelectField } from '../../../ui/controls/select-field';
import { TextAreaField, TextField } from '../../../ui/controls/text-field';
import { TokenField } from '../../../ui/controls/token-field';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import form from '../builder.module.css';
import type { Draft } from '../draft/draft';
import { splitTyped } from '../draft/draft-values';

/** Names and order for people, and how clicks are tracked. */
export function DetailsOptions() {
  return (
    <div className={form.fields}>
      <PlainField name="title" maxLength={200} isWide />
      <Tags />
      <PlainField name="campaign" maxLength={200} />
      <PlainField name="externalId" maxLength={128} isMono />
      <Notes />
      <Tracking />
      <Cost />
      <PlainField name="sourceId" maxLength={100} />
      <ForOtherSites />
    </div>
  );
}

type PlainName = 'title' | 'campaign' | 'externalId' | 'sourceId';

function PlainField({
  name,
  maxLength,
  isMono = false,
  isWide = false,
}: {
  name: PlainName;
  maxLength: number;
  isMono?: boolean;
  isWide?: boolean;
}) {
  const { draft, change, problemsIn } = useBuilder();
  return (
    <div className={isWide ? form.wideField : undefined}>
      <TextField
        label={builderWords[name]}
        isMono={isMono}
        value={draft[name]}
        maxLength={maxLength}
        error={problemsIn(name)}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </div>
  );
}

function Tags() {
  const { draft, change, problemsIn } = useBuilder();
  const { data } = useQuery({
    queryKey: ['links', 'tags'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => bodyOf(await api.GET('/api/v1/links/tags', { signal })).data,
  });
  return (
    <div className={form.wideField}>
      <TokenField
        label={builderWords.tags}
        values={draft.tags}
        typed={draft.typedTag}
        split={(text) => splitTyped(text, ',')}
        suggestions={(data ?? []).map(({ tag }) => ({ value: tag }))}
        error={problemsIn('tags')}
        hint={builderWords.tagsHint}
        onChange={(tags, typedTag) => change({ tags, typedTag })}
      />
    </div>
  );
}

function Notes() {
  const { draft, change, problemsIn } = useBuilder();
  return (
    <div className={form.wideField}>
      <TextAreaField
        label={builderWords.notes}
        value={draft.notes}
        rows={2}
        maxLength={5000}
        error={problemsIn('notes')}
        onChange={(event) => change({ notes: event.target.value })}
      />
    </div>
  );
}

function choicesOf<Value extends string>(labels: Readonly<Record<Value, string>>): { value: Value; label: string }[] {
  return (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }));
}

function Tracking() {
  const { draft, link, change, problemsIn } = useBuilder();
  // An existing link has its parameter; only a new one takes over that of its network.
  const clickIds = choicesOf(builderWords.clickIds).filter(({ value }) => link === null || value !== 'default');
  return (
    <>
      <SelectField
        label={builderWords.redirectStatus}
        choices={choicesOf(builderWords.statuses)}
        value={draft.redirectStatus as keyof typeof builderWords.statuses}
        error={problemsIn('redirectStatus')}
        onChange={(redirectStatus) => change({ redirectStatus })}
      />
      <SelectField
        label={builderWords.forwardQuery}
        choices={choicesOf(builderWords.forwards)}
        value={draft.forwardQuery}
        error={problemsIn('forwardQuery')}
        onChange={(forwardQuery) => change({ forwardQuery })}
      />
      <SelectField
        label={builderWords.clickId}
        choices={clickIds}
        value={draft.clickId}
        onChange={(clickId) => change({ clickId })}
      />
      <TextField
        label={builderWords.clickIdParam}
        isMono
        value={draft.clickId === 'named' ? draft.clickIdParam : ''}
        disabled={draft.clickId !== 'named'}
        maxLength={64}
        error={problemsIn('clickIdParam')}
        onChange={(event) => change({ clickIdParam: event.target.value })}
      />
    </>
  );
}

function Cost() {
  const { draft, change, problemsIn } = useBuilder();
  const currency = useQuery(workspaceQuery).data?.currency ?? '';
  const set = (fields: Partial<Draft>): void => change({ costCurrency: draft.costCurrency || currency, ...fields });
  return (
    <>
      <TextField
        label={builderWords.cost}
        inputMode="decimal"
        placeholder="0.05"
        value={draft.cost}
        maxLength={30}
        error={problemsIn('cost')}
        onChange={(event) => set({ cost: event.target.value })}
      />
      <TextField
        label={builderWords.currency}
        value={draft.costCurrency || currency}
        maxLength={10}
        onChange={(event) => change({ costCurrency: event.target.value.toUpperCase() })}
      />
    </>
  );
}

const REFERRER_POLICIES = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

function ForOtherSites() {
  const { draft, change, problemsIn } = useBuilder();
  return (
    <>
      <SelectField
        label={builderWords.noIndex}
        choices={choicesOf(builderWords.noIndexes)}
        value={draft.noIndex}
        error={problemsIn('noIndex')}
        onChange={(noIndex) => change({ noIndex })}
      />
      <SelectField
        label={builderWords.referrerPolicy}
        choices={[
          { value: '', label: builderWords.referrerDefault },
          ...REFERRER_POLICIES.map((value) => ({ value, label: value })),
        ]}
        value={draft.referrerPolicy}
        error={problemsIn('referrerPolicy')}
        onChange={(referrerPolicy) => change({ referrerPolicy })}
      />
    </>
  );
}
