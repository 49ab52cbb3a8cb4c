import { expect, test } from 'vitest';
import { localConfiguration } from './gateway.ts';

test('a configuration without the lines that name the servers is refused', () => {
  expect(() => localConfiguration('bind :8080', { outside: 1, health: 2, api: [3] })).toThrow('has no line');
});
