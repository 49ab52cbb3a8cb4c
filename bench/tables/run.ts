import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import type { Manifest, ValueEvaluation } from '@hearth/artifact';
import { type Inferred, inferPackage, modelNameOf } from '@hearth/training';
import { freePort } from '../system.ts';
import { type Ended, hearth, type Serving, serveModel, tryTable } from './hearth.ts';
import { type PublicTable, wordsOf } from './tables.ts';

/** How a table went from `hearth try` to its page in production. */
export interface Run {
  table: PublicTable;
  inferred: Inferred;
  /** The warnings of training. */
  warnings: string[];
  /** The scores that `hearth try` prints, one line each. */
  scores: string[];
  /** Until `hearth try` serves, and until the published model serves. */
  secondsOfTry: number;
  seconds: number;
  /** How often intervals of the outcome, or prediction sets, held what they should; of the published model. */
  coverage: Coverage;
  /** What went wrong, one line each. */
  faults: string[];
}

type Coverage = NonNullable<ValueEvaluation['coverage']>;

/** Takes a table through try, publish, promote, API and page, in a folder with a registry of its own. */
export async function runTable(folder: string, table: PublicTable, file: string): Promise<Run> {
  const { source: rows, inferred } = await inferPackage(file, hintsOf(table));
  const model = modelNameOf(file);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const run: Run = {
    table,
    inferred,
    warnings: [],
    scores: [],
    secondsOfTry: 0,
    seconds: 0,
    coverage: [],
    faults: [],
  };
  const args = [isAddress(file) ? file : relative(folder, file), ...wordsOf(table)];
  run.faults.push(...(await refusalFaults(folder, table, args)));
  const port = await freePort();
  const tried = await tryTable(folder, [...args, '--port', String(port)]);
  run.secondsOfTry = seconds();
  const ended = await checked(tried, rows, 'try', run, false);
  run.warnings = ended.complained.split('\n').filter((line) => line.startsWith('warning: '));
  run.scores = scoresIn(ended.printed);
  if (run.faults.length > 0) return run;
  const models = 'models'; // relative, so that messages do not say where the bench runs
  for (const command of [
    ['publish', join('.hearth', 'try', model, 'artifact'), '--models', models],
    ['promote', 'latest', '--model', model, '--models', models],
    ['predict', args[0], '--model', model, '--models', models, '--out', `${model}.predictions.csv`],
  ]) {
    const { code, complained } = await hearth(folder, command);
    if (code !== 0) run.faults.push(`${command[0]} ends with ${code}: ${complained.trim().slice(0, 300)}`);
  }
  await checked(
    await serveModel(join(folder, models), model, await freePort()),
    rows,
    'the published model',
    run,
    true,
  );
  run.seconds = seconds();
  return run;
}

/** The lines before the sentence about them, after an empty line. */
const scoresIn = (printed: string): string[] =>
  printed.split('these scores are of')[0].split('\n\n').at(-1)?.trimEnd().split('\n') ?? [];

type RawRows = Awaited<ReturnType<typeof inferPackage>>['source'];

const isAddress = (file: string) => file.includes('://') || file.startsWith('sqlite:');

/** The options of a table as the command line gives them to training. */
function hintsOf({ target, options = {} }: PublicTable) {
  const { classes, 'leave-out': leaveOut, prior, ...sampling } = options;
  return {
    target,
    classes: classes !== undefined,
    leaveOut: leaveOut?.split(','),
    sampling: { ...sampling, ...(prior !== undefined && { prior: Number(prior) }) },
  };
}

/** What `hearth try` does not say about a table without the option that it needs. */
async function refusalFaults(folder: string, table: PublicTable, [file]: readonly string[]) {
  if (!table.refused) return [];
  const { without, says } = table.refused;
  const { code, complained } = await hearth(folder, ['try', file, ...wordsOf(table, without)]);
  return code === 1 && says.test(complained)
    ? []
    : [`without --${without}, try ends with ${code}: ${complained.trim().slice(0, 300)}`];
}

/** Checks page and API of a server, the page in a browser too if it is to be seen, and ends it. */
async function checked(
  server: Serving | Ended,
  table: RawRows,
  what: string,
  run: Run,
  isSeen: boolean,
): Promise<Ended> {
  const { faults } = run;
  if (!('url' in server)) {
    faults.push(`${what} ends with ${server.code}: ${server.complained.trim().slice(-500)}`);
    return server;
  }
  try {
    const manifest = (await (await fetch(`${server.url}/model`)).json()) as Manifest;
    run.coverage =
      (manifest.evaluation && 'coverage' in manifest.evaluation && manifest.evaluation.coverage) || [];
    const answer = await fetch(`${server.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(firstRow(table, manifest)),
    });
    if (!answer.ok) faults.push(`${what}: the API answers ${answer.status}: ${await answer.text()}`);
    const { status } = await fetch(server.url);
    if (status !== 200) faults.push(`${what}: the page is answered with ${status}`);
    if (isSeen) faults.push(...pageFaults(server.url, manifest).map((fault) => `${what}: ${fault}`));
  } catch (error) {
    faults.push(`${what}: ${error}`);
  }
  return server.stop();
}

/** The first row of a table as JSON for the API. */
function firstRow({ columns: all, rows, decimal }: RawRows, { columns }: Manifest): Record<string, unknown> {
  const entries = columns.flatMap(({ name, type, missingCodes = [] }): [string, unknown][] => {
    const cell = rows[0].cells[all.findIndex((column) => column.name === name)];
    if (cell === null || cell === '' || missingCodes.includes(String(cell))) return [];
    const text = String(cell).trim();
    if (type === 'number' || type === 'integer')
      return [[name, Number(decimal === ',' ? text.replace(',', '.') : text)]];
    return [[name, type === 'boolean' ? /^(true|1)$/i.test(text) : text]];
  });
  return Object.fromEntries(entries);
}

/** What a browser does not show on the page: each column of the form, and an answer. */
function pageFaults(url: string, { columns }: Manifest): string[] {
  const chromium = spawnSync(
    'chromium',
    ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=10000', '--dump-dom', url],
    { encoding: 'utf8', timeout: 120_000 },
  );
  if (chromium.error) return [`the page was not seen: ${chromium.error.message} (Debian: chromium)`];
  const dom = chromium.stdout;
  const unseen = columns.filter(({ name }) => !dom.includes(escaped(name))).map(({ name }) => name);
  return unseen.length === 0 ? [] : [`the page does not show ${unseen.slice(0, 10).join(', ')}`];
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
