import { expect, test } from 'vitest';
import { leastModelBytes, modelBytes } from './model-bytes.ts';

test('without MODEL_BYTES, trees files of up to 512 MiB are read; it can say more', () => {
  expect(modelBytes({})).toBe(536_870_912);
  expect(modelBytes({ MODEL_BYTES: '' })).toBe(leastModelBytes);
  expect(modelBytes({ MODEL_BYTES: '536870912' })).toBe(leastModelBytes);
  expect(modelBytes({ MODEL_BYTES: '4294967296' })).toBe(4_294_967_296);
});

test.each(['1', '536870911', '1e9', '600 MB', '-1', '0x40000000', '99999999999999999999'])(
  'MODEL_BYTES=%s is refused with what it takes',
  (text) => {
    expect(() => modelBytes({ MODEL_BYTES: text })).toThrow(
      `MODEL_BYTES is "${text}"; it takes a whole number of bytes, at least 536870912`,
    );
  },
);
