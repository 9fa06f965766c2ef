import type { Network } from '../../networks/network.schema.js';
import type { Postback } from '../postback.schema.js';
import { answerTo } from '../receive/postback-answer.js';

/** The answer that a network got, as far as the log tells it. */
export interface DerivedAnswer {
  status: number | null;
  body: string | null;
  note: string;
}

const DERIVED =
  'Derived from the verdict and the current answer settings of the network: the log does not keep the answer.';

/** Derives the answer to a logged request; nothing is invented where the log does not tell it. */
export function derivedAnswer(network: Pick<Network, 'answer'> | undefined, postback: Postback): DerivedAnswer {
  const { _id: postbackId, method } = postback;
  // Entries of earlier releases do not have these fields.
  const { origin, attempts = [] } = postback as Partial<Postback>;
  if (network === undefined) return unknown('Its network was deleted, and with it the settings of its answers.');
  if (origin === 'pixel') return unknown('The log does not keep the answers to web pages.');
  if (attempts.length > 0) return unknown('It was run again since, and the log keeps only the latest result.');
  if (method === 'HEAD' || method === 'OPTIONS') return { status: 200, body: null, note: DERIVED };
  const { status, body } = answerTo(network, { ...postback, postbackId });
  return { status, body: typeof body === 'string' ? body : JSON.stringify(body), note: DERIVED };
}

function unknown(note: string): DerivedAnswer {
  return { status: null, body: null, note };
}
