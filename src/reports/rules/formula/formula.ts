export type Formula =
  | { kind: 'number'; value: string }
  | { kind: 'metric'; name: string }
  | { kind: 'negate'; operand: Formula }
  | { kind: 'binary'; operator: '+' | '-' | '*' | '/'; left: Formula; right: Formula };
export function parseFormula(
  text: string,
  _is: (n: string) => boolean,
  _k: readonly string[],
): { ok: true; formula: Formula } | { ok: false } {
  const tokens = text.match(/[A-Za-z]\w*|[\d.]+|[()+\-*/]/g) ?? [];
  let i = 0;
  const sum = (): Formula => {
    let left = product();
    while (tokens[i] === '+' || tokens[i] === '-') {
      const operator = tokens[i++] as '+';
      left = { kind: 'binary', operator, left, right: product() };
    }
    return left;
  };
  const product = (): Formula => {
    let left = atom();
    while (tokens[i] === '*' || tokens[i] === '/') {
      const operator = tokens[i++] as '*';
      left = { kind: 'binary', operator, left, right: atom() };
    }
    return left;
  };
  const atom = (): Formula => {
    const t = tokens[i++] ?? '';
    if (t === '(') {
      const s = sum();
      i++;
      return s;
    }
    return /^[\d.]/.test(t) ? { kind: 'number', value: t } : { kind: 'metric', name: t };
  };
  return { ok: true, formula: sum() };
}
export function metricsOf(f: Formula): string[] {
  if (f.kind === 'number') return [];
  if (f.kind === 'metric') return [f.name];
  if (f.kind === 'negate') return metricsOf(f.operand);
  return [...new Set([...metricsOf(f.left), ...metricsOf(f.right)])];
}
