import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schema } from '../../api/client';
import { hasScope, meQuery, useMe } from '../../app/session';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import styles from '../account-rows.module.css';
import { restrictionsOf } from '../restrictions';
import { roleName, rolesToGive } from '../roles';
import { leaveWorkspace } from '../security/workspaces-card';
import { securityWords } from '../security/security-words';
import { canLimitLinks } from './link-limits';
import { membersQuery } from './members-queries';
import { membersWords as words } from './members-words';
import { RestrictionsDialog } from './restrictions-dialog';

type Member = Schema<'MemberResponse'>;

export function MemberRow({ member, say }: { member: Member; say: (text: string) => void }) {
  const me = useMe();
  const { userId, name, email, role } = member;
  const isMe = userId === me.id;
  const mayChange = hasScope(me, 'members:write') && !isMe && rolesToGive(me).some(({ value }) => value === role);
  const restrictions = restrictionsOf(member);
  return (
    <li>
      <h3 className={styles.title}>
        {name}
        {isMe ? <span className={styles.mark}>● {words.you}</span> : null}
      </h3>
      <p className="note">
        {email}
        {mayChange ? '' : ` · ${roleName(role)}`}
      </p>
      {restrictions === '' ? null : <p className="note">{restrictions}</p>}
      {mayChange ? <MemberActs key={role} member={member} say={say} /> : null}
      {isMe ? <LeaveButton /> : null}
    </li>
  );
}

function MemberActs({ member, say }: { member: Member; say: (text: string) => void }) {
  const me = useMe();
  const queries = useQueryClient();
  const [role, setRole] = useState(member.role);
  const [isRestricting, setRestricting] = useState(false);
  const { id, name } = member;
  const params = { path: { id } };
  const readAgain = () => queries.invalidateQueries(membersQuery);
  const changeRole = async (): Promise<void> => {
    await api.PATCH('/api/v1/members/{id}', { params, body: { role } });
    await readAgain();
  };
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/members/{id}', { params });
    say(words.removed(name));
    await readAgain();
  };
  const handOver = async (): Promise<void> => {
    await api.POST('/api/v1/members/{id}/hand-over', { params });
    say(words.handedOver(name));
    await Promise.all([readAgain(), queries.invalidateQueries(meQuery)]);
  };
  return (
    <div className={styles.acts}>
      <SelectField
        label={words.roleOf(name)}
        isLabelHidden
        isQuiet
        choices={rolesToGive(me)}
        value={role}
        onChange={setRole}
      />
      {role === member.role ? null : (
        <ActButton isSmall act={changeRole}>
          {words.changeRole}
        </ActButton>
      )}
      {canLimitLinks(member.role) ? (
        <Button isSmall onClick={() => setRestricting(true)} aria-label={words.restrictionsOf(name)}>
          {words.restrictions}
        </Button>
      ) : null}
      {me.scopes.includes('*') && member.role !== 'owner' ? (
        <ConfirmedButton label={words.handOver} question={words.handOverAbout(name)} act={handOver} />
      ) : null}
      <ConfirmedButton label={words.remove} question={words.removeAbout(name)} act={remove} />
      {isRestricting ? <RestrictionsDialog member={member} onClose={() => setRestricting(false)} /> : null}
    </div>
  );
}

function LeaveButton() {
  const current = useMe().workspaces.find(({ isCurrent }) => isCurrent);
  if (current === undefined) return null;
  const { id, name } = current;
  return (
    <div className={styles.acts}>
      <ConfirmedButton label={words.leave} question={securityWords.leaveAbout(name)} act={() => leaveWorkspace(id)} />
    </div>
  );
}
