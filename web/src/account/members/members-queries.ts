import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../../api/client';

const PAGE_SIZE = 100;

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => readAll((query) => api.GET('/api/v1/members', { params: { query } }).then(bodyOf)),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => readAll((query) => api.GET('/api/v1/invitations', { params: { query } }).then(bodyOf)),
});

interface ListPage<Row> {
  data: Row[];
  page: Schema<'PageInfo'>;
}

/** All rows of a list. The server limits the members and invitations of a workspace. */
async function readAll<Row>(
  readPage: (query: { limit: number; cursor?: string }) => Promise<ListPage<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const { data, page }: ListPage<Row> = await readPage({ limit: PAGE_SIZE, ...(cursor !== null && { cursor }) });
    rows.push(...data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
