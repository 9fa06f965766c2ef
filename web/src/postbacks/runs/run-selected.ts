import { api } from '../../api/client';
import { messageOf } from '../../api/problem';
import { showNotice, showProgress } from '../../ui/layout/toasts-state';
import { postbackWords as words } from '../postbacks-words';

/** Runs some postbacks again, one after the other, with progress. One that fails does not stop the others. */
export async function runSelected(ids: readonly string[]): Promise<void> {
  const progress = showProgress(words.selectedRun(0, ids.length));
  const failures: string[] = [];
  let done = 0;
  for (const id of ids) {
    try {
      await api.POST('/api/v1/postbacks/{id}/replay', { params: { path: { id } } });
    } catch (error) {
      failures.push(messageOf(error));
    }
    done += 1;
    progress.update(words.selectedRun(done, ids.length), done / ids.length);
  }
  progress.end();
  const [reason] = failures;
  const text = words.selectedDone(ids.length - failures.length, failures.length);
  showNotice(reason === undefined ? text : `${text} ${reason}`, { isError: reason !== undefined });
}
