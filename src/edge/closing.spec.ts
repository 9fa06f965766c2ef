import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get, sendRedirect, TestEdge } from '../../test/support/edge.js';
import { eventually } from '../../test/support/eventually.js';
import type { EdgeReply } from './edge-reply.js';

let test: TestEdge;
/** Answers that are due. */
let waiting: EdgeReply[];

beforeEach(async () => {
  waiting = [];
  const handle = (_request: unknown, reply: EdgeReply): boolean => {
    waiting.push(reply);
    return true;
  };
  test = await TestEdge.start({ handle }, { drainMs: 2_000 });
});
afterEach(() => test.close());

const asked = (count: number) =>
  eventually(
    () => waiting.length,
    (length) => length >= count,
  );
const answerOne = (): void => {
  const reply = waiting.shift();
  if (reply !== undefined) sendRedirect(reply, 'https://s.example/late');
};

describe('closing', () => {
  it('answers what is under way and what is still asked, as the last of each connection', async () => {
    const [busy, late, idle] = [await test.open(), await test.open(), await test.open()];
    await late.send(get('/x'));
    await asked(1);
    answerOne();
    await late.answer();
    await busy.send(get('/busy'));
    await asked(1);
    const closed = test.edge.close();
    await late.send(get('/late'));
    await asked(2);
    await idle.closed;
    answerOne();
    answerOne();
    for (const client of [busy, late]) {
      const { status, headers } = await client.answer();
      expect([status, headers['connection']]).toEqual([302, 'close']);
      await client.closed;
    }
    await closed;
  });

  it('waits only so long for what is never answered', async () => {
    const client = await test.open();
    await client.send(get('/stuck'));
    await asked(1);
    await test.edge.close();
    await client.closed;
  });
});
