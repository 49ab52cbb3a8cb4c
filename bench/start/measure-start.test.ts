import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureStart } from './measure-start.ts';

const node = (...args: string[]) => ({
  name: 'tried',
  command: () => [process.execPath, '--experimental-strip-types', ...args],
  body: {},
});

test('the time to the first prediction is measured, and the memory after it', async () => {
  const { seconds, cpu, memory } = await measureStart(node(join(import.meta.dirname, 'fastify.mjs')));
  expect(seconds).toBeGreaterThan(0.02);
  expect(cpu).toBeGreaterThan(0.02);
  expect(memory).toBeGreaterThan(20);
});

test('a server that ends is an error, without a wait', async () => {
  await expect(measureStart(node('--eval', 'process.exit(3)'))).rejects.toThrow('tried ended with 3');
});

test('a server that does not predict is an error, without a wait', async () => {
  const refuse = `require('node:http').createServer((_, r) => r.writeHead(400).end('no')).listen(process.env.PORT)`;
  await expect(measureStart(node('--eval', refuse))).rejects.toThrow('the answer is not a prediction: no');
});
