import { hasScope, useMe } from '../../app/session';
import type { Network } from '../gallery/gallery-entries';
import { DeleteNetworkCard } from './delete-card';
import { KeysCard } from './keys-card';
import type { SecurityDraft } from './security-draft';
import { SecurityForm } from './security-form';

/** Keys, conditions and deletion of a network. */
export function SecurityTab({
  network,
  edited,
  onEdit,
}: {
  network: Network;
  edited: SecurityDraft | null;
  onEdit: (draft: SecurityDraft | null) => void;
}) {
  const canChange = hasScope(useMe(), 'networks:write');
  return (
    <>
      <KeysCard network={network} canChange={canChange} />
      <SecurityForm network={network} canChange={canChange} edited={edited} onEdit={onEdit} />
      {canChange ? <DeleteNetworkCard network={network} /> : null}
    </>
  );
}
