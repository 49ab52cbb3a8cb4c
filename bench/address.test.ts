import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { addressIn } from './address.ts';

test.each(['localhost', '127.0.0.1'])('the address of a server on %s is found in pieces', async (host) => {
  const printed = new PassThrough();
  const address = addressIn(printed);
  printed.write('loaded\nit listens at ht');
  await setImmediate();
  printed.write(`tp://${host}:43`);
  await setImmediate();
  printed.write('21\n');
  expect(await address).toBe('http://127.0.0.1:4321');
});

test('what a server prints after its address neither waits for a reader nor is kept', async () => {
  const printed = new PassThrough();
  const address = addressIn(printed);
  printed.write('http://localhost:4321\n');
  await address;
  for (let line = 0; line < 10; line++) printed.write('x'.repeat(100_000));
  await new Promise((resolve) => printed.end(resolve));
  expect(printed.readableLength).toBe(0);
});

test('a server that ends without an address is an error with what it said', async () => {
  const printed = new PassThrough();
  printed.end('no models');
  await expect(addressIn(printed)).rejects.toThrow('no models');
});
