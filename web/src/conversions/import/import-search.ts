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
  /** The chosen columns, as the API takes them: `click_id=#1,note=(none)`. */
  mapping?: string | undefined;
}

const MAPPING = /^[a-z0-9_]+=(?:#\d{1,3}|\(none\))(?:,[a-z0-9_]+=(?:#\d{1,3}|\(none\)))*$/;

export function parseImportSearch({ id, network, charset, step, mapping }: Record<string, unknown>): ImportSearch {
  return {
    ...(isIdOf('imp', id) && { id }),
    ...(isIdOf('net', network) && { network }),
    ...(typeof charset === 'string' && /^[\w-]{1,40}$/.test(charset) && { charset }),
    ...(step === 'columns' && { step }),
    ...(typeof mapping === 'string' && MAPPING.test(mapping) && { mapping }),
  };
}

function isIdOf(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`).test(value);
}

/** The query of the API for an import. */
export function importQuery(
  { network, charset, mapping }: ImportSearch,
  { dryRun }: { dryRun?: boolean } = {},
): string {
  const parameters = new URLSearchParams({
    ...(dryRun === true && { dryRun: 'true' }),
    ...(network !== undefined && { networkId: network }),
    ...(charset !== undefined && { charset }),
    ...(mapping !== undefined && { mapping }),
  });
  return parameters.size === 0 ? '' : `?${parameters}`;
}
