import { useMemo, useState } from 'react';
import { problemsByField } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { CheckField } from '../../ui/controls/check-field';
import { TextAreaField, TextField } from '../../ui/controls/text-field';
import { Card } from '../../ui/layout/card';
import { showNotice } from '../../ui/layout/toasts-state';
import type { Network } from '../gallery/gallery-entries';
import { usePatchNetwork } from '../networks-queries';
import { isMasked, type SecurityDraft, securityDraftOf, securityPatchOf } from './security-draft';
import { securityWords } from './security-words';
import styles from './network-view.module.css';

const FIELDS = [
  'security.ips',
  'security.token.param',
  'security.token.value',
  'security.hmac.secret',
  'security.hmac.param',
  'security.hmac.timestampParam',
  'security.hmac.toleranceSeconds',
  'security.ratePerMinute',
] as const;

interface PartProps {
  draft: SecurityDraft;
  errors: Record<string, string>;
  change: (changes: Partial<SecurityDraft>) => void;
}

/** What requests must have besides the key, and how they are answered. */
export function SecurityForm({ network, canChange }: { network: Network; canChange: boolean }) {
  const stored = useMemo(() => securityDraftOf(network), [network]);
  const [edited, setEdited] = useState<SecurityDraft | null>(null);
  const draft = edited ?? stored;
  const patch = usePatchNetwork(network.id);
  const { fields, rest } = patch.error
    ? problemsByField(patch.error, FIELDS)
    : { fields: {} as Record<string, string>, rest: null };
  const change = (changes: Partial<SecurityDraft>): void => setEdited({ ...draft, ...changes });
  const part = { draft, errors: fields, change };
  const save = (): void =>
    patch.mutate(securityPatchOf(draft), {
      onSuccess: () => {
        setEdited(null);
        showNotice(securityWords.saved);
      },
    });
  return (
    <Card title={securityWords.security}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!patch.isPending) save();
        }}
      >
        <fieldset className="stack" disabled={!canChange}>
          <TextAreaField
            label={securityWords.ips}
            hint={securityWords.ipsHint}
            isMono
            rows={2}
            spellCheck={false}
            value={draft.ips}
            error={fields['security.ips']}
            onChange={({ target }) => change({ ips: target.value })}
          />
          <TokenPart {...part} />
          <HmacPart {...part} />
          <TextField
            label={securityWords.rate}
            hint={securityWords.rateHint}
            inputMode="numeric"
            value={draft.ratePerMinute}
            error={fields['security.ratePerMinute']}
            onChange={({ target }) => change({ ratePerMinute: target.value })}
          />
          <h3>{securityWords.answers}</h3>
          <CheckField checked={draft.alwaysOk} onChange={(alwaysOk) => change({ alwaysOk })}>
            {securityWords.alwaysOk}
          </CheckField>
          <CheckField checked={draft.text} onChange={(text) => change({ text })}>
            {securityWords.text}
          </CheckField>
          {rest === null ? null : (
            <p role="alert" className="bad">
              {rest}
            </p>
          )}
          {edited === null ? null : (
            <div className="row wrap">
              <Button look="primary" type="submit" isBusy={patch.isPending}>
                {securityWords.save}
              </Button>
              <Button look="quiet" onClick={() => setEdited(null)}>
                {securityWords.discard}
              </Button>
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}

function TokenPart({ draft: { hasToken, token }, errors, change }: PartProps) {
  return (
    <>
      <CheckField checked={hasToken} onChange={(isOn) => change({ hasToken: isOn })}>
        {securityWords.useToken}
      </CheckField>
      {hasToken ? (
        <div className={styles.fields}>
          <TextField
            label={securityWords.tokenParam}
            isMono
            value={token.param}
            error={errors['security.token.param']}
            onChange={({ target }) => change({ token: { ...token, param: target.value } })}
          />
          <TextField
            label={securityWords.tokenValue}
            isMono
            autoComplete="off"
            value={token.value}
            hint={isMasked(token.value) ? securityWords.maskHint : undefined}
            error={errors['security.token.value']}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => change({ token: { ...token, value: target.value } })}
          />
        </div>
      ) : null}
    </>
  );
}

function HmacPart({ draft: { hasHmac, hmac }, errors, change }: PartProps) {
  const set = (changes: Partial<SecurityDraft['hmac']>): void => change({ hmac: { ...hmac, ...changes } });
  return (
    <>
      <CheckField checked={hasHmac} onChange={(isOn) => change({ hasHmac: isOn })}>
        {securityWords.useHmac}
      </CheckField>
      {hasHmac ? (
        <div className={styles.fields}>
          <TextField
            label={securityWords.hmacParam}
            isMono
            value={hmac.param}
            error={errors['security.hmac.param']}
            onChange={({ target }) => set({ param: target.value })}
          />
          <TextField
            label={securityWords.hmacSecret}
            isMono
            autoComplete="off"
            value={hmac.secret}
            hint={isMasked(hmac.secret) ? securityWords.maskHint : securityWords.hmacSecretHint}
            error={errors['security.hmac.secret']}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => set({ secret: target.value })}
          />
          <TextField
            label={securityWords.hmacTimestamp}
            isMono
            value={hmac.timestampParam}
            error={errors['security.hmac.timestampParam']}
            onChange={({ target }) => set({ timestampParam: target.value })}
          />
          <TextField
            label={securityWords.hmacTolerance}
            inputMode="numeric"
            value={hmac.toleranceSeconds}
            error={errors['security.hmac.toleranceSeconds']}
            onChange={({ target }) => set({ toleranceSeconds: target.value })}
          />
        </div>
      ) : null}
    </>
  );
}
