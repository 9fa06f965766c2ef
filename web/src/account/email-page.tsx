import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client';
import { Form } from '../ui/controls/form';
import { useForm } from '../ui/controls/use-form';
import { accountWords } from './account-words';
import { OpenLayout } from './open-layout';
import { useFragment } from './use-fragment';

const words = accountWords.emailPage;

export function EmailPage() {
  const token = useFragment();
  const [isDone, setDone] = useState(false);
  return (
    <OpenLayout title={isDone ? words.done : words.title}>
      {!isDone && token !== '' ? (
        <ConfirmEmail key={token} token={token} onDone={() => setDone(true)} />
      ) : (
        <>
          <p>{isDone ? words.doneAbout : words.needsLink}</p>
          <p>
            <Link to="/security" className="text-link">
              {accountWords.toAccount}
            </Link>
          </p>
        </>
      )}
    </OpenLayout>
  );
}

/** A button, as programs that check mails open links: they must not confirm anything. */
function ConfirmEmail({ token, onDone }: { token: string; onDone: () => void }) {
  const form = useForm({
    initial: {},
    submit: async () => {
      await api.POST('/api/v1/auth/email/confirm', { body: { token } });
      onDone();
    },
  });
  return (
    <>
      <p className="secondary">{words.about}</p>
      <Form form={form} button={words.confirm} busy={words.confirming} isWide />
    </>
  );
}
