import { expect, test } from 'vitest';
import { failureOf } from './engines.ts';

test('an engine that takes too long failed by that, whatever it said last; another one by its last line', () => {
  const late = Object.assign(new Error('spawnSync node ETIMEDOUT'), {
    code: 'ETIMEDOUT',
    stderr: 'fold 2 of 5',
  });
  expect(failureOf(late)).toBe('it took more than 30 minutes');
  expect(failureOf(Object.assign(new Error('Command failed'), { stderr: 'at 1\nno memory\n' }))).toBe(
    'no memory',
  );
  expect(failureOf(new Error('Command failed: node\n'))).toBe('Command failed: node');
});
