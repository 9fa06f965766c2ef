import type { IncomingMessage } from 'node:http';
import { isNetworkTarget, locateNetwork, type NetworkTarget } from '../rules/reading/network-target.js';

const targets = new WeakMap<IncomingMessage, NetworkTarget>();

/** Gives a request for a pixel image with an altered URL the URL of its route. `pixelTargetOf` has the original. */
export function toUsualPixelUrl(request: IncomingMessage): void {
  const { url = '/' } = request;
  const target = isNetworkTarget(url) ? locateNetwork(url) : undefined;
  if (target?.kind !== 'pixel') return;
  targets.set(request, target);
  request.url = `/pixel/${target.key}.gif?${target.query}`;
}

/** The target of the request as sent. */
export function pixelTargetOf(request: IncomingMessage): NetworkTarget | undefined {
  return targets.get(request) ?? locateNetwork(request.url ?? '');
}
