import type { Schema } from '../api/client';
import { securityWords as words } from './security/security-words';

/** The restrictions of a member, in sentences; empty without any. */
export function restrictionsOf({
  hideMoney,
  linkLimits,
}: Pick<Schema<'MemberResponse'>, 'hideMoney' | 'linkLimits'>): string {
  const sentences = [
    hideMoney && words.moneyHidden,
    linkLimits !== null && words.onlyLinksOf([...linkLimits.tags, ...linkLimits.campaigns].join(', ')),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}
