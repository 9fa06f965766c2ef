import { Link } from '@tanstack/react-router';
import { hasScope, useMe } from '../../app/session';
import { CodeBox } from '../../ui/data/parameters';
import { VerdictMark } from '../../ui/data/status';
import { When } from '../../ui/data/time';
import { useLinkName } from '../../links/link-names';
import type { PostbackDetail } from '../postback-types';
import type { PostbacksSearch } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import styles from './entry.module.css';

/** Our answer to the network, each run of the request, and what it belongs to. */
export function AnswerAndRuns({
  postback,
  onFilter,
}: {
  postback: PostbackDetail;
  onFilter: (search: PostbacksSearch) => void;
}) {
  return (
    <div className={styles.two}>
      <Answer postback={postback} />
      <div>
        <Runs postback={postback} />
        <Belongings postback={postback} onFilter={onFilter} />
      </div>
    </div>
  );
}

function Answer({ postback: { answer } }: { postback: PostbackDetail }) {
  const { status, body, note } = answer;
  return (
    <section>
      <div className={styles.title}>
        <h3>{words.answer}</h3>
        {status === null ? null : <span className="push note">{status}</span>}
      </div>
      {status === null ? (
        <p className="note">
          {words.answerUnknown}. {note}
        </p>
      ) : (
        <>
          <CodeBox>{body === null || body === '' ? <i>{words.emptyAnswer}</i> : <AnswerBody body={body} />}</CodeBox>
          <p className={`note ${styles.below}`}>{note}</p>
        </>
      )}
    </section>
  );
}

/** A JSON object with a line for each field; other text as it is. */
function AnswerBody({ body }: { body: string }) {
  const fields = fieldsOf(body);
  if (fields === undefined) return <div className={styles.raw}>{body}</div>;
  return fields.map(([name, value], index) => (
    <div key={name}>
      {index === 0 ? '{ ' : <span className={styles.indent} />}
      <span className="muted">"{name}"</span>: {JSON.stringify(value)}
      {index === fields.length - 1 ? ' }' : ','}
    </div>
  ));
}

function fieldsOf(body: string): [string, unknown][] | undefined {
  try {
    const value = JSON.parse(body) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.keys(value).length > 0 ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

function Runs({ postback: { receivedAt, verdict, attempts } }: { postback: PostbackDetail }) {
  return (
    <section>
      <div className={styles.title}>
        <h3>{words.runs}</h3>
        <span className="push note not-on-phone">{words.runsNote}</span>
      </div>
      <ul className={styles.runs}>
        <li>
          {attempts.length === 0 ? <VerdictMark verdict={verdict} isBare /> : null}
          <span className="muted">{words.arrival}</span>
          <span className="push">
            <When at={receivedAt} />
          </span>
        </li>
        {attempts.map(({ at, verdict: then, reason }) => (
          <li key={at}>
            <VerdictMark verdict={then} isBare />
            <span className="muted ellipsis">{[words.again, reason].filter(Boolean).join(' · ')}</span>
            <span className="push">
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Belongings({
  postback: { clickId, linkId, conversionId },
  onFilter,
}: {
  postback: PostbackDetail;
  onFilter: (search: PostbacksSearch) => void;
}) {
  const me = useMe();
  const link = useLinkName(linkId)?.title;
  return (
    <p className={styles.belongings}>
      {clickId === null || !hasScope(me, 'clicks:read') ? null : (
        <Link to="/clicks/$clickId" params={{ clickId }} className="text-link" title={clickId}>
          {words.click(clickId)}
        </Link>
      )}
      {linkId === null || !hasScope(me, 'links:read') ? null : (
        <>
          <Link to="/links/$linkId" params={{ linkId }} className="text-link">
            {words.link(link ?? linkId)}
          </Link>
          <button type="button" className={styles.textButton} onClick={() => onFilter({ link: linkId })}>
            {words.onlyThisLink}
          </button>
        </>
      )}
      {conversionId === null || !hasScope(me, 'conversions:read') ? null : (
        <Link to="/conversions/$conversionId" params={{ conversionId }} className="text-link">
          {words.story}
        </Link>
      )}
    </p>
  );
}
