import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { Button } from '../../ui/controls/button';
import { Card } from '../../ui/layout/card';
import { ErrorBox } from '../../ui/layout/feedback';
import { showNotice, showUndo } from '../../ui/layout/toasts-state';
import type { Network } from '../gallery/gallery-entries';
import { networkQuery } from '../network-query';
import { networksQuery, useKeepNetwork } from '../networks-queries';
import { networksWords } from '../networks-words';

/** Deletes at once; the server keeps the network, so that it can be restored. */
export function DeleteNetworkCard({ network: { id, name } }: { network: Network }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const keep = useKeepNetwork();
  const restore = (): void => {
    api.POST('/api/v1/networks/{id}/restore', { params: { path: { id } } }).then(
      (answer) => {
        keep(bodyOf(answer));
        showNotice(networksWords.restored(name));
        void navigate({ to: '/networks', search: { id, show: 'yours' } });
      },
      (error: unknown) => showNotice(messageOf(error), { isError: true }),
    );
  };
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/networks/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      showUndo(networksWords.deleted(name), networksWords.undo, restore);
      await navigate({ to: '/networks', search: { show: 'yours' } });
      queries.removeQueries({ queryKey: networkQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: networksQuery.queryKey });
    },
  });
  return (
    <Card title={networksWords.deleteTitle}>
      <div className="stack">
        <p className="secondary">{networksWords.deleteText}</p>
        {remove.error === null ? null : <ErrorBox error={remove.error} />}
        <div>
          <Button look="danger" isBusy={remove.isPending} onClick={() => remove.mutate()}>
            {networksWords.delete}
          </Button>
        </div>
      </div>
    </Card>
  );
}
