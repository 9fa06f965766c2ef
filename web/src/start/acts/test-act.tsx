import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { TestSteps } from '../../networks/test-steps';
import { Button } from '../../ui/controls/button';
import type { SetupStep } from '../seen-sentences';
import { startWords } from '../start-words';
import styles from './acts.module.css';

type Seen = Extract<SetupStep, { id: 'testConversion' }>['seen'];

/** Sends a test first deposit through the public URL, and shows each of its steps. */
export function TestAct({ seen, networkId, canAct }: { seen: Seen; networkId: string | undefined; canAct: boolean }) {
  const test = useTest(networkId);
  const again = (
    <Button
      isSmall
      isBusy={test.isPending}
      icon={<IconSend className="icon-small" aria-hidden="true" />}
      onClick={() => test.mutate()}
    >
      {test.isPending ? startWords.sending : startWords.sendAgain}
    </Button>
  );
  const isAllowed = canAct && networkId !== undefined;
  return (
    <>
      {seen === null ? (
        isAllowed && (
          <div className={styles.buttons}>
            <Button
              look="primary"
              isBusy={test.isPending}
              icon={<IconSend className="icon" aria-hidden="true" />}
              onClick={() => test.mutate()}
            >
              {test.isPending ? startWords.sending : startWords.sendTest}
            </Button>
          </div>
        )
      ) : (
        <TestSteps
          steps={seen.steps.map((step) => ({ ...step, detail: step.detail ?? '' }))}
          at={seen.at}
          actions={isAllowed ? again : undefined}
        />
      )}
      {test.error === null ? null : (
        <p role="alert" className="bad">
          {messageOf(test.error)}
        </p>
      )}
    </>
  );
}

function useTest(networkId: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      if (networkId === undefined) return undefined;
      const params = { path: { id: networkId } };
      const body = { event: 'ftd', payout: '1.00', currency: 'EUR' } as const;
      return bodyOf(await api.POST('/api/v1/networks/{id}/test', { params, body }));
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['setup'] }),
        queries.invalidateQueries({ queryKey: ['postbacks'] }),
      ]),
  });
}
