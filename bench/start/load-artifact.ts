import { join } from 'node:path';
import { openRegistry, readModel } from '@hearth/artifact/store';

/** Prints the milliseconds that a new process needs to read the model in production. */
const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const folder = join(registry.folder, await registry.production());
const began = performance.now();
await readModel(folder);
console.log(performance.now() - began);
