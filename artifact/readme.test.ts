import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { describe, expect, test } from 'vitest';
import { filesOf, recorded } from './testing/format2/files.ts';
import { handMadeModels } from './testing/format2/models.ts';

const root = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const block = (language: string): string => {
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme);
  if (!found) throw new Error(`the README has no ${language} block`);
  return found[1];
};

const readers = {
  Python: {
    code: block('python'),
    run: ['python3', '-c'],
    ask: `folder, rows = json.load(open(0))
model, t = read(folder)
print(json.dumps([answer(model, t, row) for row in rows]))`,
  },
  R: {
    code: block('r'),
    run: ['Rscript', '-e'],
    ask: `input <- file("stdin")
asked <- jsonlite::fromJSON(readLines(input, warn = FALSE), simplifyVector = FALSE)
close(input)
model <- read(asked[[1]])
cat("[", paste(sprintf("%.17g", sapply(asked[[2]], function(row) answer(model, row))), collapse = ","), "]")`,
  },
};

/** Its answers to rows of the version in a folder. */
function answersOf({ code, run: [command, option], ask }: typeof readers.R, folder: string, rows: unknown) {
  const program = `${code}\n${ask}`;
  const input = JSON.stringify([folder, rows]);
  const { stdout, stderr } = spawnSync(command, [option, program], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as number[];
}

/** Hand-made models of one output, without sets, numbers of categories, parts of dates and numbers that are missing near zero. */
const plainModels = handMadeModels().flatMap((model, i) => {
  const { target, features } = model.manifest;
  const isOne = target.type !== 'classes' && target.quantiles === undefined;
  const isPlain = (features as object[]).every(
    (each) => !['in', 'numbers', 'part', 'nonzero'].some((member) => member in each),
  );
  return isOne && isPlain ? [{ ...model, answers: recorded[i].answers.map(([first]) => first) }] : [];
});

// with CI=true Python is not skipped: without it the test fails. R is tested where it is installed
describe.each(Object.entries(readers))('the %s code of the README', (name, reader) => {
  const { status } = spawnSync(reader.run[0], name === 'R' ? ['-e', 'library(jsonlite)'] : ['--version']);
  const tried = test.skipIf(status !== 0 && (name === 'R' || process.env.CI !== 'true'));

  test('has at most 25 lines', () => {
    expect(reader.code.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });

  tried('reads the model in production and gives its golden answers', async () => {
    const registry = openRegistry(path.join(root, 'models/heart'));
    const version = await registry.production();
    const { golden } = (await registry.load(version)).manifest;
    expect(golden.length).toBeGreaterThan(20);
    const rows = golden.map(({ row }) => row);
    const ours = answersOf(reader, path.join(registry.folder, version), rows);
    for (const [i, { answer }] of golden.entries()) expect(ours[i]).toBeCloseTo(answer, 12);
  });

  tried('reads models of format 2, with each link of one output and linear terms', async () => {
    expect(new Set(plainModels.map(({ manifest }) => manifest.answer.link))).toEqual(
      new Set(['identity', 'logit', 'log']),
    );
    const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
    for (const model of plainModels) {
      for (const [file, bytes] of Object.entries(filesOf({ ...model, rows: [] }, []).files))
        writeFileSync(path.join(folder, file), bytes);
      const ours = answersOf(reader, folder, model.rows);
      for (const [i, theirs] of model.answers.entries())
        expect(Math.abs(ours[i] - theirs)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(theirs)));
    }
    rmSync(folder, { recursive: true });
  });
});

test('every folder and file that the README links to exists', () => {
  for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
    expect(() => readFileSync(path.join(root, target))).not.toThrow();
  }
});
