import { join } from 'node:path';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { methods } from './definition.ts';
import descriptor from './descriptor.json' with { type: 'json' };

test('descriptor.json is what the protos say', () => {
  const root = new protobuf.Root();
  root.loadSync(join(import.meta.dirname, 'extensions.proto'), { keepCase: true });
  expect(descriptor).toEqual(JSON.parse(JSON.stringify(root.toJSON())));
});

test('the extensions are methods of the service, and name no method of the protocol again', () => {
  const all = Object.values(methods());
  expect(all).toHaveLength(6 + 6);
  for (const { path } of all) expect(path).toMatch(/^\/inference\.GRPCInferenceService\/\w+$/);
});
