import { Fragment, type ReactNode } from 'react';
import { classes } from '../classes';
import { CopyButton } from '../controls/copy-button';
import styles from './parameters.module.css';

/**
 * The meaning of a parameter, which decides its colour. `unfilled`: a macro that the network did not fill in. `unmapped`:
 * one of our click ids in a parameter that no mapping reads.
 */
export type ParameterKind =
  'clickId' | 'event' | 'status' | 'money' | 'transaction' | 'sub' | 'ignored' | 'unfilled' | 'unmapped';

/** A value in the colour of its meaning. */
export function ParameterValue({ kind, children }: { kind: ParameterKind; children: ReactNode }) {
  return <span className={classes(styles.value, styles[kind])}>{children}</span>;
}

export interface GlossedParameter {
  name: string;
  value: string;
  kind: ParameterKind;
  /** In words, such as "your click id, but nothing reads tid". */
  meaning: string;
}

/**
 * A request with the meaning of each parameter beneath it.
 * @param method such as `GET`
 * @param path with its secrets masked
 * @param parameters those of the query
 * @param body the parameters of the body, which stand in lines of their own
 * @param note said in place of parameters
 */
export function GlossedRequest({
  method,
  path,
  pathMeaning,
  parameters,
  body,
  note,
}: {
  method: string;
  path: string;
  pathMeaning: string;
  parameters: readonly GlossedParameter[];
  body?: { meaning: string; parameters: readonly GlossedParameter[] };
  note?: string;
}) {
  return (
    <div className={classes(styles.box, styles.gloss)}>
      <span>
        <span>
          <b>{method}</b> {path}
        </span>
        <small className={styles.meaning}>{pathMeaning}</small>
      </span>
      {parameters.map((parameter, index) => (
        <Glossed key={index} parameter={parameter} separator={index === 0 ? '?' : '&'} />
      ))}
      {body === undefined ? null : (
        <>
          <span className={classes(styles.break, styles.meaning)}>{body.meaning}</span>
          {body.parameters.map((parameter, index) => (
            <Glossed key={index} parameter={parameter} separator={index === 0 ? '' : '&'} />
          ))}
        </>
      )}
      {note === undefined ? null : <span className={classes(styles.break, styles.name)}>{note}</span>}
    </div>
  );
}

function Glossed({
  parameter: { name, value, kind, meaning },
  separator,
}: {
  parameter: GlossedParameter;
  separator: string;
}) {
  return (
    <span>
      <span>
        <span className={styles.name}>
          {separator}
          {name}=
        </span>
        <ParameterValue kind={kind}>{value}</ParameterValue>
      </span>
      <small className={classes(styles.meaning, kind !== 'ignored' && styles[kind])}>{meaning}</small>
    </span>
  );
}

/** A part of a text with a meaning, or without one. */
export interface ColouredPart {
  text: string;
  kind?: ParameterKind | undefined;
}

/** A URL or text whose parts have the colour of their meaning; it breaks anywhere. */
export function ColouredText({ parts }: { parts: readonly ColouredPart[] }) {
  return (
    <span className={styles.url}>
      {parts.map(({ text, kind }, index) => (
        <Fragment key={index}>
          {kind === undefined ? text : <ParameterValue kind={kind}>{text}</ParameterValue>}
        </Fragment>
      ))}
    </span>
  );
}

/** A box with a text to copy, such as a postback URL. */
export function CopyBox({ text, label, parts }: { text: string; label: string; parts?: readonly ColouredPart[] }) {
  return (
    <div className={classes(styles.box, styles.copyRow)}>
      <ColouredText parts={parts ?? [{ text }]} />
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** A sunken box, for code and texts as they were sent. */
export function CodeBox({ children }: { children: ReactNode }) {
  return <div className={classes(styles.box, styles.url)}>{children}</div>;
}
