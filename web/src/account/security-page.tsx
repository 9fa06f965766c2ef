import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/session';
import { Card } from '../ui/layout/card';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import styles from './account-rows.module.css';
import { AccountCard } from './security/account-card';
import { AuthenticatorCard } from './security/authenticator-card';
import { DeleteCard, DataCard } from './security/data-cards';
import { IdentitiesCard } from './security/identities-card';
import { PasskeysCard } from './security/passkeys-card';
import { EmailCard, NameCard, PasswordCard } from './security/profile-cards';
import { securityWords as words } from './security/security-words';
import { WorkspacesCard } from './security/workspaces-card';
import { signInMethodsQuery } from './sign-in/sign-in-methods';

/** The account of the signed-in person: profile, ways to sign in, workspaces, data. */
export function SecurityPage() {
  const me = useMe();
  const methods = useQuery(signInMethodsQuery);
  const { data } = methods;
  return (
    <Page title={words.title}>
      <div className={styles.cards}>
        <div className={styles.column}>
          <AccountCard />
          {methods.error === null ? null : <ErrorBox error={methods.error} onRetry={() => void methods.refetch()} />}
          {data === undefined ? (
            <Card>
              <Skeleton height={520} />
            </Card>
          ) : (
            <>
              {data.password ? <PasswordCard /> : null}
              {data.password ? <AuthenticatorCard /> : null}
              {data.passkey ? <PasskeysCard /> : null}
              {data.oidc === null ? null : <IdentitiesCard name={data.oidc.name} />}
            </>
          )}
        </div>
        <div className={styles.column}>
          <NameCard key={me.name} />
          {data === undefined ? null : <EmailCard sendsMail={data.mail} />}
          {me.workspaces.length === 0 ? null : <WorkspacesCard />}
          <DataCard />
          <DeleteCard />
        </div>
      </div>
    </Page>
  );
}
