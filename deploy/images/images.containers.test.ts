import { expect, inject, test } from 'vitest';
import { docker } from '../docker.ts';
import { goals, ownSize } from './sizes.ts';

const names = ['hearth-api', 'hearth-web', 'hearth'] as const;
const image = (name: string) => `${name}:${inject('imageTag')}`;

/** The output of a script that runs inside an image, parsed as JSON. */
async function inside<T>(name: string, expression: string): Promise<T> {
  const script = `JSON.stringify(${expression})`;
  return JSON.parse(await docker('run', '--rm', '--entrypoint=/nodejs/bin/node', image(name), '-p', script));
}

interface Bom {
  bomFormat: string;
  components: { name: string; version: string }[];
}

const packagesIn = async (name: string, file: string) => {
  const bom = await inside<Bom>(name, `JSON.parse(fs.readFileSync("/hearth/sbom/${file}"))`);
  expect(bom.bomFormat).toBe('CycloneDX');
  return bom.components.map((component) => component.name);
};

test.concurrent.each(names)('%s is not larger than its goal', async (name) => {
  const own = await ownSize(image(name));
  expect(own).toBeGreaterThan(100_000);
  expect(own).toBeLessThan(goals[name] * 1e6);
});

test.concurrent.each(names)(
  '%s has no shell, sources, node_modules, package manager or private files',
  async (name) => {
    await expect(docker('run', '--rm', '--entrypoint=/bin/sh', image(name), '-c', 'true')).rejects.toThrow();
    const files = await inside<string[]>(name, 'fs.readdirSync("/hearth", { recursive: true })');
    expect(files.filter((file) => /main\.mjs$/.test(file))).toHaveLength(1);
    const unwanted = /node_modules|\.ts$|package\.json$|\.(git|env|npmrc|lock)|\.pem$|\.key$/;
    expect(files.filter((file) => unwanted.test(file) && !file.startsWith('data/'))).toEqual([]);
  },
);

test.concurrent.each(names)(
  '%s runs as an unprivileged user, and its labels name its origin',
  async (name) => {
    const config = JSON.parse(await docker('inspect', '--format', '{{json .Config}}', image(name)));
    expect(config.User).toBe('65532');
    const label = (key: string) => config.Labels[`org.opencontainers.image.${key}`];
    expect(label('revision')).toBe(inject('revision'));
    expect(label('version')).toMatch(/^\d+\.\d+\.\d+$/);
    expect(label('created')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  },
);

test.concurrent.each([
  ['hearth-api', 'api.cdx.json', 'fastify', 'vitest'],
  ['hearth-web', 'web.cdx.json', 'fastify', 'vite'],
  ['hearth-web', 'page.cdx.json', 'preact', 'vite'],
  ['hearth', 'hearth.cdx.json', 'commander', 'rolldown'],
])('%s lists its packages in %s, such as %s, and not %s', async (name, file, there, absent) => {
  const packages = await packagesIn(name, file);
  expect(packages).toContain(there);
  expect(packages).not.toContain(absent);
});

test.concurrent('hearth-api uses the compile cache of its Node and its user', async () => {
  const folder = 'require("node:module").getCompileCacheDir()';
  expect(await inside<string[]>('hearth-api', `fs.readdirSync(${folder})`)).not.toHaveLength(0);
});

test.concurrent('arguments reach the entry point: docker run IMAGE serve, as SageMaker runs it', async () => {
  const container = await docker('run', '--detach', '--read-only', image('hearth-api'), 'serve');
  try {
    const arguments_ = await docker(
      'exec',
      container,
      '/nodejs/bin/node',
      '-p',
      'fs.readFileSync("/proc/1/cmdline", "utf8")',
    );
    expect(arguments_.split('\0').slice(0, 3)).toEqual(['/nodejs/bin/node', '/hearth/api/main.mjs', 'serve']);
  } finally {
    await docker('rm', '--force', container);
  }
});
