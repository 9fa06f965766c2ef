import { describe, expect, it } from 'vitest';
import { EventLoopQueue } from './event-loop-queue.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('one a turn', () => {
  it('begins one piece of work a turn, in order', async () => {
    const done: number[] = [];
    const turns = new EventLoopQueue();
    for (const i of [1, 2, 3]) turns.add(() => done.push(i));
    expect(done).toEqual([]);
    for (const expected of [[1], [1, 2], [1, 2, 3]]) {
      await turn();
      expect(done).toEqual(expected);
    }
  });

  it('begins what is added by work, and what is added when all is done', async () => {
    const done: string[] = [];
    const turns = new EventLoopQueue();
    turns.add(() => {
      done.push('first');
      turns.add(() => done.push('added'));
    });
    for (let i = 0; i < 2; i++) await turn();
    turns.add(() => done.push('late'));
    await turn();
    expect(done).toEqual(['first', 'added', 'late']);
  });
});
