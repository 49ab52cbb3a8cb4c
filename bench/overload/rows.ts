import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';

const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const { golden } = (await registry.load(await registry.production())).manifest;

/** A row of the committed model, as a body. */
export const oneRow = (): Buffer => Buffer.from(JSON.stringify(golden[0].row));

/** So many of its rows. */
export const batchOf = (rows: number): Buffer =>
  Buffer.from(JSON.stringify(Array.from({ length: rows }, (_, i) => golden[i % golden.length].row)));
