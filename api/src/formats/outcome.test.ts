import { createModel } from '@hearth/artifact';
import { tinyArtifactWithOutcome, tinyForest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { defaultLimits } from '../admission/index.ts';
import { schemas } from '../openapi/schemas.ts';
import { createAnswerer } from '../predict/answerer.ts';
import { infer } from '../v2/infer.ts';
import { createStatistics } from '../v2/statistics.ts';
import { csvWriter } from './csv-writer.ts';
import { json } from './json.ts';

const { manifest } = tinyArtifactWithOutcome();
const model = createModel(manifest, { forest: tinyForest(), spread: tinyForest() }, '1-aaaaaaa');
const answerer = createAnswerer(model);
const question = { id: 'a', explain: false };
const rows = [{ age: 40, sex: 'male' }, { sex: 'female' }, {}];
const { answer, interval, mean } = model.predict(rows[0]);

const asked = async (body: unknown) =>
  JSON.parse(
    String(
      await json.answer(
        answerer,
        Buffer.from(JSON.stringify(body)),
        question,
        defaultLimits,
        'application/json',
      ),
    ),
  );

test('an answer with the interval of its outcome says so, and has that of the mean beside it', async () => {
  expect(await asked(rows[0])).toEqual({
    id: 'a:0',
    value: answer,
    interval: { level: 0.9, ...interval, of: 'outcome' },
    mean: { level: 0.9, ...mean },
    model: { name: 'tiny', version: '1-aaaaaaa' },
  });
  const { predictions } = await asked(rows);
  expect(predictions.map(({ interval: { low, high }, mean }: never) => [low, high, mean])).toEqual(
    rows.map((row) => {
      const { interval, mean } = model.predict(row);
      return [interval?.low, interval?.high, { level: 0.9, ...mean }];
    }),
  );
});

test('a table has the ends of both intervals', () => {
  const writer = csvWriter(answerer, question, ',');
  expect(writer.head).toBe('value,low,high,mean_low,mean_high,model,warnings,errors,id\n');
  expect(writer.answer(rows[0]).split(',').slice(0, 5).map(Number)).toEqual([
    answer,
    interval?.low,
    interval?.high,
    mean?.low,
    mean?.high,
  ]);
});

test('tensors have the ends of both intervals', async () => {
  const inputs = [{ name: 'age', datatype: 'INT64', shape: [1], parameters: {}, data: [40] }];
  const inferring = { answerer, limits: defaultLimits, statistics: createStatistics() };
  const { outputs } = await infer(inferring, { parameters: {}, inputs }, 'a');
  const { interval, mean } = model.predict({ age: 40 });
  const data = Object.fromEntries(outputs.map(({ name, data }) => [name, data[0]]));
  expect(data).toMatchObject({
    low: interval?.low,
    high: interval?.high,
    mean_low: mean?.low,
    mean_high: mean?.high,
  });
});

test('OpenAPI describes both intervals', () => {
  const { Interval, Mean, Prediction } = schemas(manifest);
  expect(Interval).toMatchObject({ properties: { of: { const: 'outcome' } } });
  expect(Mean).toHaveProperty('properties.low');
  expect(Prediction).toMatchObject({ required: expect.arrayContaining(['interval', 'mean']) });
});
