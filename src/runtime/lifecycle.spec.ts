import { describe, expect, it } from 'vitest';
import { Lifecycle } from './lifecycle.js';

function observed(): { lifecycle: Lifecycle; ended: string[]; close: (name: string) => () => Promise<void> } {
  const ended: string[] = [];
  const lifecycle = new Lifecycle((error) => ended.push(`error: ${error.message}`));
  const close = (name: string) => async () => {
    await Promise.resolve();
    ended.push(name);
  };
  return { lifecycle, ended, close };
}

describe('a shutdown', () => {
  it('ends the stages in their order, whatever was started first, and waits for each part', async () => {
    const { lifecycle, ended, close } = observed();
    lifecycle.atShutdown('data folder', close('lock'));
    lifecycle.atShutdown('databases', close('mongod'));
    lifecycle.atShutdown('serving', close('server'));
    lifecycle.atShutdown('shipper', close('shipper'));
    lifecycle.atShutdown('databases', close('redis'));
    await lifecycle.end();
    expect(ended).toEqual(['server', 'shipper', 'redis', 'mongod', 'lock']);
  });

  it('continues after a part that fails', async () => {
    const { lifecycle, ended, close } = observed();
    lifecycle.atShutdown('serving', () => {
      throw new Error('no such server');
    });
    lifecycle.atShutdown('shipper', () => Promise.reject(new Error('no such shipper')));
    lifecycle.atShutdown('data folder', close('lock'));
    await lifecycle.end();
    expect(ended).toEqual(['error: no such server', 'error: no such shipper', 'lock']);
  });

  it('happens once', async () => {
    const { lifecycle, ended, close } = observed();
    lifecycle.atShutdown('serving', close('server'));
    expect(lifecycle.isEnding).toBe(false);
    const first = lifecycle.end();
    expect(lifecycle.isEnding).toBe(true);
    await Promise.all([first, lifecycle.end()]);
    expect(ended).toEqual(['server']);
  });

  it('also ends what is started meanwhile: in its stage, or at once when that is over', async () => {
    const { lifecycle, ended, close } = observed();
    lifecycle.atShutdown('shipper', () => {
      ended.push('shipper');
      lifecycle.atShutdown('serving', close('late server'));
      lifecycle.atShutdown('shipper', close('late shipper'));
      lifecycle.atShutdown('data folder', close('late lock'));
    });
    await lifecycle.end();
    expect(ended).toEqual(['shipper', 'late server', 'late shipper', 'late lock']);
  });
});
