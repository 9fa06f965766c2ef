import { hasScope, useMe } from '../../app/session';
import type { Network } from '../gallery/gallery-entries';
import { DeleteCard } from './delete-card';
import { KeysCard } from './keys-card';
import { SecurityForm } from './security-form';

/** Keys, conditions and deletion of a network. */
export function SecurityTab({ network }: { network: Network }) {
  const canChange = hasScope(useMe(), 'networks:write');
  return (
    <>
      <KeysCard network={network} canChange={canChange} />
      <SecurityForm network={network} canChange={canChange} />
      {canChange ? <DeleteCard network={network} /> : null}
    </>
  );
}
