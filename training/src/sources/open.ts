import { stat } from 'node:fs/promises';
import { headerFaults } from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import { isAddress } from './address.ts';
import { openBytes } from './bytes.ts';
import { openFile } from './formats.ts';
import { openParts } from './parts.ts';
import type { Source, SourceOptions, SourceTable } from './source.ts';

/**
 * Opens a table of any format.
 * @param where a file, a folder of parts, `-` for standard input, `sqlite:FILE?table=NAME` or `postgres://…?table=NAME`
 * @throws InputError naming the file and what is wrong with it
 */
export async function openSource(where: string, options: SourceOptions = {}): Promise<Source> {
  const source = await openAny(where, options);
  const [wrong] = headerFaults(source.columns.map(({ name }) => name));
  if (!wrong) return source;
  await source.close();
  throw inputError('BAD_SOURCE', source.path, `the column "${wrong.name}" ${wrong.fault}`);
}

async function openAny(where: string, options: SourceOptions): Promise<Source> {
  if (isAddress(where)) {
    const [address, asked] = splitAddress(where, options);
    return address.startsWith('sqlite:')
      ? openAny(address.slice('sqlite:'.length), { ...asked, format: 'sqlite' })
      : (await import('./postgres.ts')).openPostgres(address, asked);
  }
  const isFolder = where !== '-' && (await stat(where).catch(() => undefined))?.isDirectory();
  if (isFolder) return openParts(where, (path) => openAny(path, options));
  const bytes = await openBytes(where, options.compression === 'gz');
  try {
    return await openFile(bytes, options);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** Takes table and query out of an address. */
function splitAddress(where: string, options: SourceOptions): [string, SourceOptions] {
  const [address, ...search] = where.split('?');
  const parameters = new URLSearchParams(search.join('?'));
  const asked = {
    ...options,
    table: options.table ?? parameters.get('table') ?? undefined,
    query: options.query ?? parameters.get('query') ?? undefined,
  };
  parameters.delete('table');
  parameters.delete('query');
  return [parameters.size > 0 ? `${address}?${parameters}` : address, asked];
}

/** Reads a whole table into memory. */
export async function readSource(where: string, options: SourceOptions = {}): Promise<SourceTable> {
  const source = await openSource(where, options);
  try {
    const rows = [];
    for await (const batch of source.batches()) for (const row of batch) rows.push(row);
    const { path, unit, columns, delimiter, decimal, notes } = source;
    if (rows.length === 0) throw inputError('BAD_SOURCE', path, 'has no rows');
    // rows that were read before a column was found
    for (const { cells } of rows) while (cells.length < columns.length) cells.push(null);
    return { path, unit, columns, delimiter, decimal, notes, rows, sha256: source.sha256() };
  } finally {
    await source.close();
  }
}
