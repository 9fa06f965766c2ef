import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { messageOf, problemsByField } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import { TextAreaField } from '../../ui/controls/text-field';
import { ErrorBox } from '../../ui/layout/feedback';
import { Sheet } from '../../ui/layout/sheet';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { type Conversion, type ConversionStatus, EVENT_NAMES, STATUS_NAMES } from '../conversions-words';
import { useCurrency } from '../list/use-conversions-view';
import { useIsMoneyHidden } from '../names';
import { changeEffect, isSameMoney } from './change-effect';
import { entryWords as words } from './entry-words';
import { type MoneyDraft, MoneyFields, moneyOf } from './money-fields';
import styles from './entry.module.css';

const AMOUNT = /^-?\d+(?:\.\d+)?$/;
const FIELDS = ['status', 'payout.amount', 'payout.currency', 'payout', 'note'];

/** Changes status or payout by hand, or adds a note. The effect on the money is said before it happens. */
export function ChangeSheet({ conversion, onClose }: { conversion: Conversion; onClose: () => void }) {
  const id = useId();
  const currency = useCurrency();
  const isMoneyHidden = useIsMoneyHidden();
  const [status, setStatus] = useState<ConversionStatus>(conversion.status);
  const [payout, setPayout] = useState<MoneyDraft>(conversion.payout ?? { amount: '', currency });
  const [note, setNote] = useState('');
  const change = useChange(conversion, onClose);
  const body = changesOf(conversion, { status, payout, note });
  const isEmpty = Object.keys(body).length === 0;
  const { fields, rest } = change.error === null ? { fields: {}, rest: null } : problemsByField(change.error, FIELDS);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty && !change.isPending) change.mutate(body);
  };
  return (
    <Sheet
      title={words.changeTitle}
      note={EVENT_NAMES[conversion.eventType]}
      onClose={onClose}
      footer={
        <>
          <Button look="primary" type="submit" form={id} isBusy={change.isPending} disabled={isEmpty}>
            {words.save}
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
          label={words.status}
          choices={statusChoices(conversion.status)}
          value={status}
          hint={conversion.status === 'pending' ? undefined : words.finalHint}
          error={fields['status']}
          onChange={(value: ConversionStatus) => setStatus(value)}
        />
        {isMoneyHidden ? null : (
          <MoneyFields
            value={payout}
            onChange={setPayout}
            errors={{ amount: fields['payout.amount'] ?? fields['payout'], currency: fields['payout.currency'] }}
          />
        )}
        <TextAreaField
          label={words.note}
          isOptional
          hint={words.noteHint}
          maxLength={500}
          rows={3}
          error={fields['note']}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className={styles.effect} role="status">
          <span className="note">{words.effect}</span>
          <span>{effectWords(conversion, body)}</span>
        </div>
      </form>
    </Sheet>
  );
}

function statusChoices(now: ConversionStatus): { value: ConversionStatus; label: string }[] {
  const all: ConversionStatus[] = ['pending', 'approved', 'rejected'];
  return all
    .filter((status) => status !== 'pending' || now === 'pending')
    .map((value) => ({ value, label: STATUS_NAMES[value] }));
}

/** The fields that differ from the conversion. An empty amount changes nothing. */
function changesOf(
  conversion: Conversion,
  { status, payout, note }: { status: ConversionStatus; payout: MoneyDraft; note: string },
): Schema<'UpdateConversionRequest'> {
  const money = moneyOf(payout);
  const isOther = money !== undefined && (!AMOUNT.test(money.amount) || !isSameMoney(money, conversion.payout));
  return {
    ...(status !== conversion.status && { status }),
    ...(isOther && { payout: money }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}

function effectWords(conversion: Conversion, { status, payout, note }: Schema<'UpdateConversionRequest'>): string {
  if (payout !== undefined && !AMOUNT.test(payout.amount)) return words.noEffect;
  const after = { status: status ?? conversion.status, payout: payout ?? conversion.payout };
  return changeEffect(conversion, after) ?? (note === undefined ? words.noEffect : words.noteOnly);
}

function useChange({ id, eventType }: Conversion, onDone: () => void) {
  const queries = useQueryClient();
  const params = { path: { id } };
  const renew = () => queries.invalidateQueries({ queryKey: ['conversions'] });
  const undo = async (): Promise<void> => {
    try {
      await api.POST('/api/v1/conversions/{id}/undo', { params, body: {} });
      showNotice(words.undone);
    } catch (error) {
      showNotice(messageOf(error), { isError: true });
    }
    await renew();
  };
  return useMutation({
    mutationFn: async (body: Schema<'UpdateConversionRequest'>) =>
      bodyOf(await api.PATCH('/api/v1/conversions/{id}', { params, body })),
    onSuccess: async (_, { status, payout }) => {
      if (status === undefined && payout === undefined) showNotice(words.noteAdded);
      else showUndo(words.changed(EVENT_NAMES[eventType]), uiWords.undo, () => void undo());
      onDone();
      await renew();
    },
  });
}
