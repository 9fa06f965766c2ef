const CHECK_EVERY_MS = 50;

/**
 * What `promise` gives, unless that takes longer.
 * @param ms time that it has. An answer that has arrived but was not read yet, because this process was busy, still counts.
 * @param late makes the error for when it takes longer.
 * @param isHopeful asked every 50 ms; its no is the end of the waiting.
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
        // Timers run before what has come in over the network is read: so once more around.
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
