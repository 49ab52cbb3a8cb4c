import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresPrograms, startPostgres } from '../../testing/sources/postgres-server.ts';
import { readTable } from '../data/table.ts';
import { inferPackage } from '../infer/index.ts';
import { publishable } from '../pipeline/publishable.ts';
import { keepPassword, readSource } from './index.ts';

const programs = postgresPrograms();
if (!programs) console.log('Skipped: the tests of PostgreSQL. To run them: apt-get install postgresql');

describe.skipIf(!programs)('a PostgreSQL server', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres(programs as string);
    const client = new pg.Client({ connectionString: server.address });
    await client.connect();
    await client.query(`
      CREATE SCHEMA clinic;
      CREATE TABLE clinic.visits (id int, big bigint, x double precision, amount numeric(10, 2), key numeric(20), ok boolean,
        c text, day date, at timestamp, seen timestamptz, tags text[]);
      INSERT INTO clinic.visits VALUES
        (1, 9007199254740993, 2.5, 12.30, 12345678901234567890, true, 'São Paulo', '2024-02-29',
         '2024-02-29 12:30:00.0005', '2024-02-29 12:30:00+00', '{a,b}'),
        (2, 3, 'NaN', NULL, 3, false, '', NULL, NULL, NULL, NULL);
      CREATE TABLE many AS SELECT n, n % 3 = 0 AS third FROM generate_series(1, 20000) n;`);
    await client.end();
  }, 60_000);
  afterAll(() => server.stop());

  test('gives the rows of a table with their types', async () => {
    const { columns, rows, path } = await readSource(`${server.address}?table=clinic.visits`);
    expect(path).toBe(`postgres://hearth@127.0.0.1:${server.port}/postgres`);
    expect(columns.map(({ declared }) => declared)).toEqual(
      'integer integer number number number boolean string date datetime datetime string'.split(' '),
    );
    const times = ['2024-02-29', '2024-02-29T12:30:00.0005', '2024-02-29T12:30:00Z'];
    const [first, second] = rows.map(({ cells }) => cells);
    expect(first).toEqual([
      1,
      9007199254740993n,
      2.5,
      12.3,
      12345678901234567890n,
      true,
      'São Paulo',
      ...times,
      '{a,b}',
    ]);
    expect(second).toEqual([2, 3, null, null, 3, false, '', null, null, null, null]);
  });

  test('gives the rows of a query, in batches and in order', async () => {
    const query = 'SELECT n, third FROM many ORDER BY n';
    const { rows, sha256 } = await readSource(server.address, { query });
    expect(rows).toEqual(
      Array.from({ length: 20_000 }, (_, i) => ({ place: i + 1, cells: [i + 1, (i + 1) % 3 === 0] })),
    );
    expect((await readSource(server.address, { query })).sha256).toBe(sha256);
  });

  test('is only read', async () => {
    const remove = 'WITH gone AS (DELETE FROM many RETURNING n) SELECT * FROM gone';
    await expect(readSource(server.address, { query: remove })).rejects.toThrow(/PostgreSQL says: /);
    await expect(readSource(server.address, { query: 'SELECT 1; COMMIT; DROP TABLE many' })).rejects.toThrow(
      'PostgreSQL says: cannot insert multiple commands into a prepared statement',
    );
    expect(
      (await readSource(server.address, { query: 'SELECT count(*) AS n FROM many' })).rows[0].cells,
    ).toEqual([20_000]);
  });

  test('gives the table of a model, whose data package has no password', async () => {
    const client = new pg.Client({ connectionString: server.address });
    await client.connect();
    await client.query(
      'CREATE TABLE grades AS SELECT n % 7 AS x, mod(n, 3) = 0 AS passed FROM generate_series(1, 60) n',
    );
    await client.end();
    const place = keepPassword(`${server.address}?table=grades`);
    const { descriptor, draft } = await inferPackage(place, { target: 'passed' });
    expect(descriptor.resources[0].path).toBe(
      `postgres://hearth@127.0.0.1:${server.port}/postgres?table=grades`,
    );
    const { inputs, target } = await readTable(publishable(draft));
    expect([inputs.length, inputs[0].x, target[2]]).toEqual([60, 1, 1]);
  });

  test('that refuses or does not answer is named without the password', async () => {
    const wrong = server.address.replace('hearth:', 'hearth:x');
    const failures = [
      [wrong, { table: 'many' }, 'PostgreSQL says: password authentication failed for user "hearth"'],
      [
        server.address.replace(/hearth:.*@/, 'other@'),
        { table: 'many' },
        'the server asks for a password; set PGPASSWORD',
      ],
      [
        server.address.replace(String(server.port), '1'),
        { table: 'many' },
        'the server cannot be reached: connect ECONNREFUSED',
      ],
      [server.address, { table: 'mani' }, 'PostgreSQL says: relation "mani" does not exist'],
      [server.address, {}, 'is a database; name one of its tables: postgres://…?table=NAME'],
    ] as const;
    for (const [address, options, message] of failures) {
      const failure = readSource(address, options);
      await expect(failure).rejects.toThrow(message);
      await expect(failure).rejects.not.toThrow(/p%40ss|p@ss/);
    }
  });
});
