import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useIdempotencyKey } from '../../api/idempotency-key';
import { problemsByField } from '../../api/problem';
import { workspaceQuery } from '../../app/session';
import { useKeys } from '../../app/keyboard';
import { Button } from '../../ui/controls/button';
import { TextField } from '../../ui/controls/text-field';
import { showNotice } from '../../ui/layout/toasts-state';
import { useKeepNetwork } from '../networks-queries';
import { networksWords } from '../networks-words';
import styles from './preset-view.module.css';

const FALLBACK_CURRENCY = 'USD';

/** Asks for the name and the currency of a network, and connects it. */
export function ConnectForm({
  preset,
  suggestedName,
  suggestedCurrency,
  onCancel,
}: {
  preset: string;
  suggestedName: string;
  suggestedCurrency: string | undefined;
  onCancel: () => void;
}) {
  const { data: workspace } = useQuery(workspaceQuery);
  const [name, setName] = useState(suggestedName);
  const [currency, setCurrency] = useState(suggestedCurrency ?? workspace?.currency ?? FALLBACK_CURRENCY);
  const form = useRef<HTMLFormElement>(null);
  const connect = useConnect(preset);
  useKeys({
    Escape: { act: onCancel, label: networksWords.cancel, isAllowedWhileTyping: true, isHidden: true },
  });
  useEffect(() => form.current?.querySelector('input')?.select(), []);
  const { fields, rest } = connect.error
    ? problemsByField(connect.error, ['name', 'currency'])
    : { fields: {} as Record<string, string>, rest: null };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!connect.isPending) connect.mutate({ name: name.trim(), currency: currency.trim().toUpperCase() });
  };
  return (
    <form className={styles.connect} onSubmit={submit} ref={form} aria-label={networksWords.connectTitle}>
      <div className={styles.fields}>
        <TextField
          label={networksWords.name}
          hint={networksWords.nameHint}
          value={name}
          maxLength={100}
          required
          error={fields['name']}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={networksWords.currency}
          hint={networksWords.currencyHint}
          value={currency}
          maxLength={10}
          required
          error={fields['currency']}
          onChange={(event) => setCurrency(event.target.value)}
        />
      </div>
      {rest === null ? null : (
        <p role="alert" className="bad">
          {rest}
        </p>
      )}
      <div className="row">
        <Button look="primary" type="submit" isBusy={connect.isPending}>
          {networksWords.connect}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {networksWords.cancel}
        </Button>
      </div>
    </form>
  );
}

function useConnect(preset: string) {
  const navigate = useNavigate();
  const keep = useKeepNetwork();
  const keyFor = useIdempotencyKey();
  return useMutation({
    mutationFn: async (input: { name: string; currency: string }) => {
      const body = { ...input, preset };
      const header = { 'Idempotency-Key': keyFor(body) };
      return bodyOf(await api.POST('/api/v1/networks', { params: { header }, body }));
    },
    onSuccess: async (network) => {
      keep(network);
      showNotice(networksWords.connected(network.name));
      await navigate({ to: '/networks', search: { id: network.id, show: 'yours' } });
    },
  });
}
