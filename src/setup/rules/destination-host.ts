/** The host of a destination template; `null` when it has none, or when a macro is part of it. */
export function destinationHostOf(template: string): string | null {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(template)?.[1];
  return host === undefined || host.includes('{') ? null : host.toLowerCase();
}
