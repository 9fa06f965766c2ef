import type { Schema } from '../api/client';
import { shortOf, stepName } from './seen-sentences';

export type SetupCheck = Schema<'SetupCheckResponse'>;

/** Where a check is looked at, or mended. */
export type CheckPlace =
  | { page: 'link'; id: string }
  | { page: 'network'; id: string }
  | { page: 'postback'; id: string }
  | { page: 'networks' };

export interface CheckLine {
  /** Names stand between backticks. */
  text: string;
  place: CheckPlace | undefined;
  /** The text of the link to the place. */
  act: string;
}

/** One thing to check, in a sentence, with the place to look at it. */
export function checkLine(check: SetupCheck): CheckLine {
  return { text: sentenceOf(check), ...placeOf(check) };
}

function sentenceOf({ key, reason, param, actualParam, step, hostname, url }: SetupCheck): string {
  const code = reason === undefined ? '' : `: \`${reason}\``;
  switch (key) {
    case 'link_paused':
      return 'The link is paused. Its clicks go elsewhere.';
    case 'link_not_started':
      return 'The link has a start in the future.';
    case 'link_expired':
      return 'The link is expired.';
    case 'domain_not_served':
      return `${hostname ?? 'The domain of the link'} does not lead to this server.`;
    case 'open_short_link':
      return `Open ${url === undefined ? 'the short link' : `\`${shortOf(url)}\``} in a browser that reaches this server.`;
    case 'add_network':
      return 'No network is connected.';
    case 'send_test':
      return 'No test was sent.';
    case 'test_step_failed':
      return `The last test stopped at ${stepName(step ?? 'a step')}${code}.`;
    case 'postback_rejected':
      return `A postback came and was rejected${code}.`;
    case 'postback_ignored':
      return `A postback came and was ignored${code}.`;
    case 'postback_not_configured':
      return 'The network has sent nothing. Is the URL entered in the postback of this campaign, not only of the account?';
    case 'link_without_network':
      return 'The newest link has no network. Its click id may go in another parameter.';
    case 'click_id_param_differs':
      return actualParam === undefined
        ? `The network expects the click id in \`${param}\`. The newest link sets none.`
        : `The network expects the click id in \`${param}\`. The newest link sets \`${actualParam}\`.`;
    case 'transaction_ids_missing':
      return 'The network sends no transaction id. Add its macro to the postback URL.';
    case 'transaction_ids_reused':
      return 'The network sends one transaction id for several clicks. Choose a macro that differs for each.';
    case 'second_conversion_needed':
      return 'One conversion came. A second one shows whether the ids differ.';
    case 'check_link':
      return 'The redirects of the newest link were not checked.';
    case 'link_check_failed':
      return `The last check found a problem${code}${param === undefined ? '' : `, with \`${param}\``}.`;
  }
}

function placeOf({ key, linkId, networkId, postbackId }: SetupCheck): Pick<CheckLine, 'place' | 'act'> {
  if (postbackId !== undefined) return { place: { page: 'postback', id: postbackId }, act: 'Take it apart' };
  if (key === 'add_network') return { place: { page: 'networks' }, act: 'All networks' };
  if (linkId !== undefined) return { place: { page: 'link', id: linkId }, act: 'Open the link' };
  if (networkId !== undefined) return { place: { page: 'network', id: networkId }, act: 'Open the network' };
  return { place: undefined, act: '' };
}
