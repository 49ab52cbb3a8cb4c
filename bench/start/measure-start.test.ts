import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureStart } from './measure-start.ts';

const node = (...args: string[]) => ({
  name: 'tried',
  command: () => [process.execPath, '--experimental-strip-types', ...args],
  body: {},
});

test('a start is measured to the first prediction, and memory after it', async () => {
  const { seconds, cpu, memory } = await measureStart(node(join(import.meta.dirname, 'fastify.mjs')));
  expect(seconds).toBeGreaterThan(0.02);
  expect(cpu).toBeGreaterThan(0.02);
  expect(memory).toBeGreaterThan(20);
});

test('a server that ends by itself is not waited for', async () => {
  await expect(measureStart(node('--eval', 'process.exit(3)'))).rejects.toThrow('tried ended with 3');
});

test('a server that answers no prediction is not waited for', async () => {
  const refuse = `require('node:http').createServer((_, r) => r.writeHead(400).end('no')).listen(process.env.PORT)`;
  await expect(measureStart(node('--eval', refuse))).rejects.toThrow('instead of a prediction it answers no');
});
