import { describe, expect, it } from 'vitest';
import { SharedWork } from './shared-work.js';

/** Work that ends when it is told to, or rejects when it is abandoned. */
class ControlledWork {
  begun = 0;
  abandoned = 0;
  private end: ((value: string) => void) | undefined;

  readonly run = (signal: AbortSignal): Promise<string> => {
    this.begun++;
    return new Promise((resolve, reject) => {
      this.end = resolve;
      signal.addEventListener('abort', () => {
        this.abandoned++;
        reject(new Error('abandoned'));
      });
    });
  };

  finish(value: string): void {
    this.end?.(value);
  }
}

const interested = (): AbortSignal => new AbortController().signal;

describe('SharedWork', () => {
  it('is done once for callers with the same key', async () => {
    const shared = new SharedWork<string>();
    const work = new ControlledWork();
    const results = [shared.run('a', interested(), work.run), shared.run('a', interested(), work.run)];
    work.finish('done');
    expect(await Promise.all(results)).toEqual(['done', 'done']);
    expect(work.begun).toBe(1);
  });

  it('is done for each key, and again when it has ended', async () => {
    const shared = new SharedWork<string>();
    const work = new ControlledWork();
    for (const key of ['a', 'b', 'a']) {
      const result = shared.run(key, interested(), work.run);
      work.finish(key);
      expect(await result).toBe(key);
    }
    expect(work.begun).toBe(3);
  });

  it('goes on while one caller is interested', async () => {
    const shared = new SharedWork<string>();
    const work = new ControlledWork();
    const leaving = new AbortController();
    const results = [shared.run('a', leaving.signal, work.run), shared.run('a', interested(), work.run)];
    leaving.abort();
    expect(work.abandoned).toBe(0);
    work.finish('done');
    expect(await Promise.all(results)).toEqual(['done', 'done']);
  });

  it('is abandoned with its last caller, and begun anew for the next one', async () => {
    const shared = new SharedWork<string>();
    const work = new ControlledWork();
    const leaving = [new AbortController(), new AbortController()];
    const results = leaving.map(({ signal }) => shared.run('a', signal, work.run));
    for (const one of leaving) one.abort();
    expect(work.abandoned).toBe(1);
    const next = shared.run('a', interested(), work.run);
    expect((await Promise.allSettled(results)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    work.finish('done');
    expect(await next).toBe('done');
    expect(work.begun).toBe(2);
  });

  it('is not begun for a caller that has lost interest before', async () => {
    const work = new ControlledWork();
    await expect(new SharedWork<string>().run('a', AbortSignal.abort(), work.run)).rejects.toThrow();
    expect(work.begun).toBe(0);
  });
});
