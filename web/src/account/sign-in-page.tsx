import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { meQuery } from '../app/session';
import { ErrorBox } from '../ui/layout/feedback';
import { accountWords } from './account-words';
import { OpenLayout } from './open-layout';
import { OpenPending } from './open-pending';
import { parseSignInFragment } from './sign-in/sign-in-fragment';
import { signInMethodsQuery } from './sign-in/sign-in-methods';
import { SignInSteps } from './sign-in/sign-in-steps';
import { useFragment } from './use-fragment';

const words = accountWords.signInPage;

export function SignInPage() {
  const fragment = useFragment();
  if (fragment === 'forgot') return <Navigate to="/forgot" replace />;
  return <SignIn key={fragment} fragment={fragment} />;
}

function SignIn({ fragment }: { fragment: string }) {
  const { error, next } = parseSignInFragment(fragment);
  const methods = useQuery(signInMethodsQuery);
  // Linking an account comes back here, too, when it fails.
  const me = useQuery({ ...meQuery, enabled: error !== null, staleTime: 0, retry: false });
  const isSignedIn = error !== null && me.isSuccess;
  const notice =
    error === null
      ? methods.data?.needsOwner === true && words.noOwner
      : (accountWords.oidcErrors.get(error) ?? words.failed);
  return (
    <OpenLayout title={accountWords.signIn}>
      <p role="alert" className="bad" hidden={notice === false}>
        {notice}
      </p>
      {methods.error === null ? null : <ErrorBox error={methods.error} onRetry={() => void methods.refetch()} />}
      {isSignedIn ? (
        <p>
          {words.stillSignedIn}{' '}
          <Link to="/security" className="text-link">
            {accountWords.toAccount}
          </Link>
        </p>
      ) : methods.data === undefined || me.isLoading ? (
        methods.error === null && <OpenPending />
      ) : (
        <SignInSteps
          methods={methods.data}
          onSignedIn={() => window.location.replace(next)}
          more={
            <p>
              <Link to="/forgot" className="text-link">
                {words.forgot}
              </Link>
            </p>
          }
        />
      )}
    </OpenLayout>
  );
}
