import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';

const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const { golden } = (await registry.load(await registry.production())).manifest;

/** A row for the committed model, as a body. */
export const oneRow = (): Buffer => Buffer.from(JSON.stringify(golden[0].row));

/** A batch of rows. */
export const batchOf = (rows: number): Buffer =>
  Buffer.from(JSON.stringify(Array.from({ length: rows }, (_, i) => golden[i % golden.length].row)));
