import { useCallback, useState } from 'react';

/** The selected rows of a list. Rows can be selected only while it is on. */
export interface LogSelection {
  isOn: boolean;
  ids: ReadonlySet<string>;
  begin: () => void;
  end: () => void;
  set: (id: string, isSelected: boolean) => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useLogSelection(): LogSelection {
  const [isOn, setOn] = useState(false);
  const [ids, setIds] = useState(NONE);
  const set = useCallback((id: string, isSelected: boolean) => {
    setIds((before) => {
      const after = new Set(before);
      if (isSelected) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  return {
    isOn,
    ids,
    set,
    begin: () => setOn(true),
    end: () => {
      setOn(false);
      setIds(NONE);
    },
  };
}
