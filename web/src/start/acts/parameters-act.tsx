import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { linkCheckQuery } from '../../links/link-query';
import { startWords } from '../start-words';
import styles from './acts.module.css';

/** Follows the redirects of the link, and shows each hop with the parameters that arrived. */
export function ParametersAct({ linkId, canAct }: { linkId: string | undefined; canAct: boolean }) {
  const queries = useQueryClient();
  const { data: last = null } = useQuery({ ...linkCheckQuery(linkId ?? ''), enabled: linkId !== undefined });
  const check = useMutation({
    mutationFn: async (id: string) =>
      bodyOf(await api.POST('/api/v1/links/{id}/check', { params: { path: { id } }, body: {} })),
    onSuccess: (result, id) => {
      queries.setQueryData(linkCheckQuery(id).queryKey, result);
      return queries.invalidateQueries({ queryKey: ['setup'] });
    },
  });
  if (linkId === undefined) return null;
  return (
    <>
      {last === null ? null : (
        <ol className={styles.hops} aria-label={startWords.hops}>
          {last.hops.map(({ url, status, ms }, index) => (
            <li key={index}>
              <span className="mono">{status === 0 ? '–' : status}</span>
              <span className={`mono ${styles.hopUrl}`}>{url}</span>
              <span className="muted nowrap">{ms} ms</span>
            </li>
          ))}
        </ol>
      )}
      {last === null || last.problems.length === 0 ? null : (
        <ul className={styles.problems}>
          {last.problems.map(({ code, hop, message }) => (
            <li key={`${hop} ${code}`}>
              {message} <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
      {canAct ? (
        <div className={styles.buttons}>
          <Button
            look={last === null ? 'primary' : undefined}
            isBusy={check.isPending}
            onClick={() => check.mutate(linkId)}
          >
            {check.isPending ? startWords.checking : last === null ? startWords.checkNow : startWords.checkAgain}
          </Button>
        </div>
      ) : null}
      {check.error === null ? null : (
        <p role="alert" className="bad">
          {messageOf(check.error)}
        </p>
      )}
    </>
  );
}
