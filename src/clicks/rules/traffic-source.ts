/** The traffic source that the query of a click's URL names: `source`, else `utm_source`. */
export function trafficSource(query: readonly { name: string; value: string }[] = []): string | undefined {
  const valueOf = (wanted: string) => query.find(({ name, value }) => name === wanted && value !== '')?.value;
  return valueOf('source') ?? valueOf('utm_source');
}
