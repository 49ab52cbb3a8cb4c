import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { handMade } from '@hearth/artifact/testing/hand-made';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

/** Serves a hand-made model. */
async function serve(about: string) {
  const { models, remove } = await modelsFolder();
  const { version, files, rows, answers } = handMade(about);
  const folder = join(models, 'by-hand');
  await mkdir(join(folder, version), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, version, name), bytes);
  await openRegistry(folder).promote(version);
  const app = await buildTestApp({ models });
  const post = (url: string, payload: unknown, type = 'application/json') =>
    app.inject({
      method: 'POST',
      url,
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      headers: { 'content-type': type, 'x-request-id': 'q' },
    });
  const close = async () => {
    await app.close();
    await remove();
  };
  return { app, post, rows, answers, close };
}

describe('three classes', () => {
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    served = await serve('softmax');
  });
  afterAll(() => served.close());
  const classes = ['a', 'b', 'c'];
  const named = (answer: readonly number[]) =>
    Object.fromEntries(classes.map((name, k) => [name, answer[k]]));
  const mostProbable = (answer: readonly number[]) => classes[answer.indexOf(Math.max(...answer))];

  test('an answer names the most probable class and the probability of each, alone and in a list', async () => {
    const { post, rows, answers } = served;
    const { predictions } = (await post('/predict', rows)).json();
    expect(predictions).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) {
      const { id, class: chosen, probabilities } = predictions[i];
      expect(id).toBe(`q:${i}`);
      expect(chosen).toBe(mostProbable(answers[i]));
      for (const [k, name] of classes.entries()) expect(probabilities[name]).toBeCloseTo(answers[i][k], 12);
      if (i < 3) expect((await post('/predict', row)).json()).toMatchObject({ class: chosen, probabilities });
    }
  });

  test('the contributions are those of the most probable class, on the scale of log-odds', async () => {
    const { post, rows, answers } = served;
    const row = rows.findIndex((_, i) => mostProbable(answers[i]) === 'c');
    const { contributions, probabilities } = (await post('/predict?explain=true', rows[row])).json();
    expect(contributions).toMatchObject({ of: 'c', scale: 'log-odds' });
    expect(probabilities).toEqual(named(Object.values(probabilities)));
    const { base, values } = contributions;
    const score = Object.values<number>(values).reduce((sum, value) => sum + value, base);
    expect(Number.isFinite(score)).toBe(true);
  });

  test('the contributions of any class can be asked for, in JSON and CSV; of another name they are refused', async () => {
    const { post, rows } = served;
    for (const of of classes) {
      const { contributions } = (await post(`/predict?explain=${of}`, rows[0])).json();
      expect(contributions.of).toBe(of);
      const [head, cells] = (await post(`/predict?explain=${of}`, 'x,n\n1.25,3\n', 'text/csv')).body
        .split('\n')
        .map((text: string) => text.split(','));
      expect(cells[head.indexOf('of')]).toBe(of);
    }
    const batch = (await post('/predict?explain=b', rows)).json().predictions;
    expect(batch.every((each: { contributions: { of: string } }) => each.contributions.of === 'b')).toBe(
      true,
    );
    const refused = await post('/predict?explain=d', rows[0]);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().detail).toBe('the parameter explain takes true, false or a class: a, b, c');
  });

  test('the metrics count the most probable class', async () => {
    const { app, post, rows, answers } = served;
    const countOf = async (name: string) => {
      const { body } = await app.inject('/metrics');
      const line = body.split('\n').find((each: string) => each.includes(`class="${name}"`));
      return Number(line?.split(' ').at(-1));
    };
    const before = await countOf('a');
    await post('/predict', rows);
    const expected = answers.filter((answer) => mostProbable(answer) === 'a').length;
    expect((await countOf('a')) - before).toBe(expected);
  });

  test('in CSV each class has a column', async () => {
    const { body } = await served.post('/predict', 'x,n\n1.25,3\n', 'text/csv');
    const [header, line] = body.split('\n').map((text: string) => text.split(','));
    expect(header.slice(0, 4)).toEqual(['class', 'probability_a', 'probability_b', 'probability_c']);
    expect(classes).toContain(line[0]);
    expect(Number(line[1]) + Number(line[2]) + Number(line[3])).toBeCloseTo(1, 12);
  });

  test('a tensor of the protocol has a row per case and a column per class', async () => {
    const metadata = (await served.app.inject('/v2/models/by-hand')).json();
    expect(metadata.outputs.slice(0, 2)).toEqual([
      { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] },
      { name: 'class', datatype: 'BYTES', shape: [-1] },
    ]);
    const inputs = [{ name: 'x', shape: [2], datatype: 'FP64', data: [1.25, null] }];
    const { outputs } = (await served.post('/v2/models/by-hand/infer', { inputs })).json();
    expect(outputs[0]).toMatchObject({ name: 'probabilities', shape: [2, 3] });
    expect(outputs[0].data).toHaveLength(6);
    expect(outputs[1].data.every((name: string) => classes.includes(name))).toBe(true);
  });

  test('the OpenAPI document names the classes', async () => {
    const { components } = (await served.app.inject('/openapi.json')).json();
    const { properties, required } = components.schemas.Prediction;
    expect(Object.keys(properties.probabilities.properties)).toEqual(classes);
    expect(properties.class.enum).toEqual(classes);
    expect(required).toEqual(['id', 'class', 'probabilities', 'model']);
  });
});

test('quantiles are answered under their names, and the middle one is explained', async () => {
  const { post, rows, answers, close } = await serve('sets of categories');
  const answer = (await post('/predict?explain=true', rows[0])).json();
  expect(Object.keys(answer.quantiles)).toEqual(['0.1', '0.5', '0.9']);
  for (const [k, value] of Object.values<number>(answer.quantiles).entries()) {
    expect(value).toBeCloseTo(answers[0][k], 12);
  }
  expect(answer).not.toHaveProperty('class');
  expect(answer.contributions.of).toBe('0.5');
  const { base, values } = answer.contributions;
  expect(Object.values<number>(values).reduce((sum, value) => sum + value, base)).toBeCloseTo(
    answers[0][1],
    12,
  );
  const { body } = await post('/predict', 'x\n1.25\n', 'text/csv');
  expect(body).toMatch(/^quantile_0.1,quantile_0.5,quantile_0.9,model,/);
  await close();
});

describe('prediction sets', () => {
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    served = await serve('prediction sets');
  });
  afterAll(() => served.close());
  const classes = ['a', 'b', 'c'];
  const setOf = (answer: readonly number[]) => classes.filter((_, k) => answer[3 + k] === 1);

  test('an answer has its set, alone, in a list and as a line', async () => {
    const { post, rows, answers } = served;
    const { predictions } = (await post('/predict', rows)).json();
    expect(new Set(answers.map((each) => setOf(each).length)).size).toBeGreaterThan(1);
    for (const [i, { set }] of predictions.entries())
      expect(set).toEqual({ level: 0.9, classes: setOf(answers[i]) });
    expect((await post('/predict', rows[1])).json().set).toEqual(predictions[1].set);
    const lines = (await post('/predict', `${JSON.stringify(rows[2])}\n`, 'application/x-ndjson')).body;
    expect(JSON.parse(lines).set).toEqual(predictions[2].set);
  });

  test('in CSV it is a cell, in a tensor true or false for each class, and OpenAPI names it', async () => {
    const { app, post, rows, answers } = served;
    const { x, n } = rows[0];
    const [header, line] = (await post('/predict', `x,n\n${x ?? ''},${n ?? ''}\n`, 'text/csv')).body
      .split('\n')
      .map((text: string) => text.split(','));
    const alone = (await post('/predict', { x, n })).json().set.classes;
    expect(line[header.indexOf('set')]).toBe(alone.join(' | '));
    const { outputs } = (await app.inject('/v2/models/by-hand')).json();
    expect(outputs).toContainEqual({ name: 'set', datatype: 'BOOL', shape: [-1, 3] });
    const inputs = [{ name: 'x', shape: [1], datatype: 'FP64', data: [1.25] }];
    const reply = (await post('/v2/models/by-hand/infer', { inputs })).json().outputs;
    const { set } = (await post('/predict', { x: 1.25 })).json();
    const tensor = reply.find(({ name }: { name: string }) => name === 'set');
    expect(tensor).toMatchObject({ shape: [1, 3], data: classes.map((name) => set.classes.includes(name)) });
    const { schemas } = (await app.inject('/openapi.json')).json().components;
    expect(schemas.Prediction.required).toContain('set');
    expect(schemas.PredictionSet.properties.classes.items.enum).toEqual(classes);
    expect(setOf(answers[0]).length).toBeGreaterThan(0);
  });
});

test('the interval of a probability says what it is of', async () => {
  const { app, post, rows, answers, close } = await serve(
    'the shortest interval of a probability, link logit',
  );
  const [, low, high] = answers[0];
  const { interval } = (await post('/predict', rows[0])).json();
  expect(interval).toEqual({
    level: 0.9,
    low: expect.closeTo(low, 12),
    high: expect.closeTo(high, 12),
    of: 'probability',
  });
  const { schemas } = (await app.inject('/openapi.json')).json().components;
  expect(schemas.Interval.properties.of).toEqual({ const: 'probability' });
  await close();
});
