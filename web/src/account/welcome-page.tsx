import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client';
import { Form } from '../ui/controls/form';
import { useForm } from '../ui/controls/use-form';
import { PasswordField, TextField } from '../ui/controls/text-field';
import { ErrorBox } from '../ui/layout/feedback';
import { accountWords } from './account-words';
import { OpenLayout, Or } from './open-layout';
import { OpenPending } from './open-pending';
import { OidcButton } from './sign-in/oidc-button';
import { type SignInMethods, signInMethodsQuery } from './sign-in/sign-in-methods';
import { useFragment } from './use-fragment';

const words = accountWords.welcome;

/** The first owner comes here by the link that the start of the server prints. */
export function WelcomePage() {
  const token = useFragment();
  return <OpenLayout title={words.title}>{token === '' ? <NoToken /> : <Ways key={token} token={token} />}</OpenLayout>;
}

function NoToken() {
  return (
    <>
      <p>
        {words.needsLink} <code>npm run owner-link</code> {words.onServer}
      </p>
      <p>
        <Link to="/sign-in" className="text-link">
          {accountWords.signIn}
        </Link>
      </p>
    </>
  );
}

function Ways({ token }: { token: string }) {
  const methods = useQuery(signInMethodsQuery);
  return (
    <>
      <p className="secondary">{words.about}</p>
      {methods.error === null ? null : <ErrorBox error={methods.error} onRetry={() => void methods.refetch()} />}
      {methods.data === undefined ? (
        methods.error === null && <OpenPending />
      ) : (
        <Forms {...methods.data} token={token} />
      )}
    </>
  );
}

function Forms({ password, oidc, token }: SignInMethods & { token: string }) {
  return (
    <>
      {password ? <OwnerForm token={token} /> : null}
      {password && oidc !== null ? <Or>{accountWords.or}</Or> : null}
      {oidc === null ? null : <OidcButton method={oidc} purpose={{ owner: token }} />}
    </>
  );
}

function OwnerForm({ token }: { token: string }) {
  const form = useForm({
    initial: { name: '', email: '', password: '' },
    required: ['name', 'email', 'password'],
    submit: async (values) => {
      await api.POST('/api/v1/auth/owner', { body: { token, ...values } });
      window.location.replace('/app/start');
    },
  });
  return (
    <Form form={form} button={words.create} busy={words.creating} isWide hasFocus>
      <TextField label={accountWords.name} autoComplete="name" maxLength={100} {...form.text('name')} />
      <TextField
        label={accountWords.email}
        type="email"
        autoComplete="username"
        maxLength={254}
        {...form.text('email')}
      />
      <PasswordField
        label={accountWords.password}
        hint={accountWords.passwordRules}
        autoComplete="new-password"
        maxLength={1_000}
        {...form.text('password')}
      />
    </Form>
  );
}
