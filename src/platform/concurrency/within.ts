/**
 * What `promise` gives, unless that takes longer.
 * @param ms time that it has. An answer that has arrived but was not read yet, because this process was busy, still counts.
 * @param late makes the error for when it takes longer.
 */
export async function within<T>(ms: number, promise: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    // Timers run before what has come in over the network is read: so once more around.
    timer = setTimeout(() => setImmediate(() => reject(late())), ms);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}
