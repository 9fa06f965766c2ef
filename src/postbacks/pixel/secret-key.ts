import type { Network } from '../../networks/network.schema.js';
import type { Refusal } from '../process/incoming-postback.js';

/**
 * The refusal of a page that uses a key of the postback URL. It is logged, so that the user sees it and can replay the
 * report: nothing is lost.
 */
export function secretKeyRefusal({ pixelKey }: Pick<Network, 'pixelKey'>): Refusal {
  const problem = 'A web page sent this with the key of the postback URL, which is secret and must not be in a page';
  const solution =
    pixelKey === null
      ? 'save the network once more to give it a pixelKey, put that into the page'
      : "put the network's pixelKey into the page";
  return {
    reason: 'secret_key',
    hint: `${problem}: ${solution}, rotate the secret key, and replay the refused requests.`,
  };
}
