import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { readPackage } from '../src/data/package.ts';
import { readTable, type Table } from '../src/data/table.ts';

export const root = join(import.meta.dirname, '../..');

/** The committed table of 303 patients. */
export const heartTable = async (): Promise<Table> =>
  readTable(await readPackage(join(root, 'data/heart/datapackage.json')));

/** For each test, a copy of the committed data package that it may change. @returns its folder */
export function useHeartCopy(): () => string {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-data-'));
    await cp(join(root, 'data/heart'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  return () => folder;
}
