import { formatCount } from '../../ui/data/money-format';
import { Card } from '../../ui/layout/card';
import { importWords as words } from './import-words';
import { Suggestion } from './suggestion';
import { unmappedWords } from './unmapped-words';
import type { ImportJob } from './use-import';
import styles from './import.module.css';

/** Remarks about the file, and the mapping by which more of it could be read. */
export function Findings({ job }: { job: ImportJob }) {
  const { notices, warnings, ignoredColumns, networkId, suggestion, problems } = job;
  const hasFindings = notices.length + warnings.length + ignoredColumns.length > 0;
  return (
    <>
      {networkId === null ? null : (
        <Suggestion networkId={networkId} suggested={suggestion?.mapping} unmapped={unmappedWords(problems)} />
      )}
      {hasFindings ? (
        <Card title={words.findings}>
          <ul className={styles.findings}>
            {notices.map(({ code, text }) => (
              <li key={`${code} ${text}`}>{text}</li>
            ))}
            {warnings.map(({ code, text, rows }) => (
              <li key={`${code} ${text}`}>{words.warning(text, formatCount(rows))}</li>
            ))}
            {ignoredColumns.length === 0 ? null : (
              <li>
                {words.ignoredColumns}: {ignoredColumns.map((name) => `“${name}”`).join(', ')}
              </li>
            )}
          </ul>
        </Card>
      ) : null}
    </>
  );
}
