import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What Compose needs of a checkout, in a folder of its own: tests promote there, and leave the checkout's models alone. */
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
