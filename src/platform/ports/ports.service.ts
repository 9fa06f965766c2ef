import { Injectable } from '@nestjs/common';
import { StartupError } from '../startup/startup-error.js';
import type { Port, PortList } from './port.js';

/** A port, and the providers that it must have before the application starts. */
export type PortProviders =
  | { port: Port<unknown>; /** The class that provides it. */ provider: string }
  | { port: PortList<unknown>; /** The names of all its providers. */ providers: readonly string[] };

/**
 * Connects the ports of one application with their providers. Providers register in their constructors; `check` runs before the first
 * request. A call through a port without a provider throws: no check is skipped.
 */
@Injectable()
export class Ports {
  private readonly providers = new Map<Port<unknown> | PortList<unknown>, Map<string, unknown>>();

  /** @throws Error when the port has a provider already. */
  provide<T>(port: Port<T>, provider: NoInfer<T>): void {
    this.register(port, PROVIDER_OF_ONE, provider);
  }

  /** @param name of the provider in the list. @throws Error when the list has that name already. */
  add<T>(list: PortList<T>, name: string, provider: NoInfer<T>): void {
    this.register(list, name, provider);
  }

  /** @throws Error when the port has no provider. */
  get<T>(port: Port<T>): T {
    const providers = this.providers.get(port);
    if (providers === undefined) throw new Error(`the port "${port.name}" has no provider`);
    return providers.get(PROVIDER_OF_ONE) as T;
  }

  /** In the order in which they were added. @throws Error when there are none. */
  list<T>(list: PortList<T>): T[] {
    const providers = this.providers.get(list);
    if (providers === undefined) throw new Error(`the port "${list.name}" has no providers`);
    return [...providers.values()] as T[];
  }

  /** Compares what was provided with the list of all ports. @throws StartupError naming every difference. */
  check(expected: readonly PortProviders[]): void {
    const listed = new Set(expected.map(({ port }) => port));
    const unlisted = [...this.providers.keys()].filter((port) => !listed.has(port));
    const problems = [
      ...expected.flatMap((one) => this.problemsOf(one)),
      ...unlisted.map(({ name }) => `the port "${name}" has a provider and is not listed`),
    ];
    if (problems.length > 0) throw new StartupError(problems);
  }

  private problemsOf(expected: PortProviders): string[] {
    const { name } = expected.port;
    const found = this.providers.get(expected.port) ?? new Map<string, unknown>();
    if (!('providers' in expected))
      return found.size === 1 ? [] : [`the port "${name}" lacks its provider ${expected.provider}`];
    const missing = expected.providers.filter((provider) => !found.has(provider));
    const extra = [...found.keys()].filter((provider) => !expected.providers.includes(provider));
    return [
      ...missing.map((provider) => `the port "${name}" lacks its provider "${provider}"`),
      ...extra.map((provider) => `the port "${name}" has the provider "${provider}", which is not listed`),
    ];
  }

  private register(port: Port<unknown> | PortList<unknown>, name: string, provider: unknown): void {
    const providers = this.providers.get(port) ?? new Map<string, unknown>();
    if (providers.has(name)) throw new Error(`the port "${port.name}" has its provider already`);
    this.providers.set(port, providers.set(name, provider));
  }
}

const PROVIDER_OF_ONE = '';
