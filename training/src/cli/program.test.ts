import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { asOrdinaryUser } from '@hearth/artifact/testing/ordinary-user';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from './program.ts';

let models: string;
let printed: string;
let complained: string;

beforeEach(async () => {
  models = join(await mkdtemp(join(tmpdir(), 'hearth-cli-')), 'models');
  vi.spyOn(console, 'log').mockImplementation((line) => {
    printed += `${line}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(join(models, '..'), { recursive: true });
});

/** Runs a command on the test's models. */
async function hearth(...args: string[]): Promise<number> {
  printed = '';
  complained = '';
  return run([...args, '--models', models]);
}

const seeded = (seed: number) => tinyArtifact((draft) => Object.assign(draft.engine, { seed }));

/** Publishes so many tiny models. @returns their versions, oldest first */
async function publishSeveral(count: number): Promise<string[]> {
  const registry = openRegistry(join(models, 'tiny'));
  const versions: string[] = [];
  for (let seed = 1; seed <= count; seed++) versions.push((await registry.publish(seeded(seed))).version);
  return versions;
}

test('an artifact is published under its own name, and the same one again adds nothing', async () => {
  const artifact = join(models, '../artifact');
  await writeArtifact(tinyArtifact(), artifact);
  expect(await hearth('publish', artifact)).toBe(0);
  expect(printed).toMatch(/^published 1-\w{7} in .*models\/tiny; written in .*journal\.jsonl\n$/);
  expect(await hearth('publish', artifact)).toBe(0);
  expect(printed).toContain('is the same model: nothing to add');
});

test('promoting and rolling back say what they did and where it is written down', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('promote', '1-')).toBe(0);
  expect(printed).toBe(
    `${first} is in production, before it nothing; written in ${models}/tiny/aliases.json and ${models}/tiny/journal.jsonl\ngate: nothing to compare it with; no invariant is broken\n`,
  );
  expect(await hearth('promote', 'latest', '--json')).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({ version: second, previous: first, accepted: true });
  expect(await hearth('promote', second)).toBe(0);
  expect(printed).toBe(`${second} is in production already; nothing was changed\n`);
  expect(await hearth('rollback', '--reason', 'it was late')).toBe(0);
  expect(printed).toContain(`${first} is in production again, ${second} is not`);
  expect(await readFile(join(models, 'tiny/journal.jsonl'), 'utf8')).toContain('"reason":"it was late"');
  expect(await hearth('rollback')).toBe(1);
  expect(complained).toBe(
    `hearth: no version that was in production before ${first} is left; choose one with: hearth promote VERSION\n`,
  );
});

/** Publishes a version whose chances are all off by `error`. */
async function publishOff(error: number): Promise<string> {
  const artifact = tinyArtifact((draft) => {
    if (draft.evaluation.kind !== 'chance') throw new Error('the tiny model answers with a chance');
    draft.evaluation.outOfFold = Array.from({ length: 100 }, (_, i) => ({
      row: `${i}`,
      target: i % 2,
      prediction: i % 2 ? 1 - error : error,
    }));
  });
  return (await openRegistry(join(models, 'tiny')).publish(artifact)).version;
}

test('the gate refuses a worse version in figures, and gives way to a reason', async () => {
  const champion = await publishOff(0.3);
  const worse = await publishOff(0.32);
  expect(await hearth('promote', champion)).toBe(0);
  expect(await hearth('promote', worse)).toBe(1);
  expect(printed).toContain(
    `${worse} is refused:\n  it loses 0.0124 (95 % interval 0.0124 to 0.0124, 100 rows) against ${champion}`,
  );
  expect(printed).toContain(`${champion} stays in production`);
  const journal = () => readFile(join(models, 'tiny/journal.jsonl'), 'utf8');
  expect((await journal()).trimEnd().split('\n').at(-1)).toContain('"action":"refuse"');
  expect(await hearth('promote', worse, '--force')).toBe(2);
  expect(complained).toContain('--force needs --reason');
  expect(await hearth('promote', worse, '--force', '--reason', 'the target was wrong')).toBe(0);
  expect(printed).toContain(`${worse} is in production, before it ${champion}`);
  expect(JSON.parse((await journal()).trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    action: 'promote',
    version: worse,
    reason: 'the target was wrong',
    decision: expect.stringContaining('forced against: it loses 0.0124'),
    evidence: { champion: { rows: 100, by: 'out-of-fold' } },
  });
});

test('the list marks what is in production', async () => {
  const [first, second] = await publishSeveral(2);
  await hearth('promote', first);
  expect(await hearth('list')).toBe(0);
  const lines = printed.trimEnd().split('\n');
  expect(lines[1]).toMatch(new RegExp(`^\\* +${first} .* in production$`));
  expect(lines[2]).toMatch(new RegExp(`^ +${second} `));
  await hearth('list', '--json');
  expect(JSON.parse(printed)).toMatchObject([{ version: first, production: true }, { version: second }]);
});

test('a version is shown with its data, engine, scores and files', async () => {
  const [first] = await publishSeveral(1);
  expect(await hearth('show', 'latest')).toBe(0);
  for (const part of [
    first,
    'tiny, 10 rows',
    'by hand 1',
    '0.5000 ± 0.0100',
    'forest.safetensors',
    'age, sex',
  ]) {
    expect(printed).toContain(part);
  }
  await hearth('show', 'latest', '--json');
  expect(JSON.parse(printed)).toMatchObject({ version: first, manifest: { name: 'tiny' } });
});

test('verifying names the check that a damaged version does not pass, and fails', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('verify')).toBe(0);
  await truncate(join(models, 'tiny', second, 'forest.safetensors'), 100);
  expect(await hearth('verify')).toBe(1);
  expect(printed).toContain(`${first}  whole\n${second}  size check: forest.safetensors has 100 bytes`);
  expect(await hearth('verify', first)).toBe(0);
  await writeFile(join(models, 'tiny/aliases.json'), '{"production": "7-0000000"}');
  expect(await hearth('verify', first, '--json')).toBe(1);
  expect(JSON.parse(printed).registry[0]).toBe('the alias production names 7-0000000, which does not exist');
});

test('two versions are compared by what differs', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('diff', first, second)).toBe(0);
  expect(printed).toBe(`      ${first}  ${second}\nseed  1          2\n`);
  await hearth('diff', first, first);
  expect(printed).toBe(`${first} and ${first} do not differ\n`);
  const { version } = await openRegistry(join(models, 'tiny')).publish(tinyArtifactWithInterval());
  await hearth('diff', first, version, '--json');
  expect(JSON.parse(printed).changes).toContainEqual({ what: 'interval', a: 'none', b: 'by hand' });
});

test('pruning says what it removed and why others stay', async () => {
  const [first, second, third] = await publishSeveral(3);
  await hearth('promote', first);
  expect(await hearth('prune', '--keep', '1')).toBe(0);
  expect(printed).toBe(
    `${first} stays: it is in production\nremoved ${second}; written in ${models}/tiny/journal.jsonl\n`,
  );
  expect(await hearth('verify', first, third)).toBe(0);
});

test('the rows of a file are answered by any version, with what stood in them', async () => {
  const [first] = await publishSeveral(1);
  const file = join(models, '../rows.csv');
  await writeFile(file, 'id,age,sex,disease\na,40,male,1\n"b,c",60,,0\n');
  expect(await hearth('predict', '--model-version', first, '--keep', 'id', file)).toBe(0);
  expect(printed).toBe('id,age,sex,disease,probability\na,40,male,1,0.5\n"b,c",60,,0,0.5\n');
  const { version } = await openRegistry(join(models, 'tiny')).publish(tinyArtifactWithInterval());
  const out = join(models, '../answers.csv');
  expect(await hearth('predict', '--model-version', version, '--keep', 'id', '--out', out, file)).toBe(0);
  expect(await readFile(out, 'utf8')).toMatch(
    /^id,age,sex,disease,probability,low,high\na,40,male,1,0\.5,0\.\d+,/,
  );
  expect(await hearth('predict', '--model-version', version, '--keep', 'id', '--out', out, file)).toBe(1);
  expect(complained).toContain('answers.csv: is there already');
});

test.each([
  ['age\nold\n', 'rows.csv, line 2, column "age": "old" is not a whole number'],
  ['age\n40\n101\n', 'rows.csv, line 3, column "age": "101" is above 100'],
  ['sex\nMale\n', 'rows.csv, line 2, column "sex": "Male" is none of female, male'],
  ['agee\n40\n', 'line 1: "agee" is not a column of the model; the model has age, sex, weight; to copy it'],
  ['age,probability\n40,1\n', 'line 1: there is a column "probability" already'],
])('a file that holds %j is not answered', async (content, reason) => {
  await publishSeveral(1);
  const file = join(models, '../rows.csv');
  await writeFile(file, content);
  expect(await hearth('predict', '--model-version', 'latest', file)).toBe(1);
  expect(complained).toContain(reason);
  expect(printed).toBe('');
});

test('of several models one is to be named', async () => {
  const [first] = await publishSeveral(1);
  await mkdir(join(models, 'other'));
  expect(await hearth('list')).toBe(1);
  expect(complained).toBe(
    `hearth: ${models} holds several models, other, tiny: choose one with --model NAME or the setting MODEL\n`,
  );
  expect(await hearth('list', '--model', 'tiny', '--json')).toBe(0);
  expect(JSON.parse(printed)).toMatchObject([{ version: first }]);
});

test('what people get wrong is said in one line', async () => {
  expect(await hearth('list')).toBe(1);
  expect(complained).toBe(`hearth: there is no folder ${models}\n`);
  await publishSeveral(1);
  await writeFile(join(models, 'tiny/aliases.json'), 'garbage');
  expect(await hearth('rollback')).toBe(1);
  expect(complained).toBe(
    `hearth: ${models}/tiny/aliases.json cannot be used: it is not JSON; replace it with: hearth promote VERSION\n`,
  );
  expect(await hearth('promote', '77')).toBe(1);
  expect(complained).toMatch(/^hearth: there is no version "77"; published are: 1-\w{7}\n$/);
  expect(await hearth('predict', '--model-version', '1', '/nowhere.csv')).toBe(1);
  expect(complained).toBe('hearth: /nowhere.csv: there is no such file\n');
  await rm(join(models, 'tiny/journal.jsonl'));
  await symlink('/nowhere/else', join(models, 'tiny/journal.jsonl'));
  expect(await hearth('promote', '1')).toBe(1);
  expect(complained).toMatch(/^hearth: .*there is no such file or folder\n$/);
});

test.each([
  ['is empty', (path: string) => writeFile(path, '')],
  ['is cut short', (path: string) => truncate(path, 12)],
  ['is a folder', (path: string) => rm(path).then(() => mkdir(path))],
])(
  'where aliases.json %s, the list says so, a promotion writes it anew, and what was there is kept',
  async (_name, damage) => {
    const [first, second] = await publishSeveral(2);
    for (const version of [first, second]) await hearth('promote', version);
    await damage(join(models, 'tiny/aliases.json'));
    expect(await hearth('list')).toBe(1);
    expect(printed).toContain(second);
    expect(complained).toMatch(
      /tiny\/aliases\.json cannot be used: .*; replace it with: hearth promote VERSION\n$/,
    );
    expect(await hearth('rollback')).toBe(1);
    expect(complained).toContain('replace it with: hearth promote VERSION');
    expect(await hearth('promote', second)).toBe(0);
    expect(printed).toContain(`${second} is in production as the journal says`);
    const [kept] = (await readdir(join(models, 'tiny'))).filter((name) =>
      name.startsWith('aliases.json.broken-'),
    );
    expect(complained).toContain(`aliases.json could not be used and is kept as ${kept}`);
    expect(await hearth('list')).toBe(0);
    expect(await hearth('rollback')).toBe(0);
    expect(printed).toContain(`${first} is in production again, ${second} is not`);
  },
);

test('where aliases.json is empty, the gate still compares with what was in production', async () => {
  const champion = await publishOff(0.3);
  const worse = await publishOff(0.32);
  await hearth('promote', champion);
  await writeFile(join(models, 'tiny/aliases.json'), '');
  expect(await hearth('promote', worse)).toBe(1);
  expect(printed).toContain(`against ${champion}`);
});

test('verifying goes on after a version that cannot be read', async () => {
  const [first, second] = await publishSeveral(2);
  await chmod(join(models, 'tiny', first, 'forest.safetensors'), 0);
  expect(await asOrdinaryUser(join(models, '..'), () => hearth('verify'))).toBe(1);
  expect(printed).toMatch(new RegExp(`${first}  .*forest\\.safetensors: permission denied`));
  expect(printed).toContain(`${second}  whole`);
});

/** Publishes and promotes the tiny model under another name. */
async function promoteNamed(name: string, ...options: string[]): Promise<number> {
  const { version } = await openRegistry(join(models, name)).publish(
    tinyArtifact((draft) => Object.assign(draft, { name })),
  );
  return hearth('promote', version, '--model', name, ...options);
}

const defaultModel = () => readFile(join(models, 'default.json'), 'utf8');

test('the first promotion makes its model the default, and another one does only where it is asked to', async () => {
  expect(await promoteNamed('second')).toBe(0);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
  expect(await promoteNamed('another')).toBe(0);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
  expect(await promoteNamed('another', '--default')).toBe(0);
  expect(printed).toContain('is in production already');
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'another' });
});

test('a promotion beside a model of before there were defaults makes that one the default', async () => {
  await promoteNamed('second');
  await rm(join(models, 'default.json'));
  await promoteNamed('another');
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
});

test('a default.json that cannot be used stays, and a promotion says what to do', async () => {
  await promoteNamed('second');
  await writeFile(join(models, 'default.json'), '{"mod');
  expect(await promoteNamed('another')).toBe(0);
  expect(complained).toBe(
    `hearth: the default model was not written down: ${models}/default.json cannot be used: it is not JSON; replace it with: hearth promote VERSION --model NAME --default\n`,
  );
  expect(await defaultModel()).toBe('{"mod');
  expect(await promoteNamed('another', '--default')).toBe(0);
  expect(complained).toMatch(/default\.json could not be used and is kept as default\.json\.broken-/);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'another' });
});

test('where the folder of the models cannot be written to, a promotion holds, and says that no default was written', async () => {
  const [first] = await publishSeveral(1);
  await chmod(models, 0o555);
  expect(await asOrdinaryUser(join(models, '..'), () => hearth('promote', first))).toBe(0);
  expect(printed).toContain(`${first} is in production`);
  expect(complained).toMatch(/^hearth: the default model was not written down: .*: permission denied\n$/);
  await chmod(models, 0o755);
});

test.each([['nonsense'], ['promote'], ['list', '--colour'], ['prune', '--keep', 'many'], []])(
  'a command that is not understood ends with 2: %j',
  async (...args) => {
    expect(await hearth(...args)).toBe(2);
  },
);

test.each(['promote', 'rollback', 'list', 'show', 'verify', 'diff', 'prune', 'predict', 'publish'])(
  '%s --help has an example and the exit codes',
  async (command) => {
    expect(await hearth(command, '--help')).toBe(0);
    expect(printed).toContain(`Example:\n  hearth ${command}`);
    expect(printed).toContain('Exit codes: 0 done, 1 refused or failed, 2 the command was not understood');
  },
);

test('an error that nobody expected is one line, and says how to see more', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {
    throw new RangeError('column 1 is odd\n    at somewhere (file.ts:1:2)');
  });
  await publishSeveral(1);
  expect(await hearth('list')).toBe(1);
  expect(complained).toBe(
    'hearth: unexpected: RangeError: column 1 is odd; this is a fault of hearth: HEARTH_TRACE=1 shows where\n',
  );
  vi.stubEnv('HEARTH_TRACE', '1');
  expect(await hearth('list')).toBe(1);
  expect(complained).toMatch(/^hearth: unexpected: .*\n.*\n? +at .*program\.test\.ts/s);
  vi.unstubAllEnvs();
});
