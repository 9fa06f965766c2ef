import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { hasScope, useMe } from '../../app/session';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox } from '../../ui/layout/feedback';
import styles from '../account-rows.module.css';
import { restrictionsOf } from '../restrictions';
import { roleName } from '../roles';
import { invitationsQuery } from './members-queries';
import { membersWords as words } from './members-words';
import { SentInvitation, type SentTo } from './sent-invitation';

export function InvitationsCard({ say }: { say: (text: string) => void }) {
  const { data, error, refetch } = useQuery(invitationsQuery);
  if (error !== null) return <ErrorBox error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.length === 0) return null;
  return (
    <Card title={words.invitations}>
      <ul className={styles.rows}>
        {data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} say={say} />
        ))}
      </ul>
    </Card>
  );
}

function InvitationRow({ invitation, say }: { invitation: Schema<'InvitationResponse'>; say: (text: string) => void }) {
  const { id, email, role, invitedBy, expiresAt, isExpired } = invitation;
  const mayChange = hasScope(useMe(), 'members:write');
  const queries = useQueryClient();
  const [sent, setSent] = useState<SentTo | null>(null);
  const params = { path: { id } };
  const resend = async (): Promise<void> => {
    setSent(bodyOf(await api.POST('/api/v1/invitations/{id}/resend', { params })));
    await queries.invalidateQueries(invitationsQuery);
  };
  const revoke = async (): Promise<void> => {
    await api.DELETE('/api/v1/invitations/{id}', { params });
    say(words.revoked(email));
    await queries.invalidateQueries(invitationsQuery);
  };
  return (
    <li>
      <h3>{email}</h3>
      <p className="note">
        {words.invitedBy(roleName(role), invitedBy)} {isExpired ? words.expired : words.validUntil}{' '}
        <When at={expiresAt} />. {restrictionsOf(invitation)}
      </p>
      {mayChange ? (
        <div className={styles.acts}>
          <ActButton isSmall act={resend}>
            {words.sendAgain}
          </ActButton>
          <ConfirmedButton label={words.revoke} question={words.revokeAbout(email)} act={revoke} />
        </div>
      ) : null}
      <SentInvitation sent={sent} />
    </li>
  );
}
