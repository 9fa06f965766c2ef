import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { hasScope, useMe } from '../../app/session';
import { CheckField } from '../../ui/controls/check-field';
import { showNotice } from '../../ui/layout/toasts-state';
import type { Network } from '../gallery/gallery-entries';
import { networkQuery } from '../network-query';
import { networksQuery } from '../networks-queries';
import { networksWords } from '../networks-words';
import styles from './network-view.module.css';

/** The points to look at before money depends on the network. A tick is stored at once. */
export function Checks({ network }: { network: Network }) {
  const id = useId();
  const canChange = hasScope(useMe(), 'networks:write');
  const tick = useTick(network.id);
  const { checks, checksDone } = network;
  return (
    <section aria-labelledby={id}>
      <div className={styles.checksHead}>
        <h3 id={id}>{networksWords.checks}</h3>
        <span className="note">{networksWords.checksDone(checksDone.length, checks.length)}</span>
      </div>
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check}>
            <CheckField
              checked={checksDone.includes(check)}
              disabled={!canChange}
              onChange={(isDone) =>
                tick.mutate(isDone ? [...checksDone, check] : checksDone.filter((one) => one !== check))
              }
            >
              {check}
            </CheckField>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useTick(id: string) {
  const queries = useQueryClient();
  const { queryKey } = networkQuery(id);
  return useMutation({
    mutationFn: async (checksDone: string[]) =>
      bodyOf(await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body: { checksDone } })),
    // One after the other: each request sends the whole list, so the last one must arrive last.
    scope: { id: `checks ${id}` },
    onMutate: async (checksDone) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, (network) => network && { ...network, checksDone });
      return { before };
    },
    onError: (error, _, context) => {
      queries.setQueryData(queryKey, context?.before);
      showNotice(messageOf(error), { isError: true });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: networksQuery.queryKey }),
  });
}
