import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRegistry, type Registry, RegistryError } from '@hearth/artifact/store';
import { badArtifacts, layDown } from './bad-artifacts.ts';
import { type Disk, fillDisk } from './disk.ts';
import { type GoodModel, goodModel } from './good-models.ts';

/** What the script expects of the server that follows the registry; nothing in a control run. */
export interface Follower {
  /** From now on the version may serve. */
  willServe(version: string, model: GoodModel): Promise<void>;
  /** The version is in production: it must serve within 2 seconds. */
  serves(version: string): Promise<void>;
  /** The version in the alias must be refused within 2 seconds, with a reason that begins like this. */
  refuses(name: string, reason: RegExp): Promise<void>;
}

/** Different good models; after the last one, the first one is used again. */
const models = 24;
const pause = 250;
const badAliases = ['', 'garbage', '{"production": "../../etc"}', '{"production": 1}', '\0\0\0\0'];

/** All events of a registry, one after another, repeatedly. */
export function createScript(disk: Disk, folder: string, follower: Follower) {
  const registry = openRegistry(folder);
  const good = Array.from({ length: models }, (_, i) => goodModel(i));
  const published = new Map<string, GoodModel>();
  let seed = 0;
  let number = 100_000;

  async function publish(): Promise<string> {
    const model = good[seed++ % good.length];
    const { version } = await registry.publish(model.artifact);
    published.set(version, model);
    return version;
  }

  async function expectSwap(version: string, change: () => Promise<unknown>): Promise<void> {
    await follower.willServe(version, published.get(version) as GoodModel);
    await change();
    await follower.serves(version);
    await wait(pause);
  }

  const promote = (version: string) => expectSwap(version, () => registry.promote(version));

  const disturbances: (() => Promise<void>)[] = [
    ...badArtifacts.map((bad) => async () => {
      await setAlias(registry, JSON.stringify({ production: await layDown(bad, folder, number++) }));
      await follower.refuses(bad.name, new RegExp(`^${bad.check} check: `));
    }),
    ...badAliases.map((content) => async () => {
      await writeFile(join(folder, 'aliases.json'), content);
      await follower.refuses('garbage in the alias', /aliases\.json/);
    }),
    () => copySlowly(registry, goodModel(number), number++, follower),
    ...(disk.small ? [() => publishToFullDisk(registry, disk, number++)] : []),
  ];

  return {
    /** Puts the first version into production, before the server starts. */
    async prepare(): Promise<void> {
      const version = await publish();
      await follower.willServe(version, published.get(version) as GoodModel);
      await registry.promote(version);
    },
    /** Runs until `deadline` (milliseconds since the epoch), and until every event has happened once. */
    async run(deadline: number): Promise<void> {
      for (let i = 0; i < disturbances.length || Date.now() < deadline; i++) {
        const first = await publish();
        await promote(first);
        await promote(await publish());
        await expectSwap(first, () => registry.rollback());
        await disturbances[i % disturbances.length]();
        await wait(pause);
        await promote(first);
        await registry.prune(models);
      }
    },
  };
}

async function setAlias({ folder }: Registry, content: string): Promise<void> {
  await writeFile(join(folder, '.alias'), content);
  await rename(join(folder, '.alias'), join(folder, 'aliases.json'));
}

/** Like a manual copy: first the alias, then the files, in pieces. */
async function copySlowly(
  registry: Registry,
  good: GoodModel,
  number: number,
  follower: Follower,
): Promise<void> {
  const { files, sha256 } = good.artifact;
  const version = `${number}-${sha256.slice(0, 7)}`;
  const at = join(registry.folder, version);
  await follower.willServe(version, good);
  await mkdir(at);
  await setAlias(registry, JSON.stringify({ production: version }));
  for (const [name, bytes] of Object.entries(files)) {
    const file = await open(join(at, name), 'w');
    for (let offset = 0, piece = Math.ceil(bytes.length / 8); offset < bytes.length; offset += piece) {
      await file.write(bytes.subarray(offset, offset + piece));
      await wait(100);
    }
    await file.close();
  }
  await follower.serves(version);
}

async function publishToFullDisk(registry: Registry, disk: Disk, number: number): Promise<void> {
  const { artifact } = goodModel(number);
  const makeRoom = await fillDisk(disk.path);
  try {
    await registry.publish(artifact);
    throw new Error('a version was published to a full disk');
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'NO_SPACE')) throw error;
  } finally {
    await makeRoom();
  }
}
