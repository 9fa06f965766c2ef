import { useNavigate, useSearch } from '@tanstack/react-router';
import { hasScope, useMe } from '../app/session';
import { classes } from '../ui/classes';
import { Page } from '../ui/layout/page';
import { conversionWords } from './conversions-words';
import { ColumnsStep } from './import/columns-step';
import { EarlierImports } from './import/earlier-imports';
import { FileStep } from './import/file-step';
import { usePreparedFile } from './import/import-file';
import { ImportRun } from './import/import-run';
import type { ImportSearch } from './import/import-search';
import { importWords as words } from './import/import-words';
import { Steps } from './import/steps';
import { useImport } from './import/use-import';
import styles from './import/import.module.css';

/** The import of conversions in steps: file, columns, dry run, import; import/ has the parts. */
export function ImportPage() {
  const search = useSearch({ from: '/signed-in/conversions/import' });
  const navigate = useNavigate();
  const canWrite = hasScope(useMe(), 'conversions:write');
  const file = usePreparedFile();
  const change = (next: ImportSearch): void =>
    void navigate({ to: '/conversions/import', search: next, replace: next.step === search.step });
  const { id, step } = search;
  return (
    <Page title={words.title} parent={{ title: conversionWords.title, link: { to: '/conversions' } }}>
      {id !== undefined ? (
        <>
          <RunSteps id={id} />
          <ImportRun id={id} search={search} />
        </>
      ) : (
        <div className={classes('stack', step !== 'columns' && styles.start)}>
          {!canWrite ? null : step === 'columns' && file !== null ? (
            <>
              <Steps current={1} />
              <ColumnsStep file={file} search={search} onChange={change} />
            </>
          ) : (
            <>
              <Steps current={0} />
              <FileStep search={search} onChange={change} />
            </>
          )}
          {step === 'columns' ? null : <EarlierImports />}
        </div>
      )}
    </Page>
  );
}

function RunSteps({ id }: { id: string }) {
  const { data } = useImport(id);
  return <Steps current={data?.dryRun === false ? 3 : 2} />;
}
