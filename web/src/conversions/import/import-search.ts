/** The state of the wizard that its URL holds. The file itself is not in it: after a reload it is chosen again. */
export interface ImportSearch {
  /** The opened import. */
  id?: string | undefined;
  /** The network that the file comes from. */
  network?: string | undefined;
  /** The character set of the file; absent: found out. */
  charset?: string | undefined;
  /** Absent: the file. */
  step?: 'columns' | undefined;
}

export function parseImportSearch({ id, network, charset, step }: Record<string, unknown>): ImportSearch {
  return {
    ...(isIdOf('imp', id) && { id }),
    ...(isIdOf('net', network) && { network }),
    ...(typeof charset === 'string' && /^[\w-]{1,40}$/.test(charset) && { charset }),
    ...(step === 'columns' && { step }),
  };
}

function isIdOf(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`).test(value);
}
