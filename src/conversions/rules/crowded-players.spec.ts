import { describe, expect, it } from 'vitest';
import { CrowdedPlayers } from './crowded-players.js';
import { MAX_CLICKS_OF_PLAYER } from './first-deposits.js';

const one = (clickId: string) => ({ networkId: 'net_1', playerId: 'P', eventType: 'deposit' as const, clickId });
const conversions = (clicks: number, each = 1) =>
  Array.from({ length: clicks * each }, (_, i) => one(`K${i % clicks}`));
const NODE = 'player:net_1:P';

describe('a name that a network sends for its players', () => {
  it.each([
    ['one player on 50 clicks', 50, 2, []],
    ['one player on as many clicks as one may have', MAX_CLICKS_OF_PLAYER, 1, []],
    ['many players, on more clicks', MAX_CLICKS_OF_PLAYER + 1, 1, [NODE]],
    ['one player with very many conversions on few clicks', 10, 50, []],
    ['many players, where so many conversions are on more than a few clicks', 100, 5, [NODE]],
  ] as const)('stands for %s', (_, clicks, each, expected) => {
    expect(new CrowdedPlayers().recordCrowds('wsp_1', conversions(clicks, each), 500)).toEqual(expected);
  });

  it('is read no more, in its workspace, once its clicks have had time for first deposits of their own', () => {
    const players = new CrowdedPlayers();
    players.recordCrowds('wsp_1', conversions(300), 500, 1_000);
    players.recordCrowds('wsp_1', conversions(300), 500, 2_500);
    expect([2_999, 3_000].map((now) => players.isSettled('wsp_1', NODE, now))).toEqual([false, true]);
    expect(players.isSettled('wsp_2', NODE, 9_000)).toBe(false);
  });
});
