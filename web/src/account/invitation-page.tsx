import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, bodyOf, type Schema } from '../api/client';
import { ApiProblem } from '../api/problem';
import { Form } from '../ui/controls/form';
import { PasswordField, TextField } from '../ui/controls/text-field';
import { useForm } from '../ui/controls/use-form';
import { formatClock, formatDay } from '../ui/data/time-format';
import { ErrorBox } from '../ui/layout/feedback';
import { accountWords } from './account-words';
import { OpenLayout, Or } from './open-layout';
import { OpenPending } from './open-pending';
import { rightsOf, roleName } from './roles';
import { OidcButton } from './sign-in/oidc-button';
import type { SignInMethods } from './sign-in/sign-in-methods';
import { SignInSteps } from './sign-in/sign-in-steps';
import { useFragment } from './use-fragment';

const words = accountWords.invitation;

type Invitation = Schema<'ShownInvitationResponse'>;

interface Shown {
  invitation: Invitation;
  methods: SignInMethods;
  /** The person who is signed in already. */
  me: Schema<'MeResponse'> | null;
}

export function InvitationPage() {
  const token = useFragment();
  if (token !== '') return <Invited key={token} token={token} />;
  return (
    <OpenLayout title={words.title}>
      <p>{words.needsLink}</p>
      <ToSignIn />
    </OpenLayout>
  );
}

function Invited({ token }: { token: string }) {
  // The token is no part of the key: keys are shown in tools for developers.
  const { data, error, refetch } = useQuery({
    queryKey: ['shown-invitation'],
    queryFn: () => show(token),
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const title = data === undefined ? words.title : words.join(data.invitation.workspaceName);
  return (
    <OpenLayout title={title}>
      {error === null ? null : <InvitationFailed error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <OpenPending />
      ) : (
        <>
          <Description {...data.invitation} />
          <NextStep {...data} token={token} onChanged={() => void refetch()} />
        </>
      )}
    </OpenLayout>
  );
}

async function show(token: string): Promise<Shown> {
  const invitation = bodyOf(await api.POST('/api/v1/auth/invitations/show', { body: { token } }));
  const [methods, me] = await Promise.all([api.GET('/api/v1/auth/methods').then(bodyOf), findMe()]);
  return { invitation, methods, me };
}

async function findMe(): Promise<Schema<'MeResponse'> | null> {
  try {
    return bodyOf(await api.GET('/api/v1/me'));
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.status === 401) return null;
    throw failure;
  }
}

function InvitationFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const canRetry = error instanceof ApiProblem && error.isTemporary;
  return (
    <>
      <ErrorBox error={error} {...(canRetry && { onRetry })} />
      <ToSignIn />
    </>
  );
}

function Description({ workspaceName, role, invitedBy, email, expiresAt }: Invitation) {
  return (
    <div>
      <p>
        {words.toWorkspace(invitedBy)}
        <strong>{workspaceName}</strong>
        {words.as}
        <strong>{roleName(role).toLowerCase()}</strong>. {rightsOf(role)}
      </p>
      <p className="note">
        {words.for(email)}
        {formatLocal(new Date(expiresAt))}.
      </p>
    </div>
  );
}

/** Visitors have no workspace, so the time is in their own zone. */
function formatLocal(at: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${formatDay(at, timeZone)}, ${formatClock(at, timeZone, { hasSeconds: false })}`;
}

function NextStep({ invitation, methods, me, token, onChanged }: Shown & { token: string; onChanged: () => void }) {
  if (me !== null) {
    const isInvited = me.email.toLowerCase() === invitation.email.toLowerCase();
    if (isInvited) return <AcceptForm token={token} name={me.name} />;
    return <OtherPerson mine={me.email} invited={invitation.email} onSignedOut={onChanged} />;
  }
  if (invitation.hasAccount) {
    return (
      <>
        <p>{words.hasAccount}</p>
        <SignInSteps
          methods={methods}
          email={invitation.email}
          invitation={token}
          onSignedIn={() => accept(token).catch(onChanged)}
        />
      </>
    );
  }
  return (
    <>
      {methods.password ? <NewAccountForm token={token} email={invitation.email} /> : null}
      {methods.password && methods.oidc !== null ? <Or>{accountWords.or}</Or> : null}
      {methods.oidc === null ? null : <OidcButton method={methods.oidc} purpose={{ invitation: token }} />}
    </>
  );
}

async function accept(token: string, account: { name?: string; password?: string } = {}): Promise<void> {
  await api.POST('/api/v1/auth/invitations/accept', { body: { token, ...account } });
  window.location.replace('/app');
}

function OtherPerson({ mine, invited, onSignedOut }: { mine: string; invited: string; onSignedOut: () => void }) {
  const form = useForm({
    initial: {},
    submit: async () => {
      await api.POST('/api/v1/auth/sign-out');
      onSignedOut();
    },
  });
  return (
    <Form
      form={form}
      button={words.signOutFirst}
      busy={words.signingOut}
      isWide
      more={<p className="note">{words.otherPerson(mine, invited)}</p>}
    />
  );
}

function AcceptForm({ token, name }: { token: string; name: string }) {
  const form = useForm({ initial: {}, submit: () => accept(token) });
  return (
    <Form
      form={form}
      button={words.accept}
      busy={words.accepting}
      isWide
      more={<p className="note">{words.signedInAs(name)}</p>}
    />
  );
}

function NewAccountForm({ token, email }: { token: string; email: string }) {
  const form = useForm({
    initial: { name: '', email, password: '' },
    required: ['name', 'password'],
    submit: ({ name, password }) => accept(token, { name, password }),
  });
  return (
    <Form form={form} button={words.create} busy={words.joining} isWide hasFocus>
      <TextField label={accountWords.name} autoComplete="name" maxLength={100} {...form.text('name')} />
      <TextField label={accountWords.email} type="email" autoComplete="username" readOnly {...form.text('email')} />
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

function ToSignIn() {
  return (
    <p>
      <Link to="/sign-in" className="text-link">
        {accountWords.signIn}
      </Link>
    </p>
  );
}
