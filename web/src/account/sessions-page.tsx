import { useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../api/client';
import { ConfirmedButton } from '../ui/controls/act-button';
import { When } from '../ui/data/time';
import { Card } from '../ui/layout/card';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import styles from './account-rows.module.css';
import { DoneLine } from './done-line';
import { securityWords } from './security/security-words';
import { useAccountActs } from './use-account-acts';

const words = securityWords.sessionsPage;

export function SessionsPage() {
  const { done, finish } = useAccountActs();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => bodyOf(await api.GET('/api/v1/me/sessions')).data,
  });
  const end = async (id: string): Promise<void> => {
    await api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } });
    await finish(id === 'others' ? words.othersEnded : words.ended, 'sessions');
  };
  const hasOthers = data?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <Page title={securityWords.sessions} parent={{ title: securityWords.title, link: { to: '/security' } }}>
      <div className={styles.narrow}>
        {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
        <Card title={securityWords.sessions}>
          <div className={styles.stack}>
            <p>{words.about}</p>
            <DoneLine done={done} />
            {data === undefined ? (
              error === null && <Skeleton height={180} />
            ) : (
              <>
                <ul className={styles.rows} aria-label={securityWords.sessions}>
                  {data.map((session) => (
                    <SessionRow key={session.id} session={session} end={end} />
                  ))}
                </ul>
                {hasOthers ? (
                  <ConfirmedButton
                    label={words.signOutOthers}
                    question={words.signOutOthersAbout}
                    act={() => end('others')}
                    isSmall={false}
                  />
                ) : (
                  <p className="note">{words.noOthers}</p>
                )}
              </>
            )}
          </div>
        </Card>
      </div>
    </Page>
  );
}

function SessionRow({
  session: { id, isCurrent, method, device, place, ip, createdAt, lastSeenAt },
  end,
}: {
  session: Schema<'SessionResponse'>;
  end: (id: string) => Promise<void>;
}) {
  return (
    <li>
      <h3 className={styles.title}>
        {device}
        {isCurrent ? <span className={styles.mark}>● {words.thisBrowser}</span> : null}
      </h3>
      <p>{place === null ? ip : `${place} (${ip})`}</p>
      <p className="note">
        {words.lastUsed}
        <When at={lastSeenAt} />. {words.signedIn}
        <When at={createdAt} />, {words.methods[method] ?? method}.
      </p>
      {isCurrent ? null : (
        <div className={styles.acts}>
          <ConfirmedButton label={words.signOut} question={words.signOutAbout(device)} act={() => end(id)} />
        </div>
      )}
    </li>
  );
}
