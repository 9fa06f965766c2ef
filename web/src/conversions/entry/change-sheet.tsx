import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { api, type Schema } from '../../api/client';
import { messageOf } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { FormError } from '../../ui/controls/form';
import { SelectField } from '../../ui/controls/select-field';
import { TextAreaField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { Sheet } from '../../ui/layout/sheet';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import { uiWords } from '../../ui/words';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion, type ConversionStatus, STATUS_NAMES } from '../conversions-words';
import { useCurrency } from '../list/use-conversions-view';
import { useIsMoneyHidden } from '../../app/session';
import { type ChangeDraft, changesOf, effectWords } from './changes';
import { entryWords as words } from './entry-words';
import { MoneyFields } from './money-fields';
import styles from './entry.module.css';

/** Changes status or payout by hand, or adds a note. The effect on the money is said before it happens. */
export function ChangeSheet({ conversion, onClose }: { conversion: Conversion; onClose: () => void }) {
  const id = useId();
  const currency = useCurrency();
  const isMoneyHidden = useIsMoneyHidden();
  const change = useChange(conversion, onClose);
  const form = useForm<ChangeDraft>({
    initial: { status: conversion.status, payout: conversion.payout ?? { amount: '', currency }, note: '' },
    submit: (draft) => change(changesOf(conversion, draft)),
  });
  const body = changesOf(conversion, form.values);
  return (
    <Sheet
      title={words.changeTitle}
      note={EVENT_NAMES[conversion.eventType]}
      onClose={onClose}
      footer={
        <>
          <Button look="primary" type="submit" form={id} isBusy={form.isBusy} disabled={Object.keys(body).length === 0}>
            {words.save}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {uiWords.cancel}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} {...form.props}>
        <FormError form={form} />
        <SelectField
          label={words.status}
          choices={statusChoices(conversion.status)}
          hint={conversion.status === 'pending' ? undefined : words.finalHint}
          {...form.choice('status')}
        />
        {isMoneyHidden ? null : (
          <MoneyFields
            value={form.values.payout}
            onChange={(payout) => form.set('payout', payout)}
            error={form.errors['payout']}
          />
        )}
        <TextAreaField
          label={words.note}
          isOptional
          hint={words.noteHint}
          maxLength={500}
          rows={3}
          {...form.text('note')}
        />
        <div className={styles.effect} role="status">
          <span className="note">{words.effect}</span>
          <span>{effectWords(conversion, body)}</span>
        </div>
      </form>
    </Sheet>
  );
}

/** A settled conversion does not become pending again. */
function statusChoices(now: ConversionStatus): { value: ConversionStatus; label: string }[] {
  const all: ConversionStatus[] = ['pending', 'approved', 'rejected'];
  return all
    .filter((status) => status !== 'pending' || now === 'pending')
    .map((value) => ({ value, label: STATUS_NAMES[value] }));
}

function useChange({ id, eventType }: Conversion, onDone: () => void) {
  const queries = useQueryClient();
  const params = { path: { id } };
  const undo = async (): Promise<void> => {
    try {
      await api.POST('/api/v1/conversions/{id}/undo', { params, body: {} });
      showNotice(words.undone);
    } catch (error) {
      showNotice(messageOf(error), { isError: true });
    }
    await queries.invalidateQueries({ queryKey: ['conversions'] });
  };
  return async (body: Schema<'UpdateConversionRequest'>): Promise<void> => {
    await api.PATCH('/api/v1/conversions/{id}', { params, body });
    if (body.status === undefined && body.payout === undefined) showNotice(words.noteAdded);
    else showUndo(words.changed(EVENT_NAMES[eventType]), uiWords.undo, () => void undo());
    onDone();
    await queries.invalidateQueries({ queryKey: ['conversions'] });
  };
}
