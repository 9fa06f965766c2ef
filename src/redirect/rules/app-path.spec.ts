import { expect, it } from 'vitest';
import { isAppSlug } from './app-path.js';

it.each(['app', 'app/sign-in', 'app/a/b', 'app/'])('%s is under /app', (slug) => expect(isAppSlug(slug)).toBe(true));

it.each(['', 'ap', 'apps', 'app-store', 'App', 'my/app', 'app.js'])('%s is not', (slug) =>
  expect(isAppSlug(slug)).toBe(false),
);
