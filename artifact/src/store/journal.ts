import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { appendLine } from './atomic.ts';
import { registryError } from './errors.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

const JournalEntry = v.variant('action', [
  v.object({ time, action: v.literal('publish'), version: v.string(), sha256: v.string() }),
  v.object({ time, action: v.literal('promote'), version: v.string(), previous: v.nullable(v.string()) }),
]);
/** One line of journal.jsonl. */
export type JournalEntry = v.InferOutput<typeof JournalEntry>;

const journalPath = (folder: string): string => join(folder, 'journal.jsonl');

/** Everything that happened to the versions of a model, oldest first. */
export async function readJournal(folder: string): Promise<JournalEntry[]> {
  const path = journalPath(folder);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => parseEntry(line, path, i + 1));
}

function parseEntry(line: string, path: string, number: number): JournalEntry {
  try {
    return v.parse(JournalEntry, JSON.parse(line));
  } catch (cause) {
    throw Object.assign(registryError('BAD_JOURNAL', path, number), { cause });
  }
}

/** Appends to the journal. */
export const writeJournal = (folder: string, entry: JournalEntry): Promise<void> =>
  appendLine(journalPath(folder), JSON.stringify(entry));
