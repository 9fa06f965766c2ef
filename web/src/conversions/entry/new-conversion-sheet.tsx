import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { useTimeZone } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { FormError } from '../../ui/controls/form';
import { SelectField } from '../../ui/controls/select-field';
import { TextAreaField, TextField } from '../../ui/controls/text-field';
import { type FormState, useForm } from '../../ui/controls/use-form';
import { Sheet } from '../../ui/layout/sheet';
import { showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { STATUS_NAMES } from '../conversions-words';
import { useCurrency } from '../list/use-conversions-view';

import { useNetworks } from '../../networks/use-networks';
import { entryWords as words } from './entry-words';
import { useIdempotencyKey } from '../../api/idempotency-key';
import { MoneyFields } from './money-fields';
import { emptyDraft, type NewDraft, requestOf } from './new-draft';
import { OwnerFields } from './owner-fields';
import styles from './entry.module.css';

/** Enters a conversion by hand. */
export function NewConversionSheet({ onClose }: { onClose: () => void }) {
  const id = useId();
  const timeZone = useTimeZone();
  const create = useCreation(onClose);
  const keyFor = useIdempotencyKey();
  const form = useForm<NewDraft>({
    initial: emptyDraft(useCurrency()),
    submit: (draft) => {
      const body = requestOf(draft, timeZone);
      return create(body, keyFor(body));
    },
  });
  return (
    <Sheet
      title={words.newTitle}
      note={words.newNote}
      onClose={onClose}
      footer={
        <>
          <Button look="primary" type="submit" form={id} isBusy={form.isBusy}>
            {words.create}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {uiWords.cancel}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} {...form.props}>
        <FormError form={form} />
        <SelectField label={words.event} choices={choicesOf(EVENT_NAMES)} {...form.choice('eventType')} />
        <OwnerFields form={form} />
        <SelectField label={words.status} choices={choicesOf(STATUS_NAMES)} {...form.choice('status')} />
        <MoneyFields
          value={form.values.payout}
          onChange={(payout) => form.set('payout', payout)}
          error={form.errors['payout']}
        />
        <TextField
          type="datetime-local"
          step="1"
          label={words.time}
          isOptional
          hint={words.timeHint(timeZone)}
          {...form.text('convertedAt')}
        />
        <OriginFields form={form} />
        <TextAreaField
          label={words.note}
          isOptional
          hint={words.noteHint}
          maxLength={500}
          rows={2}
          {...form.text('note')}
        />
      </form>
    </Sheet>
  );
}

/** The network and the ids that it knows. */
function OriginFields({ form }: { form: FormState<NewDraft> }) {
  const networks = useNetworks();
  return (
    <>
      <SelectField
        label={words.network}
        isOptional
        hint={words.networkHint}
        choices={[
          { value: '', label: words.noNetwork },
          ...networks.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.choice('networkId')}
      />
      <div className={styles.pair}>
        <TextField label={words.txid} isOptional isMono maxLength={200} hint={words.txidHint} {...form.text('txid')} />
        <TextField label={words.player} isOptional isMono maxLength={200} {...form.text('playerId')} />
      </div>
    </>
  );
}

function useCreation(onDone: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (body: Schema<'CreateConversionRequest'>, key: string): Promise<void> => {
    const answer = await api.POST('/api/v1/conversions', { body, headers: { 'Idempotency-Key': key } });
    const { id, eventType } = bodyOf(answer);
    const verdict = answer.response.headers.get('x-hopback-verdict') ?? '';
    const said = { updated: words.knownChanged, duplicate: words.alreadyKnown }[verdict] ?? words.created;
    showUndo(
      said(EVENT_NAMES[eventType]),
      words.open,
      () => void navigate({ to: '/conversions/$conversionId', params: { conversionId: id } }),
    );
    onDone();
    await queries.invalidateQueries({ queryKey: ['conversions'] });
  };
}

function choicesOf<Value extends string>(names: Readonly<Record<Value, string>>): { value: Value; label: string }[] {
  return (Object.entries(names) as [Value, string][]).map(([value, label]) => ({ value, label }));
}
