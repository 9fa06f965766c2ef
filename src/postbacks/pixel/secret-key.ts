import type { Network } from '../../networks/network.schema.js';
import type { Refusal } from '../process/incoming-postback.js';

/**
 * How a page is refused that was given a key of the postback URL. It is logged, so that its owner learns of it, and can be run
 * again from there: nothing that a page told is lost.
 */
export function secretKeyRefusal({ pixelKey }: Pick<Network, 'pixelKey'>): Refusal {
  const what = 'A page told of it with the key of the postback URL, which is secret and belongs in no page';
  const cure =
    pixelKey === null
      ? 'save the network once more to give it a pixel key, put that into the page'
      : "put the network's pixelKey into the page";
  return { reason: 'secret_key', hint: `${what}: ${cure}, rotate the secret key, and replay what was refused.` };
}
