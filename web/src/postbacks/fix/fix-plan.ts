import { wordOf } from '../list/postback-row';
import type { NetworkMapping, PostbackNetwork, PostbackDetail } from '../postback-types';
import { fixWords as words } from './fix-words';

/** A parameter that the suggestion reads, and the names that were read before. */
export interface ParameterFix {
  /** In words, such as "the click id". */
  meaning: string;
  name: string;
  before: readonly string[];
  after: readonly string[];
}

/** How the mapping of a network has to change so that a request can be read. */
export type FixPlan =
  | { kind: 'parameters'; fixes: readonly ParameterFix[]; mapping: NetworkMapping }
  | { kind: 'word'; field: 'events' | 'statuses'; word: string };

type Facts = Pick<PostbackDetail, 'reason' | 'parameters' | 'suggestion' | 'verdict'>;

export function planOf(postback: Facts, network: Pick<PostbackNetwork, 'mapping'>): FixPlan | undefined {
  const { reason, parameters, suggestion, verdict } = postback;
  const word = wordOf(reason, parameters);
  if (word !== undefined && word !== '') {
    return { kind: 'word', field: reason === 'unmapped_event' ? 'events' : 'statuses', word };
  }
  if (suggestion === null || verdict !== 'rejected') return undefined;
  const fixes = fixesOf(suggestion.mapping, network.mapping, parameters);
  return fixes.length === 0 ? undefined : { kind: 'parameters', fixes, mapping: suggestion.mapping };
}

function fixesOf(suggested: NetworkMapping, current: NetworkMapping, parameters: Facts['parameters']): ParameterFix[] {
  return Object.entries(suggested.params).flatMap(([canonical, names]) => {
    const own = current.params[canonical] ?? [];
    const [name] = names;
    if (name === undefined || own.join('\n') === names.join('\n')) return [];
    // Without names of its own the network is read with the commonly known ones: the one that came stands for them.
    const read = parameters.filter(({ as }) => as === canonical).map((parameter) => parameter.name);
    const before = own.length > 0 ? own : [...new Set(read)];
    const after = own.length > 0 ? names : [...new Set([...names, ...read])];
    return [{ meaning: words.parameters[canonical] ?? canonical, name, before, after }];
  });
}

/** The mapping with a meaning for a word. */
export function withMeaning(
  mapping: NetworkMapping,
  { field, word }: Extract<FixPlan, { kind: 'word' }>,
  meaning: string,
): NetworkMapping {
  return { ...mapping, [field]: { ...mapping[field], [word]: meaning } };
}

/** The plan in one line, with names in backticks. */
export function titleOf(plan: FixPlan): string {
  if (plan.kind === 'word') return words.takeWord(plan.field, plan.word);
  const [first, ...others] = plan.fixes.map(({ name, meaning }) => words.take(name, meaning));
  return [first, ...others.map((title) => title.replace(/^T/, 't'))].join(words.and);
}

/** The names that the plan maps, for its button. */
export function namesOf(plan: FixPlan): string {
  return plan.kind === 'word' ? plan.word : plan.fixes.map(({ name }) => name).join(words.and);
}
