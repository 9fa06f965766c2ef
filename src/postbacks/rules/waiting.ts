/** How long a rejected request waits for reprocessing, and how long a chargeback takes back later money. */
export const WAITING_MS = 7 * 86_400_000;

export function waitsUntil(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + WAITING_MS);
}
