import { isId } from '../../platform/ids/ids.js';
import { unfilledHint } from './hints.js';
import type { Reader, SentParameter } from './reader.js';
import type { RejectReason } from './reading.js';
import { ALIASES } from './vocabulary.js';

export type ClickIdReading = { ok: true; value: string } | { ok: false; reason: RejectReason; hint: string };

/** What the first names in a hint are enough of. */
const NAMES_IN_HINT = 3;

/**
 * Finds the click id. Of several candidates the one that proves to be ours wins; one that does not, but is all there is, is
 * passed on, for it is not for the reading to say whether it is forged.
 * @param mayBeLink a link id may stand in its place.
 */
export function readClickId(
  reader: Reader,
  provesItself: (value: string) => boolean,
  mayBeLink: boolean,
): ClickIdReading {
  const mapped = reader.mapped('click_id');
  const byProof = mapped.length === 0 || reader.dialect.takesProvenClickId === true;
  const names = byProof ? [...mapped, ...ALIASES.click_id] : mapped;

  const genuine =
    reader.takeFrom('click_id', names, provesItself) ??
    (mayBeLink ? reader.takeFrom('click_id', names, (value) => isId('lnk', value)) : undefined);
  if (genuine) return { ok: true, value: genuine.value };

  const elsewhere = reader.findAny(provesItself);
  if (elsewhere) return misplaced(reader, names, elsewhere);

  const alike = reader.takeFrom('click_id', names, looksLikeClickId);
  if (alike) return { ok: true, value: alike.value };
  const [unfilled] = reader.unfilled(names);
  if (unfilled) return { ok: false, reason: 'unfilled_macro', hint: unfilledHint(reader, unfilled) };
  const sent = reader.takeFrom('click_id', names);
  if (sent) return { ok: true, value: sent.value };
  const expected = `${names.slice(0, NAMES_IN_HINT).join(', ')}${names.length > NAMES_IN_HINT ? ' …' : ''}`;
  return { ok: false, reason: 'missing_click_id', hint: `No click id came along. Expected it in: ${expected}.` };
}

/** One of ours came, but under a name that nobody takes for it. */
function misplaced(reader: Reader, names: readonly string[], { name }: SentParameter): ClickIdReading {
  const sent = reader.takeFrom('click_id', names);
  const reason = sent
    ? 'malformed_click_id'
    : reader.unfilled(names).length > 0
      ? 'unfilled_macro'
      : 'missing_click_id';
  return { ok: false, reason, hint: `The value in "${name}" is one of your click ids: map click_id to "${name}".` };
}

function looksLikeClickId(value: string): boolean {
  return /^[0-9A-Za-z]{20,32}$/.test(value);
}
