import IconArrowRight from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schema } from '../../api/client';
import { useMe } from '../../app/session';
import { Money } from '../../ui/data/money';
import { CodeBox, ColouredText } from '../../ui/data/parameters';
import { ConversionStatusMark, VerdictMark } from '../../ui/data/status';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion, STATUS_NAMES } from '../conversions-words';
import { countryName } from '../../ui/data/country-name';
import { useLinkName } from '../../links/link-names';
import { rawRequest, requestParts } from './request-parts';
import {
  type ClickEntry,
  headingOf,
  isOtherAmount,
  type MomentContent,
  type PersonEntry,
  type RedirectEntry,
  type RequestEntry,
  type StatusEntry,
} from './story-rows';
import { storyWords as words } from './story-words';
import styles from './story.module.css';

type Parameters = ReadonlyMap<string, readonly Schema<'PostbackParameterResponse'>[]>;

/** The content of one moment. */
export function Moment({
  content,
  conversion,
  parameters,
}: {
  content: MomentContent;
  conversion: Conversion;
  parameters: Parameters;
}) {
  switch (content.kind) {
    case 'click':
      return <ClickMoment entry={content.entry} conversion={conversion} />;
    case 'redirect':
      return <RedirectMoment entry={content.entry} />;
    case 'request':
      return (
        <RequestMoment {...content} conversion={conversion} parameters={parameters.get(content.entry.postbackId)} />
      );
    case 'person':
      return <PersonMoment {...content} />;
    case 'replay': {
      const { entry, effect } = content;
      return (
        <>
          <Head title={words.runAgain} mark={<VerdictMark verdict={entry.verdict} />} effect={effect} />
          <p>{words.runAgainText}</p>
          {effect === null ? null : <Effect effect={effect} />}
        </>
      );
    }
    case 'status':
      return (
        <>
          <Head title={STATUS_NAMES[content.entry.status]} effect={content.entry} />
          <Effect effect={content.entry} />
        </>
      );
    case 'sibling':
      return <SiblingMoment conversion={content.conversion} />;
  }
}

/** The heading of a moment, with the amount after it at the right. */
function Head({
  title,
  note,
  mark,
  effect = null,
}: {
  title: string;
  note?: ReactNode;
  mark?: ReactNode;
  effect?: Pick<StatusEntry, 'payout'> | null;
}) {
  return (
    <div className={styles.head}>
      <h3>{title}</h3>
      {mark}
      {note === undefined ? null : <span className="muted">{note}</span>}
      {effect === null || effect.payout === null ? null : (
        <span className="push strong">
          <Money value={effect.payout} />
        </span>
      )}
    </div>
  );
}

function ClickMoment({ entry, conversion }: { entry: ClickEntry; conversion: Conversion }) {
  const link = useLinkName(entry.linkId);
  const { country, device, os, browser } = conversion;
  const facts = [
    country === null ? null : countryName(country),
    device,
    os,
    browser,
    entry.isBot === null ? null : entry.isBot ? words.bot : words.human,
    entry.isUnique === true ? words.firstOfDay : null,
  ].filter((fact) => fact !== null);
  const subs = Object.entries(entry.subs);
  return (
    <>
      <Head title={words.click} note={words.onLink(link?.address ?? entry.linkId)} />
      {facts.length === 0 ? null : <p>{asSentence(facts.join(', '))}</p>}
      {entry.isStored ? null : <p>{words.clickMissing}</p>}
      {entry.erasedAt === null ? null : <p>{words.clickErased}</p>}
      {subs.length === 0 ? null : (
        <CodeBox>
          <ColouredText
            parts={subs.flatMap(([name, value], index) => [
              { text: `${index === 0 ? '?' : '&'}${name}=` },
              { text: value, kind: 'sub' as const },
            ])}
          />
        </CodeBox>
      )}
    </>
  );
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function RedirectMoment({ entry: { rule, variant } }: { entry: RedirectEntry }) {
  return (
    <>
      <Head title={words.redirect} />
      <p>{decisionWords(rule, variant)}</p>
    </>
  );
}

function decisionWords(rule: string | null, variant: string | null): string {
  if (rule?.startsWith('~') === true) return words.expiredUrl;
  if (rule !== null && variant !== null) return words.variantOfRule(variant, rule);
  if (rule !== null) return words.rule(rule);
  return variant === null ? words.plainUrl : words.variant(variant);
}

function RequestMoment({
  entry,
  effect,
  conversion,
  parameters,
}: {
  entry: RequestEntry;
  effect: StatusEntry | null;
  conversion: Conversion;
  parameters: readonly Schema<'PostbackParameterResponse'>[] | undefined;
}) {
  const { postbackId, verdict, hint, isLogged, erasedAt, request, kind } = entry;
  const title = {
    event: EVENT_NAMES[conversion.eventType],
    status: effect === null ? '' : STATUS_NAMES[effect.status],
    amount: words.amountChanged,
    again: words.sameAgain,
    request: words.request,
    test: words.testRequest,
  }[headingOf(entry, effect)];
  return (
    <>
      <Head
        title={title}
        mark={verdict === null ? undefined : <VerdictMark verdict={verdict} />}
        note={kind === 'pixel' ? words.fromPage : undefined}
        effect={effect}
      />
      {effect === null ? null : <Effect effect={effect} txid={conversion.txid} />}
      {verdict === 'duplicate' && hint === null ? <p>{words.sameAgainText}</p> : null}
      {hint === null ? null : <p>{hint}</p>}
      {isLogged ? null : <p className="muted">{words.expiredEntry}</p>}
      {erasedAt === null ? null : <p className="muted">{words.erased}</p>}
      {request === null ? null : (
        <RequestBox postbackId={postbackId}>
          <ColouredText parts={parameters === undefined ? [{ text: rawRequest(request) }] : requestParts(parameters)} />
        </RequestBox>
      )}
    </>
  );
}

/** The line of a request; it leads to the request taken apart. */
function RequestBox({ postbackId, children }: { postbackId: string; children: ReactNode }) {
  return (
    <Link to="/postbacks" search={{ id: postbackId }} className={styles.request} title={words.openRequest}>
      <CodeBox>{children}</CodeBox>
    </Link>
  );
}

/** The change by a report, and the network's own word for it. */
function Effect({ effect, txid = null }: { effect: StatusEntry; txid?: string | null }) {
  const { status, previousStatus, payout, previousPayout, networkStatus } = effect;
  return (
    <p className={styles.effect}>
      {previousStatus === null ? (
        <>
          {words.newConversion}, <ConversionStatusMark status={status} isBare />.
        </>
      ) : previousStatus === status ? (
        isOtherAmount(effect) ? (
          <Move from={<Money value={previousPayout} />} to={<Money value={payout} />} />
        ) : null
      ) : (
        <Move
          from={<ConversionStatusMark status={previousStatus} isBare />}
          to={<ConversionStatusMark status={status} isBare />}
        />
      )}
      {networkStatus === null ? null : (
        <>
          {' '}
          {words.networkSaid} <code>{networkStatus}</code>
          {previousStatus === null || txid === null ? null : (
            <>
              {' '}
              for <code>{txid}</code>
            </>
          )}
          .
        </>
      )}
    </p>
  );
}

function Move({ from, to }: { from: ReactNode; to: ReactNode }) {
  return (
    <>
      {from} <IconArrowRight className="icon-small" role="img" aria-label="becomes" /> {to}
    </>
  );
}

function PersonMoment({ entry, effect }: { entry: PersonEntry; effect: StatusEntry | null }) {
  const me = useMe();
  const isChange = effect !== null && (effect.previousStatus !== effect.status || isOtherAmount(effect));
  if (entry.kind === 'import') {
    return (
      <>
        <Head
          title={words.imported}
          note={entry.row === null ? undefined : words.importRow(entry.row)}
          effect={effect}
        />
        {effect === null ? null : <Effect effect={effect} />}
        {entry.note === null ? null : <p>“{entry.note}”</p>}
        <p>
          <Link to="/conversions/import" search={{ id: entry.importId }} className="text-link">
            {words.openImport}
          </Link>
        </p>
      </>
    );
  }
  const title = !isChange ? words.note : effect.previousStatus === null ? words.createdByPerson : words.byPerson;
  return (
    <>
      <Head
        title={title}
        note={entry.by === me.id ? words.byYou : words.by(entry.by)}
        effect={isChange ? effect : null}
      />
      {isChange ? <Effect effect={effect} /> : null}
      {entry.note === null ? null : <p>“{entry.note}”</p>}
    </>
  );
}

function SiblingMoment({ conversion: { id, eventType, status, payout } }: { conversion: Conversion }) {
  return (
    <>
      <Head title={EVENT_NAMES[eventType]} mark={<ConversionStatusMark status={status} isBare />} effect={{ payout }} />
      <p>
        <Link to="/conversions/$conversionId" params={{ conversionId: id }} className="text-link">
          {words.sibling}
        </Link>
      </p>
    </>
  );
}
