import type { Schema } from '../../api/client';
import { isSameName, type Mapping, ownMeaningOf } from '../mapping/mapping-edits';
import { mappingWords } from '../mapping/mapping-words';

export type ReadParameter = Schema<'PostbackParameterResponse'>;
type Preview = Pick<Schema<'PreviewPostbackResponse'>, 'clickId' | 'event' | 'reason'>;

/** The meaning of a canonical name in words. */
export function canonicalWord(canonical: string | null): string {
  return canonical === null ? mappingWords.ignored : (mappingWords.canonical[canonical] ?? canonical);
}

/** Why a parameter is read as it is. Empty for an ignored one. */
export function reasonOf(
  { name, value, state, as, kind }: ReadParameter,
  { clickId, event, reason }: Preview,
  mapping: Mapping,
  presetParams: Readonly<Record<string, readonly string[]>>,
): string {
  const words = mappingWords.because_;
  if (state === 'unfilled') return words.unfilled;
  if (state === 'no_value') return words.noValue;
  if (state === 'empty') return words.empty;
  if (kind === 'unmappedClickId') return words.unreadClickId;
  if (kind === 'secret') return words.secret;
  if (state === 'ignored' || as === null) return '';
  const isUnmapped =
    (as === 'event' && reason === 'unmapped_event') || (as === 'status' && reason === 'unmapped_status');
  if (isUnmapped) return words.newWord(value);
  const amount = event?.payout?.amount;
  if (as === 'payout' && amount !== undefined && amount !== value) return words.readAs(amount);
  if (as === 'click_id' && clickId === value) return words.proves;
  if (ownMeaningOf(mapping, name) === as) return words.ownMapping;
  if ((presetParams[as] ?? []).some((one) => isSameName(one, name))) return words.preset;
  return isSameName(name, as) ? words.sameName : words.usual;
}
