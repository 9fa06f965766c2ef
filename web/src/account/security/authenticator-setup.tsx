import { api, bodyOf, type Schema } from '../../api/client';
import { Button } from '../../ui/controls/button';
import { CopyButton } from '../../ui/controls/copy-button';
import { Form } from '../../ui/controls/form';
import { TextField } from '../../ui/controls/text-field';
import { useForm } from '../../ui/controls/use-form';
import { accountWords } from '../account-words';
import styles from '../account-rows.module.css';
import { SecretQr } from './secret-qr';
import { securityWords as words } from './security-words';

/** The secret for the app, as a picture and as text, and the first code as the proof that it arrived. */
export function AuthenticatorSetup({
  totp: { secret, uri },
  onCodes,
  onCancel,
}: {
  totp: Schema<'TotpSecretResponse'>;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}) {
  const form = useForm({
    initial: { code: '' },
    required: ['code'],
    submit: async (body) => {
      onCodes(bodyOf(await api.POST('/api/v1/me/totp/confirm', { body })).recoveryCodes);
    },
  });
  return (
    <>
      <p>{words.scan}</p>
      <SecretQr text={uri} />
      <code className={styles.secret}>{(secret.match(/.{1,4}/g) ?? [secret]).join(' ')}</code>
      <CopyButton text={secret} label={words.copySecret}>
        {words.copySecret}
      </CopyButton>
      <p>{words.typeDigits}</p>
      <Form
        form={form}
        button={words.turnOn}
        busy={words.checking}
        hasFocus
        actions={
          <Button look="quiet" onClick={onCancel}>
            {accountWords.cancel}
          </Button>
        }
      >
        <TextField
          label={words.codeOfApp}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          {...form.text('code')}
        />
      </Form>
    </>
  );
}
