import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { docker, run } from './docker.ts';
import { until } from './stack.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
const name = `hearth-sagemaker-${process.pid}`;
let folder: string;
let url: string;
let version: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const archive = path.join(folder, 'model.tar.gz');
  await run(process.execPath, ['training/src/cli/main.ts', 'export', '--sagemaker', '--out', archive]);
  // Unpacked like by SageMaker: owned by another user than the container's.
  await run('tar', ['-xzf', archive, '-C', folder]);
  await run('chmod', ['-R', 'a+rX', folder]);
  const image = `hearth-api:${inject('imageTag')}`;
  await docker('run', '--detach', '--name', name, '--volume', `${folder}:/opt/ml/model:ro`, image, 'serve');
  const address = await docker('inspect', '--format', '{{.NetworkSettings.IPAddress}}', name);
  url = `http://${address}:8080`;
  await until(
    () =>
      fetch(`${url}/ping`).then(
        ({ status }) => status === 200,
        () => false,
      ),
    20_000,
  );
  version = JSON.parse(await (await fetch(`${url}/health`)).text()).model.version;
}, 120_000);

afterAll(async () => {
  await docker('rm', '--force', name);
  await rm(folder, { recursive: true });
}, 60_000);

async function invoke(type: string, body: string): Promise<string> {
  const answer = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

test('the exported version serves, on port 8080', async () => {
  const { production } = JSON.parse(
    await readFile(path.join(import.meta.dirname, '../models/heart/aliases.json'), 'utf8'),
  );
  expect(version).toBe(production);
  expect(await (await fetch(`${url}/ping`)).text()).toBe('');
});

test('JSON, JSON lines and CSV with and without a header get the same predictions', async () => {
  const { predictions } = JSON.parse(await invoke('application/json', '[{"age":54,"sex":"male"},{}]'));
  const chances: number[] = predictions.map(({ probability }: { probability: number }) => probability);
  expect(chances[0]).toBeGreaterThan(0);
  const lines = await invoke('application/jsonlines', '{"age":54,"sex":"male"}\n{}\n');
  expect(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).probability),
  ).toEqual(chances);
  const firstCells = (csv: string) =>
    csv
      .trimEnd()
      .split('\n')
      .map((line) => Number(line.split(',', 1)[0]));
  const withHeader = await invoke('text/csv', 'age,sex\n54,male\n,\n');
  expect(withHeader).toMatch(/^probability,/);
  expect(firstCells(withHeader).slice(1)).toEqual(chances);
  const empty = ','.repeat(12);
  expect(firstCells(await invoke('text/csv', `54,male${','.repeat(11)}\n${empty}\n`))).toEqual(chances);
});

test('the image has the style and the script of /docs', async () => {
  const page = await (await fetch(`${url}/docs`)).text();
  for (const file of ['/docs/page.css', '/docs/page.js']) {
    expect(page).toContain(file);
    expect((await fetch(url + file)).status).toBe(200);
  }
});

test('SIGTERM stops the container within the time that SageMaker allows, with exit code 0', async () => {
  await docker('stop', '--time', '25', name);
  expect(await docker('inspect', '--format', '{{.State.ExitCode}}', name)).toBe('0');
});
