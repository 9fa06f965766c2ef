import { type FormEvent, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { problemsByField } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { TextField } from '../../ui/controls/text-field';
import { lookOfVerdict } from '../../ui/data/status';
import { showNotice } from '../../ui/layout/toasts-state';
import type { PostbackDetail } from '../postback-types';
import { postbackWords as words } from '../postbacks-words';
import styles from './fix.module.css';

interface Draft {
  amount: string;
  currency: string;
  note: string;
}

type Problems = ReturnType<typeof problemsByField>;

/** Lets a request count that cannot be mended by a mapping: it came too late, or its amount cannot be read. */
export function AcceptCard({
  postback,
  currency,
  needsPayout,
  onAccepted,
}: {
  postback: PostbackDetail;
  /** That of the network, if it has one. */
  currency: string | undefined;
  needsPayout: boolean;
  onAccepted: () => void;
}) {
  const { id, hint, summary } = postback;
  const sent = {
    amount: needsPayout ? '' : (summary.payoutSent ?? ''),
    currency: summary.currencySent ?? currency ?? '',
  };
  const [draft, setDraft] = useState<Draft>({ ...sent, note: '' });
  const [problems, setProblems] = useState<Problems | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (name: keyof Draft) => ({
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => setDraft({ ...draft, [name]: target.value }),
  });
  const accept = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblems(null);
    try {
      const outcome = bodyOf(
        await api.POST('/api/v1/postbacks/{id}/accept', { params: { path: { id } }, body: bodyOfDraft(draft, sent) }),
      );
      showNotice(
        outcome.verdict === 'accepted'
          ? words.accepted
          : words.ranAgain(lookOfVerdict(outcome.verdict).word.toLowerCase()),
      );
      onAccepted();
    } catch (error) {
      setProblems(problemsByField(error, ['payout.amount', 'payout.currency', 'note']));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={styles.card}>
      <h3>{words.acceptTitle}</h3>
      {hint === null ? null : <p className="secondary">{hint}</p>}
      <form className={styles.accept} onSubmit={(event) => void accept(event)} noValidate>
        <TextField
          label={words.amount}
          inputMode="decimal"
          autoComplete="off"
          isOptional={!needsPayout}
          error={problems?.fields['payout.amount']}
          {...set('amount')}
        />
        <TextField
          label={words.currency}
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={10}
          error={problems?.fields['payout.currency']}
          {...set('currency')}
        />
        <TextField label={words.note} isOptional maxLength={500} error={problems?.fields['note']} {...set('note')} />
        <Button type="submit" look="primary" isBusy={isBusy}>
          {words.accept}
        </Button>
      </form>
      <p role="alert" className="bad">
        {problems?.rest}
      </p>
    </section>
  );
}

/** A payout is sent only where one was entered: otherwise the request's own counts. */
function bodyOfDraft({ amount, currency, note }: Draft, sent: { amount: string; currency: string }) {
  const typed = amount.trim().replace(',', '.').replace('−', '-');
  const isSame = amount === sent.amount && currency === sent.currency;
  return {
    ...(typed !== '' && !isSame && { payout: { amount: typed, currency: currency.trim().toUpperCase() } }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}
