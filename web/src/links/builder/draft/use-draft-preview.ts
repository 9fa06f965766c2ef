import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, bodyOf, type Schema } from '../../../api/client';
import { useDebounced } from '../../../app/use-debounced';
import type { LinkFields } from './draft-fields';

const DEBOUNCE_MS = 250;

/** The server's view of a draft, asked again when the person stops typing. An answer that is not needed any more is aborted. */
export function useDraftPreview({
  fields,
  linkId,
  visitor,
}: {
  fields: LinkFields;
  linkId: string | undefined;
  visitor: Schema<'DraftVisitor'>;
}) {
  const body = JSON.stringify({ link: withoutPassword(fields), linkId, visitor });
  const settled = useDebounced(body, DEBOUNCE_MS);
  const query = useQuery({
    queryKey: ['links', 'preview', settled],
    queryFn: async ({ signal }) => {
      const asked = JSON.parse(settled) as Schema<'DraftPreviewRequest'>;
      return bodyOf(await api.POST('/api/v1/links/preview', { body: asked, signal }));
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const isOld = query.isPlaceholderData || settled !== body;
  return useMemo(
    () => ({ preview: query.data, isOld, error: query.error, retry: () => void query.refetch() }),
    [query, isOld],
  );
}

/** Its length is enough to check it. */
function withoutPassword(fields: LinkFields): LinkFields {
  const { password } = fields;
  return typeof password === 'string' ? { ...fields, password: 'x'.repeat(password.length) } : fields;
}
