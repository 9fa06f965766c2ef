import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

interface AccountActs {
  /** The last result, for `DoneLine`. */
  done: { text: string } | null;
  /** Reads the account and the given data again, then says what is done. */
  finish: (text: string, ...resources: string[]) => Promise<void>;
}

/** For a card whose acts change the account. */
export function useAccountActs(): AccountActs {
  const queries = useQueryClient();
  const [done, setDone] = useState<AccountActs['done']>(null);
  const finish: AccountActs['finish'] = async (text, ...resources) => {
    await Promise.all(['me', ...resources].map((resource) => queries.invalidateQueries({ queryKey: [resource] })));
    setDone({ text });
  };
  return { done, finish };
}
