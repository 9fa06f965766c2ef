/** Shows the operator the steps of the start and how long each took. */
export type Progress = <T>(step: string, work: () => Promise<T>, summary?: (result: T) => string) => Promise<T>;

/** Writes `• MongoDB: 6.0.5, ready (0.8 s)` lines to standard output. */
export const printProgress: Progress = async (step, work, summary) => {
  const begin = performance.now();
  const result = await work();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(`• ${step}: ${summary ? summary(result) : 'done'} (${seconds} s)\n`);
  return result;
};

export const silentProgress: Progress = (_step, work) => work();
