const CHECK_EVERY_MS = 50;

/**
 * The result of `promise`, or an error after `ms`.
 * @param ms the time limit. A result that has arrived but was not read yet, because this process was busy, still counts.
 * @param late creates the error.
 * @param isHopeful called every 50 ms; false ends the waiting.
 */
export async function withTimeout<T>(
  ms: number,
  promise: Promise<T>,
  late: () => Error,
  isHopeful?: () => boolean,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    const wait = (left: number): void => {
      const step = isHopeful === undefined ? left : Math.min(left, CHECK_EVERY_MS);
      timer = setTimeout(() => {
        // Timers run before network input is read, so wait for one more turn.
        turn = setImmediate(() => {
          if (step === left || isHopeful?.() === false) reject(late());
          else wait(left - step);
        });
      }, step);
    };
    wait(ms);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
    clearImmediate(turn);
  }
}
