import type { IncomingMessage } from 'node:http';
import { locateNetwork, type NetworkTarget } from '../reading/network-target.js';

const targets = new WeakMap<IncomingMessage, NetworkTarget>();

/** Gives a request for a pixel the URL that its route has, whatever was done to it on the way; see `pixelTargetOf`. */
export function toUsualPixel(request: IncomingMessage, target: NetworkTarget): void {
  targets.set(request, target);
  request.url = `/pixel/${target.key}.gif?${target.query}`;
}

/** What the request was addressed to, as it was sent. */
export function pixelTargetOf(request: IncomingMessage): NetworkTarget | undefined {
  return targets.get(request) ?? locateNetwork(request.url ?? '');
}
