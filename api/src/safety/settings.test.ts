import { expect, test } from 'vitest';
import { defaultSafety, readSafety } from './settings.ts';

test('where nothing is said a client may post 6000 times a minute, and a network that is not public as often as it likes', () => {
  const safety = {
    trustProxy: [],
    rateLimit: 6000,
    rateLimitExempt: ['loopback', 'linklocal', 'uniquelocal'],
  };
  expect(defaultSafety).toEqual({ ...safety, shedAfter: 0 });
  expect(readSafety({})).toEqual({ ...safety, shedAfter: 1000, apiKeysFile: undefined });
  expect(readSafety({ RATE_LIMIT: '', SHED_AFTER_MS: '', API_KEYS_FILE: '' })).toEqual(readSafety({}));
});

test('networks stand with commas between them, and nothing is none', () => {
  expect(readSafety({ TRUST_PROXY: ' loopback ,, 10.0.0.0/8,', RATE_LIMIT_EXEMPT: '' })).toMatchObject({
    trustProxy: ['loopback', '10.0.0.0/8'],
    rateLimitExempt: [],
  });
});

test('a count has up to nine digits', () => {
  expect(readSafety({ RATE_LIMIT: '0', SHED_AFTER_MS: '999999999' })).toMatchObject({
    rateLimit: 0,
    shedAfter: 999_999_999,
  });
});

test.each([
  [
    { TRUST_PROXY: 'loopback, everyone, nobody' },
    'TRUST_PROXY holds "everyone"; it takes networks such as 10.1.0.0/16, loopback, linklocal or uniquelocal, separated by commas',
  ],
  [{ RATE_LIMIT_EXEMPT: '10.0.0.0/33' }, 'RATE_LIMIT_EXEMPT holds "10.0.0.0/33"; it takes networks such'],
  [{ RATE_LIMIT: '1e3' }, 'RATE_LIMIT is "1e3"; it takes a whole number, 0 for none'],
  [{ RATE_LIMIT: '1234567890' }, 'RATE_LIMIT is "1234567890"; it takes a whole number, 0 for none'],
  [{ SHED_AFTER_MS: '-1' }, 'SHED_AFTER_MS is "-1"; it takes a whole number, 0 for none'],
])('%j is refused', (env, reason) => {
  expect(() => readSafety(env)).toThrow(reason);
});
