import { ApiKeyStrategy } from '../../../src/workspaces/api-keys/api-key.strategy.js';
import { type Restrictions, UNRESTRICTED } from '../../../src/workspaces/caller.js';
import type { TestApp } from '../test-app.js';

/** Gives API keys the restrictions of a member, whatever it is that gives them otherwise. */
export class RestrictedKeys {
  private readonly restrictions = new Map<string, Restrictions>();

  constructor(private readonly app: TestApp) {
    const strategy = app.app.get(ApiKeyStrategy, { strict: false });
    const validate = strategy.validate.bind(strategy);
    strategy.validate = async (request) => {
      const caller = await validate(request);
      const restrictions = this.restrictions.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
      return caller && restrictions ? { ...caller, restrictions } : caller;
    };
  }

  /** A key with all rights and these restrictions. @param owner the key that creates it. */
  async create(restrictions: Partial<Restrictions>, owner = this.app.apiKey): Promise<string> {
    const key = await this.app.createKey(['*'], owner);
    this.restrictions.set(key, { ...UNRESTRICTED, ...restrictions });
    return key;
  }
}
