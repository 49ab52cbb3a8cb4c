import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readArtifact } from '@hearth/artifact/store';
import { pack } from 'tar-stream';

const compress = promisify(gzip);

/**
 * A version as the `model.tar.gz` that Amazon SageMaker unpacks into /opt/ml/model: the version's folder under its own name. The same
 * version gives the same bytes, so the archive holds no times and no owner.
 * @param folder the version's folder, which is checked first
 * @throws ArtifactError for a version that could not serve
 */
export async function packForSagemaker(folder: string): Promise<Buffer> {
  const { files } = await readArtifact(folder);
  const tar = pack();
  const attributes = { mtime: new Date(0), mode: 0o644, uid: 0, gid: 0 };
  for (const name of Object.keys(files).sort()) {
    tar.entry({ name: `${basename(folder)}/${name}`, ...attributes }, Buffer.from(files[name]));
  }
  tar.finalize();
  return await compress(await buffer(tar), { level: 9 });
}
