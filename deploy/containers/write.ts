import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArguments } from './arguments.ts';

/** Writes the .args files after a change of docker-compose.yml: node deploy/containers/write.ts */
const composeFile = readFileSync(join(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
for (const service of ['gateway', 'web', 'api'])
  writeFileSync(join(import.meta.dirname, `${service}.args`), createArguments(composeFile, service));
