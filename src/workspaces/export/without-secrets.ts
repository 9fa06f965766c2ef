/** Fields that are never exported, at any depth. */
const SECRET = /^(?:key|oldKey|pixelKey|token|holder)$|hash$|password|secret/i;

/** A stored document as it is exported: values of JSON, without secrets. Exact decimals become text. */
export function withoutSecrets(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if ('_bsontype' in value) return (value as { toString(): string }).toString();
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !SECRET.test(name))
      .map(([name, inner]) => [name, withoutSecrets(inner)]),
  );
}
