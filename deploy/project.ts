import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Copies what Compose needs from the checkout to a new folder: tests promote there and do not change the checkout's models. */
export interface Project {
  folder: string;
  remove(): Promise<void>;
}

const parts = ['docker-compose.yml', 'deploy/gateway', 'models', 'data'];

export async function copyProject(): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-project-'));
  const checkout = path.join(import.meta.dirname, '..');
  for (const part of parts) {
    await cp(path.join(checkout, part), path.join(folder, part), {
      recursive: true,
      filter: (file) => !/\/certificates$|\/\.hearth/.test(file),
    });
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
