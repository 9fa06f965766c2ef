import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasScope, useMe } from '../app/session';
import { Card } from '../ui/layout/card';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import styles from './account-rows.module.css';
import { DoneLine } from './done-line';
import { InvitationsCard } from './members/invitations-card';
import { InviteCard } from './members/invite-card';
import { MemberRow } from './members/member-row';
import { membersQuery } from './members/members-queries';
import { membersWords as words } from './members/members-words';

/** The people of the workspace, and the invitations to it. */
export function MembersPage() {
  const isAllowed = hasScope(useMe(), 'members:read');
  return <Page title={words.title}>{isAllowed ? <Members /> : <p>{words.notAllowed}</p>}</Page>;
}

function Members() {
  const me = useMe();
  const [done, setDone] = useState<{ text: string } | null>(null);
  const { data, error, refetch } = useQuery(membersQuery);
  const say = (text: string): void => setDone({ text });
  return (
    <div className={styles.cards}>
      <Card title={words.members} note={me.workspaces.find(({ isCurrent }) => isCurrent)?.name}>
        <div className={styles.stack}>
          <DoneLine done={done} />
          {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
          {data === undefined ? (
            error === null && <Skeleton height={120} />
          ) : (
            <ul className={styles.rows} aria-label={words.members}>
              {data.map((member) => (
                <MemberRow key={member.id} member={member} say={say} />
              ))}
            </ul>
          )}
        </div>
      </Card>
      <div className={styles.column}>
        {hasScope(me, 'members:write') ? <InviteCard /> : <Card title={words.invite}>{words.cannotInvite}</Card>}
        <InvitationsCard say={say} />
      </div>
    </div>
  );
}
