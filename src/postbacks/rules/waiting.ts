/** How long a request that could not count is tried again by itself, and a chargeback takes back what comes after it. */
export const WAITING_MS = 7 * 86_400_000;

export function waitsUntil(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + WAITING_MS);
}
