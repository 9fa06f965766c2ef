import { useQuery } from '@tanstack/react-query';
import { hasScope, useMe } from '../../app/session';
import { networkQuery } from '../../networks/network-query';
import { acceptanceOf } from '../reasons';
import type { PostbackDetail } from '../postback-types';
import type { PostbacksSearch } from '../postbacks-search';
import { AcceptCard } from './accept-card';
import { ChangeProgress } from './change-progress';
import { FixCard } from './fix-card';
import { planOf } from './fix-plan';
import { fixWords as words } from './fix-words';
import { HintCard } from './hint-card';
import type { ActiveChange, MappingChanges } from './use-mapping-changes';

function useNetwork(id: string) {
  const isAllowed = hasScope(useMe(), 'networks:read');
  return useQuery({ ...networkQuery(id), enabled: isAllowed, retry: false }).data; // it may be deleted
}

/** The one next act of a request: the fix of its mapping with its effect, the acceptance by hand, or what to do elsewhere. */
export function FixPart({
  postback,
  changes,
  onChanged,
  onFilter,
}: {
  postback: PostbackDetail;
  changes: MappingChanges;
  onChanged: () => void;
  onFilter: (search: PostbacksSearch) => void;
}) {
  const me = useMe();
  const network = useNetwork(postback.networkId);
  const active = changes.find(postback.networkId);
  if (active !== undefined && isShown(active, postback)) {
    return (
      <ChangeProgress
        active={active}
        onRunNow={() => changes.runNow(active)}
        onUndo={() => changes.undo(active)}
        onClose={() => changes.close(active)}
      />
    );
  }
  const plan = network && planOf(postback, network);
  if (plan !== undefined && hasScope(me, 'networks:write')) {
    return (
      <FixCard
        key={postback.id}
        postback={postback}
        network={network as NonNullable<typeof network>}
        plan={plan}
        onShow={() => onFilter({ network: postback.networkId, waiting: true, period: 'all' })}
        onMap={(mapping, about) => changes.start(postback.networkId, mapping, { ...about, postbackId: postback.id })}
      />
    );
  }
  const acceptance = acceptanceOf(postback.reason);
  if (acceptance !== undefined && hasScope(me, 'postbacks:write')) {
    const currency = network?.defaults.currency;
    return (
      <AcceptCard key={postback.id} postback={postback} currency={currency} {...acceptance} onAccepted={onChanged} />
    );
  }
  return <HintCard hint={postback.hint} note={plan === undefined ? undefined : words.cannotMap} />;
}

/** A change under way is shown at all postbacks of its network; its result where it was made. */
function isShown({ change, postbackId }: ActiveChange, postback: PostbackDetail): boolean {
  if (change.state === 'undone') return false;
  return change.state !== 'done' || postbackId === postback.id;
}
