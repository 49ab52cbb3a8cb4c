import { join } from 'node:path';
import { openRegistry, readModel } from '@hearth/artifact/store';

/** Prints the milliseconds that reading the model in production takes a process that has done nothing else. */
const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const folder = join(registry.folder, await registry.production());
const began = performance.now();
await readModel(folder);
console.log(performance.now() - began);
