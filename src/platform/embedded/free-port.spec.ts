import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort, PortTakenError, startOnFreePort } from './free-port.js';

describe('a free port', () => {
  it('is one that a server can listen on', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('startOnFreePort', () => {
  it('tries another port when one was taken meanwhile', async () => {
    const ports: number[] = [];
    const started = startOnFreePort(async (port) => {
      ports.push(port);
      if (ports.length < 3) throw new PortTakenError(['taken']);
      return 'started';
    });
    expect(await started).toBe('started');
    expect(new Set(ports).size).toBe(3);
  });

  it('gives up after five, and at once for another reason', async () => {
    let attempts = 0;
    const fail = (error: Error) => (): Promise<never> => {
      attempts++;
      return Promise.reject(error);
    };
    await expect(startOnFreePort(fail(new PortTakenError(['taken'])))).rejects.toThrow('taken');
    expect(attempts).toBe(5);
    await expect(startOnFreePort(fail(new Error('broken')))).rejects.toThrow('broken');
    expect(attempts).toBe(6);
  });
});
