import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { asOrdinaryUser } from '@hearth/artifact/testing/ordinary-user';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands, run } from './program.ts';

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

/** Publishes `count` tiny models. @returns their versions, oldest first */
async function publishSeveral(count: number): Promise<string[]> {
  const registry = openRegistry(join(models, 'tiny'));
  const versions: string[] = [];
  for (let seed = 1; seed <= count; seed++) versions.push((await registry.publish(seeded(seed))).version);
  return versions;
}

test('versions of different rows are not compared without a table, and the message names the options that give one', async () => {
  await hearth('promote', await publishOff(0.3));
  const [other] = await publishSeveral(1);
  expect(await hearth('promote', other)).toBe(1);
  expect(complained).toMatch(
    /is not the data of 2-\w{7}: name its data package with --data, or with --on a table that neither was trained on\n$/,
  );
});

test('an artifact is published under the name of its model; publishing it again adds nothing', async () => {
  const artifact = join(models, '../artifact');
  await writeArtifact(tinyArtifact(), artifact);
  expect(await hearth('publish', artifact)).toBe(0);
  expect(printed).toMatch(
    /^published (1-\w{7}) in .*models\/tiny; written in .*journal\.jsonl\nnext: hearth promote \1 --models \S+\n$/,
  );
  expect(await hearth('publish', artifact)).toBe(0);
  expect(printed).toContain('is the same model; nothing was added');
});

test('promote and rollback print what they changed and where it is written', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('promote', '1-')).toBe(0);
  expect(printed).toBe(
    `${first} is in production; written in ${models}/tiny/aliases.json and ${models}/tiny/journal.jsonl\ngate: no version to compare with; all invariants hold\n`,
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

/** Publishes a version whose probabilities are all wrong by `error`. */
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

test('the gate refuses a worse version with figures; --force with a reason promotes it', async () => {
  const champion = await publishOff(0.3);
  const worse = await publishOff(0.32);
  expect(await hearth('promote', champion)).toBe(0);
  expect(await hearth('promote', worse)).toBe(3);
  expect(printed).toContain(
    `${worse} is refused:\n  it is significantly worse than ${champion}: its mean squared error is 0.0124 higher (95 % interval +0.0124 to +0.0124, 100 rows)`,
  );
  expect(printed).toContain(`${champion} stays in production`);
  const journal = () => readFile(join(models, 'tiny/journal.jsonl'), 'utf8');
  expect((await journal()).trimEnd().split('\n').at(-1)).toContain('"action":"refuse"');
  expect(await hearth('promote', worse, '--force')).toBe(2);
  expect(complained).toContain('--force needs --reason');
  expect(await hearth('promote', worse, '--force', '--reason', 'the target was wrong')).toBe(0);
  expect(printed).toContain(`${worse} is in production, ${champion} is not`);
  expect(JSON.parse((await journal()).trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    action: 'promote',
    version: worse,
    reason: 'the target was wrong',
    decision: expect.stringContaining(`forced although it is significantly worse than ${champion}`),
    evidence: { champion: { rows: 100, by: 'out-of-fold' } },
  });
});

test('list marks the version in production', async () => {
  const [first, second] = await publishSeveral(2);
  await hearth('promote', first);
  expect(await hearth('list')).toBe(0);
  const lines = printed.trimEnd().split('\n');
  expect(lines[1]).toMatch(new RegExp(`^\\* +${first} .* in production$`));
  expect(lines[2]).toMatch(new RegExp(`^ +${second} `));
  await hearth('list', '--json');
  expect(JSON.parse(printed)).toMatchObject([{ version: first, production: true }, { version: second }]);
});

test('show prints data, engine, scores and files of a version', async () => {
  const [first] = await publishSeveral(1);
  expect(await hearth('show', 'latest')).toBe(0);
  for (const part of [first, 'tiny, 10 rows', 'by hand 1', '0.5000', 'forest.safetensors', 'age, sex']) {
    expect(printed).toContain(part);
  }
  await hearth('show', 'latest', '--json');
  expect(JSON.parse(printed)).toMatchObject({ version: first, manifest: { name: 'tiny' } });
});

test('verify names the check that a damaged version fails, and ends with 3', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('verify')).toBe(0);
  await truncate(join(models, 'tiny', second, 'forest.safetensors'), 100);
  expect(await hearth('verify')).toBe(3);
  expect(printed).toContain(
    `${first}  passes every check\n${second}  size check: forest.safetensors has 100 bytes`,
  );
  expect(await hearth('verify', first)).toBe(0);
  await writeFile(join(models, 'tiny/aliases.json'), '{"production": "7-0000000"}');
  expect(await hearth('verify', first, '--json')).toBe(3);
  expect(JSON.parse(printed).registry[0]).toBe('the alias production names 7-0000000, which does not exist');
});

test('diff prints only what differs', async () => {
  const [first, second] = await publishSeveral(2);
  expect(await hearth('diff', first, second)).toBe(0);
  expect(printed).toBe(`      ${first}  ${second}\nseed  1          2\n`);
  await hearth('diff', first, first);
  expect(printed).toBe(`${first} and ${first} do not differ\n`);
  const { version } = await openRegistry(join(models, 'tiny')).publish(tinyArtifactWithInterval());
  await hearth('diff', first, version, '--json');
  expect(JSON.parse(printed).changes).toContainEqual({ what: 'interval', a: 'none', b: 'by hand' });
});

test('prune prints what it removed and why others stay', async () => {
  const [first, second, third] = await publishSeveral(3);
  await hearth('promote', first);
  expect(await hearth('prune', '--keep', '1')).toBe(0);
  expect(printed).toBe(
    `${first} stays: it is in production\nremoved ${second}; written in ${models}/tiny/journal.jsonl\n`,
  );
  expect(await hearth('verify', first, third)).toBe(0);
});

test('predict adds the predictions of any version to the rows of a file, whose other columns are copied', async () => {
  const [first] = await publishSeveral(1);
  const file = join(models, '../rows.csv');
  await writeFile(file, 'id,age,sex,disease\na,40,male,1\n"b,c",60,,0\n');
  expect(await hearth('predict', '--model-version', first, file)).toBe(0);
  expect(printed).toBe('id,age,sex,disease,probability,error\na,40,male,1,0.5,\n"b,c",60,,0,0.5,\n');
  const { version } = await openRegistry(join(models, 'tiny')).publish(tinyArtifactWithInterval());
  const out = join(models, '../answers.csv');
  expect(await hearth('predict', '--model-version', version, '--out', out, file)).toBe(0);
  expect(await readFile(out, 'utf8')).toMatch(
    /^id,age,sex,disease,probability,low,high,error\na,40,male,1,0\.5,0\.\d+,/,
  );
  expect(await hearth('predict', '--model-version', version, '--out', out, file)).toBe(1);
  expect(complained).toContain('answers.csv: already exists');
});

test.each([
  ['age\nold\n', 'rows.csv, line 2, column "age": "old" is not a number; allowed: a whole number'],
  ['age\n40\n101\n', 'rows.csv, line 3, column "age": "101" is too large; allowed'],
  [
    'sex\nMale\n',
    'rows.csv, line 2, column "sex": "Male" is not one of the categories; did you mean "male"? Allowed: "female", "male"',
  ],
  ['age,sex\n40\n', 'rows.csv, line 2: has 1 cells; the header has 2'],
])('of a file that holds %j, predict prints the row with its error', async (content, reason) => {
  await publishSeveral(1);
  const file = join(models, '../rows.csv');
  await writeFile(file, content);
  expect(await hearth('predict', '--model-version', 'latest', file)).toBe(1);
  expect(complained).toContain(reason);
  expect(printed.trimEnd().split('\n')).toHaveLength(content.trimEnd().split('\n').length);
});

test('with several models, one must be named to change it; list shows all, and verify checks all', async () => {
  const [first] = await publishSeveral(1);
  await mkdir(join(models, 'other'));
  expect(await hearth('promote', 'latest')).toBe(1);
  expect(complained).toBe(
    `hearth: ${models} holds several models, other, tiny: choose one with --model NAME or the setting MODEL\n`,
  );
  expect(await hearth('list')).toBe(0);
  expect(printed).toMatch(new RegExp(`^other\nno version in [^\n]*\n\ntiny\n[^\n]*\n *${first}`));
  expect(await hearth('promote', 'latest', '--model', 'tiny')).toBe(0);
  expect(await hearth('list')).toBe(0);
  expect(printed).toMatch(/^other\n[\s\S]*\ntiny, which answers at \/predict\n/);
  expect(await hearth('list', '--json')).toBe(0);
  expect(JSON.parse(printed)).toMatchObject([{ model: 'tiny', version: first }]);
  expect(await hearth('list', '--model', 'tiny', '--json')).toBe(0);
  expect(JSON.parse(printed)).toMatchObject([{ version: first }]);
  expect(await hearth('verify')).toBe(0);
  expect(printed).toBe(`other\nno version to verify\n\ntiny\n${first}  passes every check\n`);
  await truncate(join(models, 'tiny', first, 'forest.safetensors'), 100);
  expect(await hearth('verify', '--json')).toBe(3);
  expect(JSON.parse(printed)).toMatchObject([
    { model: 'other', versions: [] },
    { model: 'tiny', versions: [{ version: first, check: 'size' }] },
  ]);
  expect(await hearth('verify', '--model', 'tiny', '--json')).toBe(3);
  expect(JSON.parse(printed)).toMatchObject({ versions: [{ version: first }] });
});

test.each([
  [['promote', 'lastest'], 'there is no version "lastest"; published: 1-', '; did you mean "latest"?'],
  [['promote', 'latest', '--model', 'tinny'], 'tinny', 'did you mean "tiny"?'],
])('a mistyped name gets the nearest one: %j', async (args, ...texts) => {
  await publishSeveral(1);
  expect(await hearth(...args)).toBe(1);
  for (const text of texts) expect(complained).toContain(text);
});

test('each mistake of a user is answered with one line', async () => {
  expect(await hearth('list')).toBe(1);
  expect(complained).toBe(
    `hearth: there is no folder ${models}; make it with: hearth train FILE --target COLUMN, then hearth publish; or name another with --models\n`,
  );
  await publishSeveral(1);
  await writeFile(join(models, 'tiny/aliases.json'), 'garbage');
  expect(await hearth('rollback')).toBe(1);
  expect(complained).toBe(
    `hearth: ${models}/tiny/aliases.json cannot be used: it is not JSON; replace it with: hearth promote VERSION\n`,
  );
  expect(await hearth('promote', '77')).toBe(1);
  expect(complained).toMatch(/^hearth: there is no version "77"; published: 1-\w{7}\n$/);
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
  'where aliases.json %s, list reports it, and promote writes a new one and keeps the old one',
  async (_name, damage) => {
    const [first, second] = await publishSeveral(2);
    for (const version of [first, second]) await hearth('promote', version);
    await damage(join(models, 'tiny/aliases.json'));
    expect(await hearth('list')).toBe(3);
    expect(printed).toContain(second);
    expect(complained).toMatch(
      /tiny\/aliases\.json cannot be used: .*; replace it with: hearth promote VERSION\n$/,
    );
    expect(await hearth('rollback')).toBe(1);
    expect(complained).toContain('replace it with: hearth promote VERSION');
    expect(await hearth('promote', second)).toBe(0);
    expect(printed).toContain(`${second} is in production again, as the journal says`);
    const [kept] = (await readdir(join(models, 'tiny'))).filter((name) =>
      name.startsWith('aliases.json.broken-'),
    );
    expect(complained).toContain(`aliases.json was damaged and is kept as ${kept}`);
    expect(await hearth('list')).toBe(0);
    expect(await hearth('rollback')).toBe(0);
    expect(printed).toContain(`${first} is in production again, ${second} is not`);
  },
);

test('where aliases.json is empty, the gate compares with the version that the journal names', async () => {
  const champion = await publishOff(0.3);
  const worse = await publishOff(0.32);
  await hearth('promote', champion);
  await writeFile(join(models, 'tiny/aliases.json'), '');
  expect(await hearth('promote', worse)).toBe(3);
  expect(printed).toContain(`against ${champion}`);
});

test('verify continues after a version that cannot be read', async () => {
  const [first, second] = await publishSeveral(2);
  await chmod(join(models, 'tiny', first, 'forest.safetensors'), 0);
  expect(await asOrdinaryUser(join(models, '..'), () => hearth('verify'))).toBe(3);
  expect(printed).toMatch(new RegExp(`${first}  .*forest\\.safetensors: permission denied`));
  expect(printed).toContain(`${second}  passes every check`);
});

/** Publishes and promotes the tiny model under another name. */
async function promoteNamed(name: string, ...options: string[]): Promise<number> {
  const { version } = await openRegistry(join(models, name)).publish(
    tinyArtifact((draft) => Object.assign(draft, { name })),
  );
  return hearth('promote', version, '--model', name, ...options);
}

const defaultModel = () => readFile(join(models, 'default.json'), 'utf8');

test('the first promotion makes its model the default; a later one does so only with --default', async () => {
  expect(await promoteNamed('second')).toBe(0);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
  expect(await promoteNamed('another')).toBe(0);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
  expect(complained).toContain(
    'note: this model answers at /models/another/predict; at /predict servers answer with second, or with this one by MODEL=another',
  );
  expect(await promoteNamed('another', '--default')).toBe(0);
  expect(printed).toContain('is in production already');
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'another' });
});

test('where a model is in production without default.json, the next promotion makes that model the default', async () => {
  await promoteNamed('second');
  await rm(join(models, 'default.json'));
  await promoteNamed('another');
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'second' });
});

test('promote leaves an unusable default.json alone and names the remedy; with --default it writes a new one', async () => {
  await promoteNamed('second');
  await writeFile(join(models, 'default.json'), '{"mod');
  expect(await promoteNamed('another')).toBe(0);
  expect(complained).toBe(
    `hearth: the version is in production, but default.json could not be written: ${models}/default.json cannot be used: it is not JSON; replace it with: hearth promote VERSION --model NAME --default\n`,
  );
  expect(await defaultModel()).toBe('{"mod');
  expect(await promoteNamed('another', '--default')).toBe(0);
  expect(complained).toMatch(/default\.json was damaged and is kept as default\.json\.broken-/);
  expect(JSON.parse(await defaultModel())).toEqual({ model: 'another' });
});

test('where the folder of the models is not writable, promote succeeds and warns that no default was written', async () => {
  const [first] = await publishSeveral(1);
  await chmod(models, 0o555);
  expect(await asOrdinaryUser(join(models, '..'), () => hearth('promote', first))).toBe(0);
  expect(printed).toContain(`${first} is in production`);
  expect(complained).toMatch(
    /^hearth: the version is in production, but default.json could not be written: .*: permission denied\n$/,
  );
  await chmod(models, 0o755);
});

test.each([['nonsense'], ['promote'], ['list', '--colour'], ['prune', '--keep', 'many'], []])(
  'wrong usage ends with 2: %j',
  async (...args) => {
    expect(await hearth(...args)).toBe(2);
  },
);

test.each([...Object.keys(commands)])('%s --help has an example and the exit codes', async (command) => {
  printed = '';
  expect(await run([command, '--help'])).toBe(0);
  expect(printed).toMatch(new RegExp(`Examples?:\n.*hearth ${command}`));
  expect(printed).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused or damaged, 70 a bug');
});

test('hearth --version prints the version', async () => {
  printed = '';
  expect(await run(['--version'])).toBe(0);
  expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('the help of hearth fits into a terminal of 24 lines of 80 columns', async () => {
  printed = '';
  expect(await run(['--help'])).toBe(0);
  const lines = printed.trimEnd().split('\n');
  expect(lines.length).toBeLessThan(24);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  for (const command of Object.keys(commands)) expect(printed).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test('a mistyped command, option or column gets a suggestion', async () => {
  await publishSeveral(1);
  const wrong = join(models, '../wrong.csv');
  await writeFile(wrong, 'agee\n40\n');
  const mistakes: [string, ...string[]][] = [
    ['(Did you mean promote?)', 'promte'],
    ['(Did you mean --force?)', 'promote', '1', '--forse'],
    ['"agee" is not a column of the model; did you mean "age"?', 'predict', wrong, '--model-version', '1'],
  ];
  for (const [hint, ...args] of mistakes) {
    expect(await hearth(...args)).toBeGreaterThan(0);
    expect(complained).toContain(hint);
  }
});

test('an alias names its version', async () => {
  const [first] = await publishSeveral(2);
  await hearth('promote', first);
  expect(await hearth('show', 'production')).toBe(0);
  expect(printed).toContain(`${first}, in production`);
  expect(await hearth('diff', 'production', first)).toBe(0);
  expect(printed).toBe(`${first} and ${first} do not differ\n`);
});

test('the list shows what was rolled back', async () => {
  const [first, second] = await publishSeveral(2);
  for (const version of [first, second]) await hearth('promote', version);
  await hearth('rollback');
  await hearth('list');
  expect(printed).toMatch(
    new RegExp(`${first} .* in production\n.*${second} .* rolled back 20[-0-9]+ [0-9]+:[0-9]+`),
  );
});

test('every command prints JSON for programs', async () => {
  const artifact = join(models, '../artifact');
  await writeArtifact(tinyArtifact(), artifact);
  const file = join(models, '../rows.csv');
  await writeFile(file, 'age\n40\n');
  const calls = [
    ['publish', artifact],
    ['promote', 'latest'],
    ...['list', 'show', 'card', 'verify', 'prune'].map((command) => [command]),
    ['diff', 'latest', 'production'],
    ['predict', file],
    ['export', '--onnx', '--out', join(models, '../model.onnx')],
  ];
  for (const call of calls) {
    expect(await hearth(...call, '--json'), complained).toBe(0);
    expect(JSON.parse(printed)).toBeTypeOf('object');
  }
  await hearth('predict', file, '--json');
  expect(JSON.parse(printed).rows).toEqual([{ age: '40', probability: expect.closeTo(0.3) }]);
});

test('publish names the next command so that it can be copied', async () => {
  const artifact = join(models, '../artifact');
  await writeArtifact(tinyArtifact(), artifact);
  await mkdir(join(models, 'other'), { recursive: true });
  await hearth('publish', artifact);
  const next = printed.trimEnd().split('next: hearth ')[1];
  printed = '';
  expect(await run(next.split(' '))).toBe(0);
  expect(printed).toContain('is in production');
});

test('publish without an artifact says to train first, or names what train has written', async () => {
  const empty = join(models, 'nothing/artifact');
  expect(await hearth('publish', empty)).toBe(1);
  expect(complained).toBe(`hearth: ${empty} holds no artifact; make one with: hearth train\n`);
  const trained = join(models, 'nothing/titanic/artifact');
  await writeArtifact(tinyArtifact(), trained);
  expect(await hearth('publish', empty)).toBe(1);
  expect(complained).toBe(
    `hearth: ${empty} holds no artifact; train wrote one of a file: hearth publish ${trained}\n`,
  );
});

test.each([
  ['hearth', 'npm run hearth -- '],
  ['npx', 'npx hearth '],
])('started by %s, messages write commands with "%s"', async (event, started) => {
  vi.stubEnv('npm_lifecycle_event', event);
  vi.stubEnv('npm_lifecycle_script', 'hearth');
  vi.stubEnv('npm_config_loglevel', undefined);
  expect(await hearth('publish', join(models, 'nothing'))).toBe(1);
  expect(complained).toContain(`make one with: ${started}train`);
});

test('other programs that npx starts, such as tests, write commands as they are', async () => {
  vi.stubEnv('npm_lifecycle_event', 'npx');
  vi.stubEnv('npm_lifecycle_script', "'vitest'");
  expect(await hearth('publish', join(models, 'nothing'))).toBe(1);
  expect(complained).toContain('make one with: hearth train');
});

test('commands in messages are written as the user calls them', async () => {
  vi.stubEnv('npm_lifecycle_event', 'hearth');
  await publishSeveral(1);
  await hearth('show');
  expect(complained).toContain('promote one with: npm run hearth -- promote latest --model tiny\n');
  await run(['rollback', '--help']);
  expect(printed).toContain('Usage: npm run hearth -- rollback [options]');
  expect(printed).toContain('\n  npm run hearth -- rollback\n');
  vi.unstubAllEnvs();
});

test.each([['MODELS'], ['HEARTH_MODELS']])('%s names the folder of the models', async (variable) => {
  await publishSeveral(1);
  vi.stubEnv(variable, models);
  printed = '';
  expect(await run(['list', '--json'])).toBe(0);
  expect(JSON.parse(printed)).toHaveLength(1);
  vi.unstubAllEnvs();
});

test('an unexpected error is one line that names how to see more, and ends with 70', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {
    throw new RangeError('column 1 is odd\n    at somewhere (file.ts:1:2)');
  });
  await publishSeveral(1);
  expect(await hearth('list')).toBe(70);
  expect(complained).toBe(
    'hearth: unexpected: RangeError: column 1 is odd; this is a bug in hearth: HEARTH_TRACE=1 shows where\n',
  );
  vi.stubEnv('HEARTH_TRACE', '1');
  expect(await hearth('list')).toBe(70);
  expect(complained).toMatch(/^hearth: unexpected: .*\n.*\n? +at .*program\.test\.ts/s);
  vi.unstubAllEnvs();
});

test.each(['list', 'verify'])(
  '%s with a MODEL_BYTES that cannot be used is refused at once',
  async (command) => {
    vi.stubEnv('MODEL_BYTES', '1GB');
    expect(await hearth(command)).toBe(1);
    expect(complained).toBe(
      'hearth: MODEL_BYTES is "1GB"; it takes a whole number of bytes, at least 536870912\n',
    );
    expect(printed).toBe('');
    vi.unstubAllEnvs();
  },
);

test('--version after a command is not the version of hearth', async () => {
  expect(await hearth('rollback', '--version', '1')).toBe(2);
  expect(complained).toContain("unknown option '--version'");
});

test('the command that a refusal suggests names the model where there are several', async () => {
  await publishOff(0.3);
  await publishOff(0.32);
  await hearth('promote', '1');
  await cp(join(models, 'tiny'), join(models, 'other'), { recursive: true });
  await hearth('promote', '2', '--model', 'tiny');
  expect(printed).toMatch(
    /to promote it anyway: hearth promote 2-\w+( --models \S+)? --model tiny --force --reason "…"/,
  );
});
