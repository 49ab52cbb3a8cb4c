import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createAnswerer } from '@hearth/api/answerer';
import type { Row } from '@hearth/artifact';
import { assembleModel, readModel } from '@hearth/artifact/store';
import { handMade, recorded } from '@hearth/artifact/testing/hand-made';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePredictor } from './bundle-predictor.ts';
import { createHash as ownHash } from './predictor/sha256.ts';

const heart = join(import.meta.dirname, '../../models/heart/2-ea09fb3');

let folder: string;
let predictor: typeof import('./predictor/index.ts');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-predictor-'));
  await bundlePredictor(folder);
  predictor = await import(join(folder, 'predictor.mjs'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The answer of the API without its id. */
function answerOfApi(model: Awaited<ReturnType<typeof readModel>>, row: Row, explain = false) {
  const answerer = createAnswerer(model);
  model.writeCells(row, answerer.cells, 0);
  const { id: _, ...answer } = JSON.parse(`{${answerer.members({ id: '', explain }, 0)},${answerer.source}}`);
  return answer;
}

describe('hearth/predictor', () => {
  test('takes at most 25 kB compressed, imports nothing, and compiles nothing', async () => {
    const code = await readFile(join(folder, 'predictor.mjs'));
    expect(gzipSync(code).length).toBeLessThan(25_000);
    expect(code.toString()).not.toMatch(/from["'`]|import["'`]|WebAssembly/); // which the policy of a page may refuse
  });

  test('shows a screenful at most of its code when an error is not caught', async () => {
    for (const file of ['predictor.mjs', 'explain.mjs']) {
      const code = await readFile(join(folder, file), 'utf8');
      expect(Math.max(...code.split('\n').map(({ length }) => length))).toBeLessThan(2000);
    }
  });

  test('answers the golden rows of a folder as the API does, alone, in a list and explained', async () => {
    const [ours, theirs] = [await predictor.load(heart), await readModel(heart)];
    const rows = theirs.manifest.golden.map(({ row }) => row);
    const expected = rows.map((row) => answerOfApi(theirs, row));
    expect(rows.map((row) => ours.predict(row))).toEqual(expected);
    expect(ours.predict(rows)).toMatchObject(expected.map(({ warnings: _, ...answer }) => answer));
    expect(await ours.explain(rows[0])).toEqual(answerOfApi(theirs, rows[0], true));
  });

  test.each(recorded.map(({ about }) => about))('answers as the API does: %s', async (about) => {
    const { files, version, rows } = handMade(about);
    const { 'model.json': json, ...others } = files;
    const theirs = assembleModel(json, others, version);
    const ours = await predictor.load(files as never, { version });
    for (const row of rows as Row[]) {
      expect(ours.predict(row as never)).toEqual(answerOfApi(theirs, row));
    }
    const [row] = rows as Row[];
    expect(await ours.explain(row as never)).toEqual(answerOfApi(theirs, row, true));
  });

  test('a row with faults is refused with all of them, and in a list with its place', async () => {
    const model = await predictor.load(heart);
    const fault = (pointer: string) => expect.objectContaining({ pointer });
    expect(() => model.predict({ age: '54', agee: 1 })).toThrow(
      expect.objectContaining({ name: 'RowError', faults: [fault('/age'), fault('/agee')] }),
    );
    expect(() => model.predict([{}, { age: '54' }])).toThrow('/1/age');
  });

  test('files that were changed are refused, and a folder that is no version is named', async () => {
    const bytes = async (file: string) => new Uint8Array(await readFile(join(heart, file)));
    const files = {
      'model.json': await bytes('model.json'),
      'forest.safetensors': await bytes('forest.safetensors'),
      'spread.safetensors': await bytes('spread.safetensors'),
    };
    expect((await predictor.load(files)).version).toBe('ea09fb3');
    files['forest.safetensors'][999] ^= 1;
    await expect(predictor.load(files)).rejects.toThrow('hash check');
    await expect(predictor.load(join(heart, '..'))).rejects.toThrow('name the folder of a version');
  });

  test('files are fetched from an address, with its query', async () => {
    const asked: string[] = [];
    const get = async (url: URL) => {
      asked.push(url.href);
      return new Response(await readFile(join(heart, url.pathname.split('/').at(-1) as string)));
    };
    const model = await predictor.load('https://example.org/heart/2-ea09fb3/?key=1', { fetch: get });
    expect(model.version).toBe('2-ea09fb3');
    expect(asked[0]).toBe('https://example.org/heart/2-ea09fb3/model.json?key=1');
    const none = async () => new Response('', { status: 404 });
    await expect(predictor.load(new URL('https://example.org/x'), { fetch: none })).rejects.toThrow(
      'answered 404',
    );
  });
});

test('its SHA-256 is that of Node, at every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
    expect(ownHash('sha256').update(bytes).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
  }
});
