import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '../../api/client';
import { api, bodyOf } from '../../api/client';
import { hasScope, useMe } from '../../app/session';
import { classes } from '../../ui/classes';
import { Button } from '../../ui/controls/button';
import { ColouredText } from '../../ui/data/parameters';
import { StatusMark } from '../../ui/data/status';
import { When } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { Link } from '../link-types';
import { colouredDestination } from './coloured-url';
import { linkCheckQuery } from '../link-query';
import { linkWords } from './link-words';
import styles from './link.module.css';

type Check = Schema<'CheckResponse'>;

/** The last check of a link: the chain of its hops, each problem beside its hop. */
export function CheckCard({ link }: { link: Link }) {
  const queries = useQueryClient();
  const canCheck = hasScope(useMe(), 'links:read');
  const { queryKey } = linkCheckQuery(link.id);
  const { data, error } = useQuery(linkCheckQuery(link.id));
  const check = useMutation({
    mutationFn: async () =>
      bodyOf(await api.POST('/api/v1/links/{id}/check', { params: { path: { id: link.id } }, body: {} })),
    onSuccess: (result) => queries.setQueryData(queryKey, result),
  });
  return (
    <Card
      title={linkWords.check}
      note={
        data ? (
          <>
            {linkWords.checkedAt} <When at={data.checkedAt} />
          </>
        ) : undefined
      }
      actions={
        canCheck ? (
          <Button isSmall isBusy={check.isPending} onClick={() => check.mutate()}>
            {linkWords.checkNow}
          </Button>
        ) : null
      }
    >
      {(check.error ?? error) === null ? null : (
        <ErrorBox error={check.error ?? error} onRetry={() => check.mutate()} />
      )}
      {data === undefined && error === null ? <Skeleton height={60} /> : null}
      {data === null ? <p className="muted">{linkWords.neverChecked}</p> : null}
      {data ? <Hops check={data} link={link} /> : null}
    </Card>
  );
}

function Hops({ check, link }: { check: Check; link: Link }) {
  const start = { url: link.shortUrl, status: link.redirectStatus, ms: null };
  const hops = [start, ...check.hops];
  return (
    <>
      {check.ok ? <p className="good">{linkWords.checkGood}</p> : null}
      <ol className={styles.hops}>
        {hops.map(({ url, status, ms }, index) => {
          const problems = check.problems.filter(({ hop }) => hop === index - 1);
          const isBad = problems.length > 0;
          return (
            <li key={`${index} ${url}`} className={styles.hop}>
              <span className={styles.rail}>
                <span className={classes(isBad ? 'bad' : 'good')}>
                  <StatusMark shape={isBad ? 'refused' : 'approved'} size={15} />
                </span>
                <i />
              </span>
              <div className={styles.hopBody}>
                <span className="note">
                  {status === 0 ? linkWords.noAnswer : status}
                  {ms === null ? '' : ` · ${ms} ms`}
                </span>
                <div>
                  <ColouredText parts={colouredDestination(url, link.clickIdParam)} />
                </div>
                {problems.map(({ code, param, message }) => (
                  <p key={`${code} ${param}`} className={styles.problem}>
                    {message.charAt(0).toUpperCase() + message.slice(1)}. <code>{code}</code>
                  </p>
                ))}
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}
