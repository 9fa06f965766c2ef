import type { IncomingMessage } from 'node:http';
import { isNetworkTarget, locateNetwork, type NetworkTarget } from '../rules/reading/network-target.js';

const targets = new WeakMap<IncomingMessage, NetworkTarget>();

/** Gives a request for a pixel's image the URL of its route, however the URL was mangled on the way; see `pixelTargetOf`. */
export function toUsualPixelUrl(request: IncomingMessage): void {
  const { url = '/' } = request;
  const target = isNetworkTarget(url) ? locateNetwork(url) : undefined;
  if (target?.kind !== 'pixel') return;
  targets.set(request, target);
  request.url = `/pixel/${target.key}.gif?${target.query}`;
}

/** The target of the request as it was sent. */
export function pixelTargetOf(request: IncomingMessage): NetworkTarget | undefined {
  return targets.get(request) ?? locateNetwork(request.url ?? '');
}
