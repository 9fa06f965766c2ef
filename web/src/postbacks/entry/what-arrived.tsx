import { useState } from 'react';
import { Segments } from '../../ui/controls/segments';
import { CodeBox, GlossedRequest, ParameterValue } from '../../ui/data/parameters';
import { useNetworkName } from '../../conversions/names';
import type { PostbackDetail } from '../postback-types';
import { postbackWords as words } from '../postbacks-words';
import { glossed } from './parameter-kinds';
import { parameterKindOf } from '../../ui/data/parameter-kind';
import styles from './entry.module.css';

type View = keyof typeof words.views;

const VIEWS = Object.keys(words.views) as View[];

/** The request as it came: with the meaning of each parameter, as text, or as a table. */
export function WhatArrived({ postback }: { postback: PostbackDetail }) {
  const [view, setView] = useState<View>('explained');
  const headers = Object.entries(postback.headers);
  return (
    <section>
      <div className={styles.title}>
        <h3>{words.arrived}</h3>
        <span className="push">
          <Segments
            label={words.arrived}
            value={view}
            segments={VIEWS.map((value) => ({ value, label: words.views[value] }))}
            onChange={setView}
          />
        </span>
      </div>
      {view === 'explained' ? <Explained postback={postback} /> : null}
      {view === 'raw' ? <Raw postback={postback} /> : null}
      {view === 'table' ? <Parameters postback={postback} /> : null}
      {headers.length === 0 || view === 'raw' ? null : (
        <details className={styles.headers}>
          <summary>{words.headers(headers.length)}</summary>
          <CodeBox>
            {headers.map(([name, value]) => (
              <div key={name}>
                <span className="muted">{name}:</span> {value}
              </div>
            ))}
          </CodeBox>
        </details>
      )}
    </section>
  );
}

function Explained({
  postback: { method, path, networkId, origin, headers, parameters, body },
}: {
  postback: PostbackDetail;
}) {
  const network = useNetworkName(networkId) ?? '';
  const { query, body: inBody } = glossed(parameters);
  return (
    <GlossedRequest
      method={method}
      path={path}
      pathMeaning={origin === 'pixel' ? words.pathOf(network) : words.keyOf(network)}
      parameters={query}
      {...(inBody.length > 0 && {
        body: { meaning: words.body(headers['content-type'] ?? ''), parameters: inBody },
      })}
      {...(parameters.length === 0 && { note: body === '' ? words.noParameters : body })}
    />
  );
}

function Raw({ postback: { method, path, query, headers, body } }: { postback: PostbackDetail }) {
  const lines = [
    `${method} ${path}${query === '' ? '' : `?${query}`}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body]),
  ];
  return (
    <CodeBox>
      <div className={styles.raw}>{lines.join('\n')}</div>
    </CodeBox>
  );
}

function Parameters({ postback: { parameters } }: { postback: PostbackDetail }) {
  const { columns } = words;
  if (parameters.length === 0) return <p className="note">{words.noParameters}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys scroll it
    <div className={styles.tableFrame} tabIndex={0} role="region" aria-label={words.arrived}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.value}</th>
            <th scope="col">{columns.source}</th>
            <th scope="col">{columns.as}</th>
            <th scope="col">{columns.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, value, source, as, kind, meaning }, index) => (
            <tr key={index}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td className={styles.value}>
                <ParameterValue kind={parameterKindOf(kind)}>{value}</ParameterValue>
              </td>
              <td>{source ?? '–'}</td>
              <td>{as === null ? '–' : <code>{as}</code>}</td>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
