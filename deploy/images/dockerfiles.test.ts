import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const files = ['Dockerfile.api', 'Dockerfile.web'];
const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');

/** Everything up to the installation of the packages. */
const untilInstalled = (file: string) => read(file).slice(0, read(file).indexOf('COPY tsconfig.json'));

test.each(files)(
  '%s installs the packages from the manifests only, so that a change of the code does not install them again',
  (file) => {
    const copied = [...untilInstalled(file).matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names]) =>
      names.split(' '),
    );
    expect(copied).toContain('pnpm-lock.yaml');
    for (const name of copied)
      expect(name).toMatch(/(^|\/)package\.json$|^pnpm-(lock|workspace)\.yaml$|^\.pnpmfile\.cjs$/);
    expect(untilInstalled(file)).toContain('pnpm install --frozen-lockfile');
  },
);

test('both Dockerfiles share the layers of the packages', () => {
  expect(untilInstalled('Dockerfile.web')).toBe(untilInstalled('Dockerfile.api'));
});

test.each(files)(
  'every image of %s starts from a base that both Dockerfiles have, and its entry point is the program',
  (file) => {
    const bases = [...read(file).matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    for (const base of bases)
      expect([
        'packages',
        'api-program',
        'node:24-slim',
        'gcr.io/distroless/nodejs24-debian12:nonroot',
      ]).toContain(base);
    for (const [, entry] of read(file).matchAll(/^ENTRYPOINT (.+)$/gm))
      expect(JSON.parse(entry)).toEqual(
        expect.arrayContaining(['/nodejs/bin/node', expect.stringMatching(/main\.mjs$/)]),
      );
  },
);

test.each(files)('%s runs its health check with Node', (file) => {
  expect(read(file)).toMatch(/^HEALTHCHECK .+\\\n +CMD \["\/nodejs\/bin\/node", "-e", "fetch/m);
});
