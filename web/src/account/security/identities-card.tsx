import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import styles from '../account-rows.module.css';
import { DoneLine } from '../done-line';
import { useAccountActs } from '../use-account-acts';
import { securityWords as words } from './security-words';

/** The account of the organisation that signs in here. */
export function IdentitiesCard({ name }: { name: string }) {
  const { done, finish } = useAccountActs();
  const { data, error, refetch } = useQuery({
    queryKey: ['identities'],
    queryFn: async () => bodyOf(await api.GET('/api/v1/me/identities')).data,
  });
  const link = async (): Promise<void> => {
    window.location.assign(bodyOf(await api.POST('/api/v1/me/identities/oidc')).url);
  };
  const unlink = async (id: string): Promise<void> => {
    await api.DELETE('/api/v1/me/identities/{id}', { params: { path: { id } } });
    await finish(words.unlinked, 'identities');
  };
  return (
    <Card title={words.organisation}>
      <div className={styles.stack}>
        <p>{words.organisationAbout(name)}</p>
        {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null ? <Skeleton height={34} /> : null}
        {data?.length === 0 ? <ActButton act={link}>{words.link(name)}</ActButton> : null}
        {data === undefined || data.length === 0 ? null : (
          <ul className={styles.rows}>
            {data.map(({ id, issuer, subject }) => (
              <li key={id}>
                <h3>{new URL(issuer).host}</h3>
                <p className="note">{subject}</p>
                <div className={styles.acts}>
                  <ConfirmedButton label={words.unlink} question={words.unlinkAbout} act={() => unlink(id)} />
                </div>
              </li>
            ))}
          </ul>
        )}
        <DoneLine done={done} />
      </div>
    </Card>
  );
}
