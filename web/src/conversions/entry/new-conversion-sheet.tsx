import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { problemsByField } from '../../api/problem';
import { useTimeZone } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import { TextAreaField, TextField } from '../../ui/controls/text-field';
import { ErrorBox } from '../../ui/layout/feedback';
import { Sheet } from '../../ui/layout/sheet';
import { showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { type ConversionStatus, EVENT_NAMES, type EventType, STATUS_NAMES } from '../conversions-words';
import { useCurrency } from '../list/use-conversions-view';
import { useNetworks } from '../names';
import { entryWords as words } from './entry-words';
import { useIdempotencyKey } from './idempotency';
import { MoneyFields } from './money-fields';
import { emptyDraft, type NewDraft, requestOf } from './new-draft';
import { OwnerFields } from './owner-fields';
import styles from './entry.module.css';

const FIELDS = [
  'clickId',
  'linkId',
  'eventType',
  'status',
  'payout.amount',
  'payout.currency',
  'payout',
  'convertedAt',
  'txid',
  'networkId',
  'playerId',
  'note',
];

/** Enters a conversion by hand. */
export function NewConversionSheet({ onClose }: { onClose: () => void }) {
  const id = useId();
  const currency = useCurrency();
  const timeZone = useTimeZone();
  const [draft, setDraft] = useState<NewDraft>(() => emptyDraft(currency));
  const creation = useCreation(onClose);
  const keyFor = useIdempotencyKey();
  const { fields, rest } =
    creation.error === null ? { fields: {}, rest: null } : problemsByField(creation.error, FIELDS);
  const set = (changes: Partial<NewDraft>): void => setDraft({ ...draft, ...changes });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = requestOf(draft, timeZone);
    if (!creation.isPending) creation.mutate({ body, key: keyFor(body) });
  };
  return (
    <Sheet
      title={words.newTitle}
      note={words.newNote}
      onClose={onClose}
      footer={
        <>
          <Button look="primary" type="submit" form={id} isBusy={creation.isPending}>
            {words.create}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {uiWords.cancel}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit} noValidate>
        {rest === null ? null : <ErrorBox error={new Error(rest)} />}
        <SelectField
          label={words.event}
          choices={choicesOf(EVENT_NAMES)}
          value={draft.eventType}
          error={fields['eventType']}
          onChange={(eventType: EventType) => set({ eventType })}
        />
        <OwnerFields draft={draft} onChange={set} errors={fields} />
        <SelectField
          label={words.status}
          choices={choicesOf(STATUS_NAMES)}
          value={draft.status}
          error={fields['status']}
          onChange={(status: ConversionStatus) => set({ status })}
        />
        <MoneyFields
          value={draft.payout}
          onChange={(payout) => set({ payout })}
          errors={{ amount: fields['payout.amount'] ?? fields['payout'], currency: fields['payout.currency'] }}
        />
        <TextField
          type="datetime-local"
          step="1"
          label={words.time}
          isOptional
          hint={words.timeHint(timeZone)}
          error={fields['convertedAt']}
          value={draft.time}
          onChange={(event) => set({ time: event.target.value })}
        />
        <OriginFields draft={draft} onChange={set} errors={fields} />
        <TextAreaField
          label={words.note}
          isOptional
          hint={words.noteHint}
          maxLength={500}
          rows={2}
          error={fields['note']}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </form>
    </Sheet>
  );
}

/** The network and the ids that it knows. */
function OriginFields({
  draft,
  onChange,
  errors,
}: {
  draft: NewDraft;
  onChange: (changes: Partial<NewDraft>) => void;
  errors: Record<string, string>;
}) {
  const networks = useNetworks();
  return (
    <>
      <SelectField
        label={words.network}
        isOptional
        hint={words.networkHint}
        error={errors['networkId']}
        choices={[
          { value: '', label: words.noNetwork },
          ...networks.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.networkId}
        onChange={(networkId) => onChange({ networkId })}
      />
      <div className={styles.pair}>
        <TextField
          label={words.txid}
          isOptional
          isMono
          maxLength={200}
          hint={words.txidHint}
          error={errors['txid']}
          value={draft.txid}
          onChange={(event) => onChange({ txid: event.target.value })}
        />
        <TextField
          label={words.player}
          isOptional
          isMono
          maxLength={200}
          error={errors['playerId']}
          value={draft.playerId}
          onChange={(event) => onChange({ playerId: event.target.value })}
        />
      </div>
    </>
  );
}

function useCreation(onDone: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ body, key }: { body: ReturnType<typeof requestOf>; key: string }) => {
      const headers = { 'Idempotency-Key': key };
      const answer = await api.POST('/api/v1/conversions', { body, headers });
      return { conversion: bodyOf(answer), verdict: answer.response.headers.get('x-hopback-verdict') };
    },
    onSuccess: async ({ conversion: { id, eventType }, verdict }) => {
      const name = EVENT_NAMES[eventType];
      const said = { updated: words.knownChanged, duplicate: words.alreadyKnown }[verdict ?? ''] ?? words.created;
      showUndo(
        said(name),
        words.open,
        () => void navigate({ to: '/conversions/$conversionId', params: { conversionId: id } }),
      );
      onDone();
      await queries.invalidateQueries({ queryKey: ['conversions'] });
    },
  });
}

function choicesOf<Value extends string>(names: Readonly<Record<Value, string>>): { value: Value; label: string }[] {
  return (Object.entries(names) as [Value, string][]).map(([value, label]) => ({ value, label }));
}
