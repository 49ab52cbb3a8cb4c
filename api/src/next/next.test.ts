import { type Forest, readAnswer } from '@hearth/artifact';
import { packArtifact } from '@hearth/artifact/store';
import { tinyDraft } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

const bins = [
  { column: 'age', edges: [29, 50, 77], counts: [5, 5], missing: 0 },
  { column: 'sex', values: ['female', 'male'], counts: [5, 5], missing: 0 },
  { column: 'weight', edges: [40, 80, 120], counts: [5, 5], missing: 0 },
];

/** For each column of the tiny model a tree with a leaf below its threshold, one from there on, and one where it is missing. */
function forestOf(...leaves: [below: number, above: number, missing: number][]): Forest {
  const thresholds = [50, 0.5];
  const nodes = leaves.flatMap(([below, above, missing], i) => {
    const at = 5 * i;
    const leaf = (value: number) => ({ feature: -1, threshold: 0, left: -1, right: -1, value });
    const split = (threshold: number, left: number, right: number) => ({
      feature: i,
      threshold,
      left,
      right,
      value: 0,
    });
    return [
      split(thresholds[i], at + 1, at + 2),
      leaf(below),
      split(1000, at + 3, at + 4),
      leaf(above),
      leaf(missing),
    ];
  });
  return {
    roots: Int32Array.from(leaves, (_, i) => 5 * i),
    feature: Int32Array.from(nodes, ({ feature }) => feature),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    value: Float64Array.from(nodes, ({ value }) => value),
    cover: new Float64Array(nodes.length).fill(1),
    missingLeft: new Uint8Array(nodes.length),
  };
}

/** The tiny model, with the spread of its training rows over the values of its columns; sex says more than age. */
function binnedArtifact() {
  const { evaluation: _evaluation, ...bare } = tinyDraft();
  const { data } = bare;
  const draft = {
    ...bare,
    format: 2 as const,
    data: { ...data, bins },
    interval: { level: 0.9 as const, method: 'by hand', base: -1, divisor: 1 },
  };
  const trees = {
    forest: forestOf([0.3, 0.5, 0.4], [0.2, 0.9, 0.6]),
    spread: forestOf([0, 0, 0.5], [0, 0, 1.5]),
  };
  const golden = draft.golden.map(({ row }) => ({ row, ...readAnswer(draft, trees)(row) }));
  return packArtifact({ ...draft, golden }, trees);
}

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await modelsFolder();
  await folder.registry.publish(binnedArtifact());
  await folder.registry.promote('latest');
  app = await buildTestApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

async function ask(payload: unknown, url = '/next') {
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload: payload as object });
  return { status: statusCode, body: JSON.parse(body) };
}

const widthOf = async (row: object) => {
  const { interval } = (await app.inject({ method: 'POST', url: '/predict', payload: row })).json();
  return interval.high - interval.low;
};

describe('POST /next', () => {
  test('lists the columns that are not given, the most telling first, with the width that their values leave', async () => {
    const { status, body } = await ask({});
    expect(status).toBe(200);
    expect(body).toMatchObject({ measure: 'width', now: await widthOf({}), model: { name: 'tiny' } });
    const [sex, age] = body.next;
    expect(body.next).toEqual([sex, age]);
    expect([sex.column, age.column]).toEqual(['sex', 'age']);
    // the shares for which the answers to female and male have the answer to neither as their mean
    const male = (0.6 - 0.2) / (0.9 - 0.2);
    const left = male * (await widthOf({ sex: 'male' })) + (1 - male) * (await widthOf({ sex: 'female' }));
    expect(sex.expected).toBeCloseTo(left, 9);
    expect(sex.narrowing).toBe(body.now - sex.expected);
    expect((await ask({ sex: 'male' })).body.next).toMatchObject([{ column: 'age' }]);
    expect((await ask({ sex: 'male', age: 60, weight: null })).body.next).toEqual([]);
  });

  test('looks at the answers at another prevalence, if asked to', async () => {
    const { body } = await ask({ age: 60 }, '/next?prevalence=0.02');
    const { interval } = (await ask({ age: 60 }, '/predict?prevalence=0.02')).body;
    expect(body).toMatchObject({ prevalence: 0.02, now: interval.high - interval.low });
    expect(body.next).toHaveLength(1);
  });

  test('is described where the model offers it', async () => {
    const { paths, components } = (await app.inject('/openapi.json')).json();
    const { schema } = paths['/next'].post.responses[200].content['application/json'];
    expect(components.schemas).toHaveProperty(schema.$ref.split('/').at(-1));
    expect((await app.inject('/docs')).body).toContain('What to ask next');
  });

  test('is below the address of each model too', async () => {
    const { status, body } = await ask({}, '/models/tiny/next');
    expect([status, body.next[0].column]).toEqual([200, 'sex']);
    const { paths } = (await app.inject('/models/tiny/openapi.json')).json();
    expect(paths).toHaveProperty('/next');
  });

  test('refuses a row with a fault, a list, a parameter and no body, as /predict does', async () => {
    expect(await ask({ age: 400 })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/age' }] } });
    expect(await ask([{ age: 40 }])).toMatchObject({
      status: 422,
      body: { detail: 'the body is a list: send one object' },
    });
    expect(await ask({}, '/next?explain=true')).toMatchObject({ status: 400 });
    expect((await app.inject({ method: 'POST', url: '/next' })).statusCode).toBe(400);
    expect((await app.inject({ method: 'GET', url: '/next' })).statusCode).toBe(405);
  });

  test('says why a version cannot answer it', async () => {
    const other = await modelsFolder();
    await publishTiny(other.registry);
    await other.registry.promote('latest');
    const bare = await buildTestApp({ models: other.models });
    const reply = await bare.inject({ method: 'POST', url: '/next', payload: {} });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ type: '/docs/problems/not-found' });
    expect(reply.json().detail).toMatch(/cannot say what to ask next: .*how its training rows are spread/);
    const { paths } = (await bare.inject('/openapi.json')).json();
    expect(paths).not.toHaveProperty('/next');
    await bare.close();
    await other.remove();
  });
});
