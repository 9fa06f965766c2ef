import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { Button } from '../../ui/controls/button';
import { Dialog } from '../../ui/layout/dialog';
import { ErrorBox } from '../../ui/layout/feedback';
import { showNotice } from '../../ui/layout/toasts-state';
import { clickWords } from './click-words';

/** Erasing cannot be undone, so it asks. */
export function EraseDialog({ clickId, onClose }: { clickId: string; onClose: () => void }) {
  const queries = useQueryClient();
  const erase = useMutation({
    mutationFn: () => api.DELETE('/api/v1/clicks/{clickId}', { params: { path: { clickId } } }),
    onSuccess: async () => {
      showNotice(clickWords.erased);
      onClose();
      await queries.invalidateQueries({ queryKey: ['clicks', clickId] });
    },
  });
  return (
    <Dialog title={clickWords.eraseTitle} onClose={onClose}>
      <div className="stack">
        <p>{clickWords.eraseText}</p>
        {erase.error === null ? null : <ErrorBox error={erase.error} />}
        <div className="row">
          <Button look="danger" isBusy={erase.isPending} onClick={() => erase.mutate()}>
            {clickWords.erase}
          </Button>
          <Button onClick={onClose}>{clickWords.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}
