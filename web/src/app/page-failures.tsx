import { Link } from '@tanstack/react-router';
import { messageOf } from '../api/problem';
import { Button } from '../ui/controls/button';
import { EmptyState } from '../ui/layout/feedback';
import { appWords } from './words';

/** Shown in place of a page that could not be loaded or drawn. */
export function PageFailed({ error }: { error: unknown }) {
  return (
    <main>
      <EmptyState
        title={appWords.pageFailed}
        actions={<Button onClick={() => window.location.reload()}>{appWords.reload}</Button>}
      >
        {messageOf(error)}
      </EmptyState>
    </main>
  );
}

/** For an address that has no page. */
export function PageMissing() {
  return (
    <main>
      <EmptyState
        title={appWords.noSuchPage}
        actions={
          <Link to="/start" className="text-link">
            {appWords.goToStart}
          </Link>
        }
      />
    </main>
  );
}
