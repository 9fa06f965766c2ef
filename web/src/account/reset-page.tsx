import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { ButtonLink } from '../ui/controls/button';
import { Form } from '../ui/controls/form';
import { PasswordField } from '../ui/controls/text-field';
import { useForm } from '../ui/controls/use-form';
import { accountWords } from './account-words';
import { OpenLayout } from './open-layout';
import { useFragment } from './use-fragment';

const words = accountWords.reset;

export function ResetPage() {
  const token = useFragment();
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <OpenLayout title={words.done}>
        <p>{words.doneAbout}</p>
        <ButtonLink to="/sign-in" look="primary" isWide>
          {accountWords.signIn}
        </ButtonLink>
      </OpenLayout>
    );
  }
  return (
    <OpenLayout title={words.title}>
      {token === '' ? (
        <>
          <p>{words.needsLink}</p>
          <AskAgain />
        </>
      ) : (
        <ResetForm key={token} token={token} onDone={() => setDone(true)} />
      )}
    </OpenLayout>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const form = useForm({
    initial: { password: '' },
    required: ['password'],
    submit: async ({ password }) => {
      await api.POST('/api/v1/auth/password/reset', { body: { token, password } });
      onDone();
    },
  });
  return (
    <>
      <p className="secondary">{words.about}</p>
      <Form form={form} button={words.set} busy={words.setting} isWide hasFocus more={<AskAgain />}>
        <PasswordField
          label={accountWords.newPassword}
          hint={accountWords.passwordRules}
          autoComplete="new-password"
          maxLength={1_000}
          {...form.text('password')}
        />
      </Form>
    </>
  );
}

function AskAgain() {
  return (
    <p>
      <Link to="/forgot" className="text-link">
        {words.askAgain}
      </Link>
    </p>
  );
}
