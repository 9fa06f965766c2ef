import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconTerminal2 from '@tabler/icons-react/dist/esm/icons/IconTerminal2.mjs';
import { useEffect, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { hasScope, useMe, useTimeZone } from '../../app/session';
import { useAct } from '../../ui/controls/act-button';
import { Button, ButtonGroup } from '../../ui/controls/button';
import { copyText } from '../../ui/controls/copy-text';
import { lookOfVerdict, Status, VerdictMark } from '../../ui/data/status';
import { formatClock, formatDay, formatOffset } from '../../ui/data/time-format';
import { showNotice } from '../../ui/layout/toasts-state';
import { useNetworkName } from '../../conversions/names';
import type { PostbackDetail } from '../postback-types';
import { postbackWords as words } from '../postbacks-words';
import { CodeText } from './code-text';
import { toCurl } from './curl';
import type { Walk } from './entry-pane';
import styles from './entry.module.css';

const COPIED_MS = 1_500;

/** The verdict with its acts; ‹ and › walk the list. */
export function EntryHead({
  postback,
  walk,
  onBack,
  onChanged,
}: {
  postback: PostbackDetail;
  walk: Walk;
  onBack: () => void;
  onChanged: () => void;
}) {
  const timeZone = useTimeZone();
  const { verdict, reason, waitsUntil } = postback;
  return (
    <header className={styles.head}>
      <span className="phone-only">
        <Button isSmall look="quiet" icon={<IconChevronLeft className="icon-small" />} onClick={onBack}>
          {words.back}
        </Button>
      </span>
      <span className={styles.state}>
        <VerdictMark verdict={verdict} />
        {reason === null ? null : <code>{reason}</code>}
        {waitsUntil === null ? null : (
          <span className={styles.waits}>
            <Status shape="waits" tone="waiting">
              {words.waitsUntil(whenOf(new Date(waitsUntil), timeZone))}
            </Status>
          </span>
        )}
      </span>
      <span className={styles.acts}>
        <RunAgain postback={postback} onChanged={onChanged} />
        <CopyAsCurl postback={postback} />
        <ButtonGroup label={words.list}>
          <Button
            isSmall
            icon={<IconChevronLeft className="icon-small" />}
            aria-label={words.walkPrevious}
            title={`${words.walkPrevious} (k)`}
            disabled={walk.previous === undefined}
            onClick={() => walk.go(-1)}
          />
          <Button
            isSmall
            icon={<IconChevronRight className="icon-small" />}
            aria-label={words.walkNext}
            title={`${words.walkNext} (j)`}
            disabled={walk.next === undefined}
            onClick={() => walk.go(1)}
          />
        </ButtonGroup>
      </span>
    </header>
  );
}

/** `4 Dec, 14:02` */
function whenOf(at: Date, timeZone: string): string {
  const day = formatDay(at, timeZone).replace(/^\w+ /, '');
  return `${day}, ${formatClock(at, timeZone, { hasSeconds: false })}`;
}

function RunAgain({ postback: { id }, onChanged }: { postback: PostbackDetail; onChanged: () => void }) {
  const canRun = hasScope(useMe(), 'postbacks:write');
  const { run, isBusy, error } = useAct(async () => {
    const { verdict, hint } = bodyOf(await api.POST('/api/v1/postbacks/{id}/replay', { params: { path: { id } } }));
    const { word } = lookOfVerdict(verdict);
    showNotice([words.ranAgain(word.toLowerCase()), hint].filter(Boolean).join(' '));
    onChanged();
  });
  useEffect(() => {
    if (error !== null) showNotice(error, { isError: true });
  }, [error]);
  if (!canRun) return null;
  return (
    <Button isSmall icon={<IconRefresh className="icon-small" />} isBusy={isBusy} onClick={run}>
      {words.runAgain}
    </Button>
  );
}

function CopyAsCurl({ postback }: { postback: PostbackDetail }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <span className="not-on-phone">
      <Button
        isSmall
        icon={<IconTerminal2 className="icon-small" />}
        title={words.copyCurlTitle}
        onClick={() => void copyText(toCurl(postback, window.location.origin)).then(setCopied)}
      >
        <span aria-live="polite">{isCopied ? words.copied : words.copyCurl}</span>
      </Button>
    </span>
  );
}

/** The request in one sentence, and where and when it came from. */
export function Headline({ postback }: { postback: PostbackDetail }) {
  const { headline, networkId, receivedAt, ip, answer } = postback;
  const timeZone = useTimeZone();
  const network = useNetworkName(networkId);
  const at = new Date(receivedAt);
  return (
    <div>
      <h2 className={styles.headline} id="postback-headline" data-verdict={postback.verdict}>
        <CodeText text={headline.replace(/\.$/, '')} />
      </h2>
      <p className={styles.meta}>
        <span>{network}</span>
        <time dateTime={receivedAt}>
          {formatDay(at, timeZone)} {formatClock(at, timeZone, { hasMs: true })}{' '}
          <span className="muted">{formatOffset(at, timeZone)}</span>
        </time>
        <span>{words.from(ip)}</span>
        {answer.status === null ? null : (
          <span title={answer.note}>
            {words.answered} <b className="medium">{answer.status}</b>
          </span>
        )}
      </p>
    </div>
  );
}
