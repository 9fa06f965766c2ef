import type { Network } from '../../networks/network.schema.js';
import { encodeBase62 } from '../../platform/ids/base62.js';
import type { SpooledPostback } from '../../postbacks/spool/spooled-postback.js';
import { DEMO_NETWORKS } from './demo-networks.js';
import type { DemoPostback } from './make-postbacks.js';
import { numberOf } from './seeded-random.js';

const TIME_DIGITS = 7;
const HALVES = [7, 6] as const;

/** A made-up request as the pipeline takes requests that arrived earlier. Its id is the same each time. */
export function toSpooled(
  { at, network: key, query }: DemoPostback,
  { number, network, text }: { number: number; network: Network; text: string },
): SpooledPostback {
  const { ip, userAgent } = DEMO_NETWORKS[key];
  const { _id: networkId, workspaceId } = network;
  return {
    postbackId: postbackIdOf(workspaceId, at, number),
    networkId,
    workspaceId,
    receivedAt: at,
    method: 'GET',
    query: query(text),
    body: '',
    contentType: '',
    headers: { 'user-agent': userAgent, accept: '*/*' },
    ip,
    origin: 'postback',
  };
}

/** Like `newId('pbk', at)`, but with a random part that the workspace and the number decide. */
function postbackIdOf(workspaceId: string, at: Date, number: number): string {
  const random = HALVES.map((width, i) => encodeBase62(numberOf(`${i}:${workspaceId}:${number}`, 62 ** width), width));
  return `pbk_${encodeBase62(at.getTime(), TIME_DIGITS)}${random.join('')}`;
}
