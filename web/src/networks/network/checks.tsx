import { useMutation, useQueryClient } from '@tanstack/react-query';
import { startTransition, useId, useOptimistic } from 'react';
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
  const { checks } = network;
  const [checksDone, tick] = useTicks(network);
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
              onChange={(isDone) => tick(isDone ? [...checksDone, check] : checksDone.filter((one) => one !== check))}
            >
              {check}
            </CheckField>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The ticked checks, as they are at once and not only when they are stored; and what ticks them. */
function useTicks({ id, checksDone }: Network): [ticked: string[], tick: (ticked: string[]) => void] {
  const queries = useQueryClient();
  const { queryKey } = networkQuery(id);
  const [ticked, showTicked] = useOptimistic(checksDone);
  const { mutateAsync } = useMutation({
    mutationFn: async (done: string[]) =>
      bodyOf(await api.PATCH('/api/v1/networks/{id}', { params: { path: { id } }, body: { checksDone: done } })),
    // One after the other: each request sends the whole list, so the last one must arrive last.
    scope: { id: `checks ${id}` },
    onSuccess: async (network) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, network);
    },
    onError: (error) => showNotice(messageOf(error), { isError: true }),
    onSettled: () => void queries.invalidateQueries({ queryKey: networksQuery.queryKey }),
  });
  const tick = (done: string[]): void =>
    startTransition(async () => {
      showTicked(done);
      await mutateAsync(done).catch(() => undefined); // a notice has told of it
      await new Promise((resolve) => setTimeout(resolve)); // the cache tells of the stored ticks in a task of its own
    });
  return [ticked, tick];
}
