import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { problemsByField } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { Button, ButtonLink } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import { TextField } from '../../ui/controls/text-field';
import { Status } from '../../ui/data/status';
import { Card } from '../../ui/layout/card';
import type { Network } from '../gallery/gallery-entries';
import { EVENT_MEANINGS } from '../mapping/mapping-edits';
import { TestSteps } from '../test-steps';
import { resultSentence } from './test-rows';
import { testWords } from './test-words';
import styles from './test-console.module.css';

type TestRequest = Schema<'TestNetworkRequest'>;
type TestEvent = NonNullable<TestRequest['event']>;
type TestStatus = NonNullable<TestRequest['status']>;

const EVENTS = EVENT_MEANINGS.filter((event) => event !== 'chargeback') as TestEvent[];
const STATUSES: readonly TestStatus[] = ['approved', 'pending', 'rejected'];
const MAX_LINKS = 100;

/** Plays a click and its postback through the public URL. Nothing of it is counted. */
export function TestConsole({ network }: { network: Network }) {
  const [event, setEvent] = useState<TestEvent>('ftd');
  const [status, setStatus] = useState<TestStatus>('approved');
  const [payout, setPayout] = useState('1.00');
  const [currency, setCurrency] = useState(network.defaults.currency ?? 'EUR');
  const [linkId, setLinkId] = useState('');
  const test = useTest(network.id);
  const body: TestRequest = {
    event,
    status,
    ...(payout.trim() !== '' && { payout: payout.trim() }),
    ...(currency.trim() !== '' && { currency: currency.trim().toUpperCase() }),
    ...(linkId !== '' && { linkId }),
  };
  const submit = (submitted?: FormEvent): void => {
    submitted?.preventDefault();
    if (!test.isPending) test.mutate(body);
  };
  const { fields, rest } = test.error
    ? problemsByField(test.error, ['event', 'status', 'payout', 'currency', 'linkId'])
    : { fields: {} as Record<string, string>, rest: null };
  return (
    <Card title={testWords.title} note={testWords.note}>
      <form className={styles.form} onSubmit={submit}>
        <SelectField
          label={testWords.event}
          value={event}
          choices={EVENTS.map((value) => ({ value, label: value }))}
          onChange={setEvent}
          error={fields['event']}
        />
        <SelectField
          label={testWords.status}
          value={status}
          choices={STATUSES.map((value) => ({ value, label: testWords.statusNames[value] }))}
          onChange={setStatus}
          error={fields['status']}
        />
        <TextField
          label={testWords.payout}
          inputMode="decimal"
          value={payout}
          onChange={({ target }) => setPayout(target.value)}
          error={fields['payout']}
        />
        <TextField
          label={testWords.currency}
          value={currency}
          maxLength={10}
          onChange={({ target }) => setCurrency(target.value)}
          error={fields['currency']}
        />
        <LinkField value={linkId} onChange={setLinkId} error={fields['linkId']} />
        <Button
          look="primary"
          type="submit"
          isBusy={test.isPending}
          icon={<IconSend className="icon" aria-hidden="true" />}
        >
          {testWords.send}
        </Button>
      </form>
      {rest === null ? null : (
        <p role="alert" className="bad">
          {rest}
        </p>
      )}
      <div aria-live="polite">
        {test.data === undefined ? null : (
          <Result result={test.data.result} at={test.data.at} isBusy={test.isPending} onAgain={submit} />
        )}
      </div>
    </Card>
  );
}

/** The link of the test click. Those of this page are enough for most; the default needs no choice. */
function LinkField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
}) {
  const isAllowed = hasScope(useMe(), 'links:read');
  const { data: links } = useQuery({
    queryKey: ['links', 'newest', MAX_LINKS],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/links', { params: { query: { limit: MAX_LINKS } }, signal })).data,
    enabled: isAllowed,
  });
  const choices = [
    { value: '', label: testWords.newestLink },
    ...(links ?? []).map(({ id, shortUrl, title }) => ({
      value: id,
      label: [shortUrl.replace(/^https?:\/\//, ''), title].filter(Boolean).join(' · '),
    })),
  ];
  return <SelectField label={testWords.link} value={value} choices={choices} onChange={onChange} error={error} />;
}

function Result({
  result,
  at,
  isBusy,
  onAgain,
}: {
  result: Schema<'TestNetworkResponse'>;
  at: Date;
  isBusy: boolean;
  onAgain: () => void;
}) {
  const { ok, steps, hint, reason, postbackId } = result;
  const hasNoLink = steps.some(({ name, ok: isFine }) => name === 'link' && !isFine);
  return (
    <div className={styles.result}>
      <p className={styles.sentence}>
        <Status shape={ok ? 'test' : 'refused'} tone={ok ? 'good' : 'bad'} isBare>
          {resultSentence(result)}
        </Status>
      </p>
      {!ok && (reason !== null || hint !== null) ? (
        <p className="secondary">
          {reason === null ? null : <code>{reason}</code>} {hint}
        </p>
      ) : null}
      <TestSteps
        steps={steps}
        at={at}
        actions={
          <Button isSmall isBusy={isBusy} icon={<IconSend className="icon-small" />} onClick={onAgain}>
            {testWords.sendAgain}
          </Button>
        }
      />
      <div className="row">
        {postbackId === null ? null : (
          <ButtonLink isSmall to="/postbacks" search={{ id: postbackId }}>
            {testWords.openPostback}
          </ButtonLink>
        )}
        {hasNoLink ? (
          <ButtonLink isSmall to="/links" search={{ builder: 'new' }}>
            {testWords.createLink}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}

function useTest(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: TestRequest) => {
      const at = new Date();
      const answer = await api.POST('/api/v1/networks/{id}/test', { params: { path: { id } }, body });
      return { at, result: bodyOf(answer) };
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['postbacks'] });
      void queries.invalidateQueries({ queryKey: ['setup'] });
    },
  });
}
