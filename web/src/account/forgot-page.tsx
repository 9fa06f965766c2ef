import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { Form } from '../ui/controls/form';
import { TextField } from '../ui/controls/text-field';
import { useForm } from '../ui/controls/use-form';
import { accountWords } from './account-words';
import { OpenLayout } from './open-layout';
import { signInMethodsQuery } from './sign-in/sign-in-methods';

const words = accountWords.forgot;

export function ForgotPage() {
  const [sent, setSent] = useState<{ email: string; mail: boolean } | null>(null);
  if (sent === null) {
    return (
      <OpenLayout title={words.title}>
        <ForgotForm onSent={setSent} />
      </OpenLayout>
    );
  }
  return (
    <OpenLayout title={sent.mail ? words.inbox : words.operator}>
      <p>{sent.mail ? words.withMail(sent.email) : words.withoutMail}</p>
      <Back />
    </OpenLayout>
  );
}

function ForgotForm({ onSent }: { onSent: (sent: { email: string; mail: boolean }) => void }) {
  const queries = useQueryClient();
  const form = useForm({
    initial: { email: '' },
    required: ['email'],
    submit: async ({ email }) => {
      const { mail } = await queries.fetchQuery(signInMethodsQuery);
      await api.POST('/api/v1/auth/password/forgot', { body: { email } });
      onSent({ email, mail });
    },
  });
  return (
    <>
      <p className="secondary">{words.about}</p>
      <Form form={form} button={words.send} busy={words.sending} isWide hasFocus more={<Back />}>
        <TextField
          label={accountWords.email}
          type="email"
          autoComplete="username"
          maxLength={254}
          {...form.text('email')}
        />
      </Form>
    </>
  );
}

function Back() {
  return (
    <p>
      <Link to="/sign-in" className="text-link">
        {words.back}
      </Link>
    </p>
  );
}
