import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { docker, run } from '../docker.ts';

/** The base of our images. */
const base = 'gcr.io/distroless/nodejs24-debian12:nonroot';

/** Goal: the most megabytes (10^6 bytes), compressed, that each image may add to its base. */
export const goals = { 'hearth-api': 6, 'hearth-web': 1, hearth: 6 };

const layersOf = async (image: string): Promise<string[]> =>
  JSON.parse(await docker('inspect', '--format', '{{json .RootFS.Layers}}', image));

/**
 * Bytes of the layers that an image adds to its base, compressed as a registry keeps them.
 * @throws Error with Docker's message if the image does not exist or is not based on `base`
 */
export async function ownSize(image: string): Promise<number> {
  const shared = await layersOf(base);
  const layers = await layersOf(image);
  if (shared.some((layer, i) => layer !== layers[i])) throw new Error(`${image} is not based on ${base}`);
  return compressedLayers(image, shared.length);
}

/** Bytes of the base, compressed. */
export const baseSize = (): Promise<number> => compressedLayers(base, 0);

async function compressedLayers(image: string, from: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hearth-sizes-'));
  try {
    const archive = path.join(folder, 'image.tar');
    await docker('save', '--output', archive, image);
    await run('tar', ['--extract', '--file', archive, '--directory', folder]);
    const [{ Layers }] = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
    let bytes = 0;
    for (const layer of Layers.slice(from)) bytes += await compressedSize(path.join(folder, layer));
    return bytes;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compressedSize(file: string): Promise<number> {
  let bytes = 0;
  await pipeline(createReadStream(file), createGzip(), async (chunks) => {
    for await (const chunk of chunks) bytes += chunk.length;
  });
  return bytes;
}
