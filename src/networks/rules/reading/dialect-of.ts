import type { Network } from '../../network.schema.js';
import type { Preset } from '../../catalogue/preset.js';
import type { NetworkDialect } from './reading.js';

/** The mapping for a network's requests: its own mapping comes before its preset's, and both before the common vocabulary. */
export function dialectOf(
  { mapping, defaults }: Pick<Network, 'mapping' | 'defaults'>,
  preset?: Preset,
): NetworkDialect {
  if (!preset) return { mapping, defaults };
  return {
    mapping: {
      params: mergeNames(mapping.params, preset.mapping.params),
      events: { ...preset.mapping.events, ...mapping.events },
      statuses: { ...preset.mapping.statuses, ...mapping.statuses },
      ...(mapping.currencies && { currencies: mapping.currencies }),
      ...(mapping.charset !== undefined && { charset: mapping.charset }),
    },
    defaults: { ...preset.defaults, ...defaults },
    macros: preset.macros as Record<string, string>,
    takesProvenClickId: (mapping.params['click_id'] ?? []).length === 0,
  };
}

function mergeNames(own: Record<string, string[]>, preset: Record<string, string[]>): Record<string, string[]> {
  const merged = { ...preset };
  for (const [param, names] of Object.entries(own)) merged[param] = [...names, ...(preset[param] ?? [])];
  return merged;
}
