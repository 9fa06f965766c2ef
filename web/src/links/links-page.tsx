import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Page } from '../ui/layout/page';

const LinkBuilder = lazy(() => import('./builder/link-builder').then(({ LinkBuilder }) => ({ default: LinkBuilder })));

export function LinksPage() {
  const { builder, copyOf } = useSearch({ from: '/signed-in/links' });
  const navigate = useNavigate();
  return (
    <Page title="Links">
      {builder === undefined ? null : (
        <Suspense fallback={null}>
          <LinkBuilder
            linkId={builder === 'new' ? null : builder}
            copyOf={copyOf}
            onClose={() => void navigate({ to: '/links', search: {} })}
          />
        </Suspense>
      )}
    </Page>
  );
}
