import IconCornerDownRight from '@tabler/icons-react/dist/esm/icons/IconCornerDownRight.mjs';
import { useId } from 'react';
import type { Schema } from '../../../api/client';
import { classes } from '../../../ui/classes';
import { type ParameterKind, ParameterValue } from '../../../ui/data/parameters';
import { ErrorBox } from '../../../ui/layout/feedback';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import type { Visitor } from './visitor';
import { VisitorPicker } from './visitor-picker';
import styles from './visitor.module.css';

type Part = Schema<'DestinationPartResponse'>;

/** The redirect of a chosen visitor, live: each parameter of the final URL in its own line, with its origin. */
export function VisitorPreview({
  visitor,
  onChange,
  error,
  onRetry,
}: {
  visitor: Visitor;
  onChange: (visitor: Visitor) => void;
  error: unknown;
  onRetry: () => void;
}) {
  const id = useId();
  return (
    <section className={styles.box} aria-labelledby={id}>
      <header className={styles.header}>
        <h3 id={id}>{builderWords.visitorTitle}</h3>
        <VisitorPicker visitor={visitor} onChange={onChange} />
      </header>
      {error === null || error === undefined ? <Redirect /> : <ErrorBox error={error} onRetry={onRetry} />}
    </section>
  );
}

function Redirect() {
  const { draft, preview, isPreviewOld } = useBuilder();
  if (draft.url.trim() === '') return <p className="note">{builderWords.noDestination}</p>;
  if (preview === undefined) return <p className="note">{builderWords.checking}</p>;
  const { shortUrl, parts, simulation } = preview;
  if (simulation === null)
    return <p className="note">{isPreviewOld ? builderWords.checking : builderWords.notReady}</p>;
  return (
    <div aria-busy={isPreviewOld}>
      <ol className={styles.hops}>
        <li>
          <span className={styles.code}>{draft.cloak ? 200 : draft.redirectStatus}</span>
          <span className="anywhere">{withoutScheme(shortUrl ?? '')}</span>
        </li>
        {simulation.stop === null ? <Location parts={parts} /> : <Stopped reason={simulation.stop} />}
      </ol>
      <Decision simulation={simulation} />
    </div>
  );
}

function Location({ parts }: { parts: readonly Part[] }) {
  const [address, ...rest] = parts;
  return (
    <li>
      <IconCornerDownRight className={classes('icon-small', styles.arrow)} aria-hidden="true" />
      <span>
        <span className="anywhere">{address?.text}</span>
        {rest.map((part, index) => (
          <LocationPart key={index} part={part} />
        ))}
      </span>
    </li>
  );
}

const KINDS: Readonly<Record<Part['kind'], ParameterKind | undefined>> = {
  fixed: undefined,
  clickId: 'clickId',
  appended: 'clickId',
  sub: 'sub',
  macro: 'sub',
  forwarded: undefined,
};

function LocationPart({ part: { kind, text, name, macros, isEmpty, note } }: { part: Part }) {
  const at = name === null ? -1 : text.indexOf('=');
  const [before, value] = at < 0 ? ['', text] : [text.slice(0, at + 1), text.slice(at + 1)];
  const shownKind = isEmpty ? 'unfilled' : KINDS[kind];
  const shown = isEmpty ? macros.map((macro) => `{${macro}}`).join('') : value;
  return (
    <span className={styles.part}>
      <span className="anywhere">
        {before}
        {shownKind === undefined ? shown : <ParameterValue kind={shownKind}>{shown}</ParameterValue>}
      </span>
      <small className={classes(isEmpty && 'bad', !isEmpty && shownKind === 'clickId' && styles.clickId)}>{note}</small>
    </span>
  );
}

function Stopped({ reason }: { reason: string }) {
  return (
    <li>
      <span />
      <span className="waiting">{builderWords.stops[reason] ?? reason}</span>
    </li>
  );
}

/** Which rule or variant decided, and why. */
function Decision({ simulation: { rule, variant, why } }: { simulation: Schema<'SimulateResponse'> }) {
  const { draft, preview, countIn } = useBuilder();
  const names = Object.keys(builderWords.fieldNames);
  const leftOut = names.filter(
    (name) => countIn([name]) > 0 || preview?.problems.some(({ path }) => path === name || path.startsWith(`${name}.`)),
  );
  const sentence = decisionOf({ rule, variant, hasRules: draft.rules.length > 0 && !leftOut.includes('rules') });
  const notes = [
    draft.password === '' ? null : builderWords.asksPassword,
    draft.cloak ? builderWords.framed : null,
    leftOut.length === 0 ? null : builderWords.leftOut(leftOut.map((name) => builderWords.fieldNames[name]).join(', ')),
  ].filter((note) => note !== null);
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      {sentence === null ? null : (
        <details className={styles.why}>
          <summary>
            <b className="medium">{sentence}.</b> <span className="text-link">{builderWords.why}</span>
          </summary>
          <ol>
            {why.map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function decisionOf({
  rule,
  variant,
  hasRules,
}: {
  rule: string | null;
  variant: string | null;
  hasRules: boolean;
}): string | null {
  if (rule !== null && rule in builderWords.specialRules) return builderWords.specialRules[rule] ?? rule;
  const decided = builderWords.decidedBy(rule, variant);
  if (rule !== null) return decided;
  const unmatched = hasRules ? builderWords.noRuleMatches : null;
  if (variant === null) return unmatched;
  return decided.charAt(0).toUpperCase() + decided.slice(1);
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
