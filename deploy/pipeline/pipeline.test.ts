import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

// The parser imports its schema without the import attribute that Node needs.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return specifier.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
  },
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const workflows = readdirSync(path.join(root, '.github/workflows')).map(
  (file) => `.github/workflows/${file}`,
);
const delivery = read('.github/workflows/deliver.yml');
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

test.each(workflows)('%s matches the workflow schema of GitHub', (file) => {
  const { context } = parseWorkflow({ name: file, content: read(file) }, new NoOperationTraceWriter());
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
});

test('the schema check finds faults', () => {
  const content = delivery.replace('runs-on:', 'runs-at:');
  const { context } = parseWorkflow({ name: 'x.yml', content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors().join()).toContain('runs-at');
});

test.each(workflows)('%s pins actions by hash and uses no secret', (file) => {
  const text = read(file);
  for (const [, action] of text.matchAll(/uses: *(\S+)/g)) expect(action).toMatch(/@[0-9a-f]{40}$/);
  expect(text).not.toContain('secrets.');
  expect(parse(text).permissions).toEqual({ contents: 'read' });
});

test('two deliveries never overlap', () => {
  expect(parse(delivery).concurrency).toEqual({ group: 'production', 'cancel-in-progress': false });
});

test.each([...workflows, 'buildspec.yml'])('%s calls only files that exist', (file) => {
  const text = read(file);
  for (const [, script] of text.matchAll(/npm run (?:-s )?([\w:]+)/g))
    expect(Object.keys(scripts)).toContain(script);
  for (const [, script] of text.matchAll(/(?<![\w/])((?:deploy\/|\.ci\/)[\w./-]+(?:\.sh|run))\b/g))
    expect(() => accessSync(path.join(root, script), constants.X_OK), script).not.toThrow();
});

test('both pipelines go through the same stages by the same commands, in order', () => {
  const stages = [
    ...['train', 'publish', 'promote latest'].map((command) => `npm run hearth -- ${command}`),
    'deploy/pipeline/images.sh',
  ];
  for (const text of [delivery, read('buildspec.yml')]) {
    const places = stages.map((stage) => text.indexOf(stage));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('npm run -s stages');
  }
});

test('CodeDeploy calls the hooks in the order of its lifecycle, and none stops the running release', () => {
  const { hooks } = parse(read('appspec.yml'));
  // CodeDeploy would take ApplicationStop from the revision before
  expect(Object.keys(hooks)).toEqual(['AfterInstall', 'ApplicationStart', 'ValidateService']);
  for (const [{ location }] of Object.values<{ location: string }[]>(hooks))
    expect(() => accessSync(path.join(root, location), constants.X_OK), location).not.toThrow();
  expect(read('deploy/aws/hooks/start.sh')).toContain('deploy/rollout');
});

test('the files that the artifact of CodeBuild names exist', () => {
  const { files }: { files: string[] } = parse(read('buildspec.yml')).artifacts;
  const made = ['release.env'];
  for (const file of files.filter((name) => !made.includes(name)))
    expect(existsSync(path.join(root, file.replace(/\/\*\*.*/, ''))), file).toBe(true);
});
