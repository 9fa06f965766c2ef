import { useMemo } from 'react';
import { problemsByField } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { CheckField } from '../../ui/controls/check-field';
import { TextAreaField, TextField } from '../../ui/controls/text-field';
import { Card } from '../../ui/layout/card';
import { showNotice } from '../../ui/layout/toasts-state';
import type { Network } from '../gallery/gallery-entries';
import { usePatchNetwork } from '../networks-queries';
import { isMasked, type SecurityDraft, securityDraftOf, securityPatchOf } from './security-draft';
import { networkSecurityWords } from './security-words';
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

/** The conditions for requests besides the key, and how requests are answered. */
export function SecurityForm({
  network,
  canChange,
  edited,
  onEdit,
}: {
  network: Network;
  canChange: boolean;
  /** The changes that are not saved; `null`: none. */
  edited: SecurityDraft | null;
  onEdit: (draft: SecurityDraft | null) => void;
}) {
  const stored = useMemo(() => securityDraftOf(network), [network]);
  const draft = edited ?? stored;
  const patch = usePatchNetwork(network.id);
  const { fields, rest } = patch.error
    ? problemsByField(patch.error, FIELDS)
    : { fields: {} as Record<string, string>, rest: null };
  const change = (changes: Partial<SecurityDraft>): void => onEdit({ ...draft, ...changes });
  const part = { draft, errors: fields, change };
  const save = (): void =>
    patch.mutate(securityPatchOf(draft), {
      onSuccess: () => {
        onEdit(null);
        showNotice(networkSecurityWords.saved);
      },
    });
  return (
    <Card title={networkSecurityWords.security}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!patch.isPending) save();
        }}
      >
        <fieldset className="stack" disabled={!canChange}>
          <TextAreaField
            label={networkSecurityWords.ips}
            hint={networkSecurityWords.ipsHint}
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
            label={networkSecurityWords.rate}
            hint={networkSecurityWords.rateHint}
            inputMode="numeric"
            value={draft.ratePerMinute}
            error={fields['security.ratePerMinute']}
            onChange={({ target }) => change({ ratePerMinute: target.value })}
          />
          <h3>{networkSecurityWords.answers}</h3>
          <CheckField checked={draft.alwaysOk} onChange={(alwaysOk) => change({ alwaysOk })}>
            {networkSecurityWords.alwaysOk}
          </CheckField>
          <CheckField checked={draft.text} onChange={(text) => change({ text })}>
            {networkSecurityWords.text}
          </CheckField>
          {rest === null ? null : (
            <p role="alert" className="bad">
              {rest}
            </p>
          )}
          {edited === null ? null : (
            <div className="row wrap">
              <Button look="primary" type="submit" isBusy={patch.isPending}>
                {networkSecurityWords.save}
              </Button>
              <Button look="quiet" onClick={() => onEdit(null)}>
                {networkSecurityWords.discard}
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
        {networkSecurityWords.useToken}
      </CheckField>
      {hasToken ? (
        <div className={styles.fields}>
          <TextField
            label={networkSecurityWords.tokenParam}
            isMono
            value={token.param}
            error={errors['security.token.param']}
            onChange={({ target }) => change({ token: { ...token, param: target.value } })}
          />
          <TextField
            label={networkSecurityWords.tokenValue}
            isMono
            autoComplete="off"
            value={token.value}
            hint={isMasked(token.value) ? networkSecurityWords.maskHint : undefined}
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
        {networkSecurityWords.useHmac}
      </CheckField>
      {hasHmac ? (
        <div className={styles.fields}>
          <TextField
            label={networkSecurityWords.hmacParam}
            isMono
            value={hmac.param}
            error={errors['security.hmac.param']}
            onChange={({ target }) => set({ param: target.value })}
          />
          <TextField
            label={networkSecurityWords.hmacSecret}
            isMono
            autoComplete="off"
            value={hmac.secret}
            hint={isMasked(hmac.secret) ? networkSecurityWords.maskHint : networkSecurityWords.hmacSecretHint}
            error={errors['security.hmac.secret']}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => set({ secret: target.value })}
          />
          <TextField
            label={networkSecurityWords.hmacTimestamp}
            isMono
            value={hmac.timestampParam}
            error={errors['security.hmac.timestampParam']}
            onChange={({ target }) => set({ timestampParam: target.value })}
          />
          <TextField
            label={networkSecurityWords.hmacTolerance}
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
