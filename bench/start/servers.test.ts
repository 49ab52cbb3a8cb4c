import { expect, test } from 'vitest';
import { findServers } from './servers.ts';

test('without R and Python, the other servers are started, and the missing ones are reported', () => {
  const table = { train: '/nowhere', rows: 303, columns: 13 };
  const peers = { table, folder: '/nowhere' };
  const { servers, missing } = findServers({ PATH: '/nowhere', PYTHON: '/nowhere/python' }, peers);
  expect(servers.map(({ name }) => name)).toEqual([
    'Fastify alone',
    'Hearth, its container’s bundle',
    'Hearth with the page, by npm start',
  ]);
  expect(missing).toEqual([
    expect.stringMatching(/^plumber: .*r-cran-plumber/),
    expect.stringMatching(/^FastAPI: \/nowhere\/python .*python3-fastapi/),
  ]);
});
