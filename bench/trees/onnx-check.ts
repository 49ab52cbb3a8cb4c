import { join } from 'node:path';
import type { Row } from '@hearth/artifact';
import { openRegistry, readModel } from '@hearth/artifact/store';
import { packAsOnnx, readPackage, readTable } from '@hearth/training';
import { loadOnnxruntime } from './onnxruntime.ts';

/**
 * Exports every version of the heart model and compares the answers of onnxruntime and Hearth to every patient, with random columns left out.
 * Exits with 1 if an answer differs by more than rounding.
 */
const tolerance = 1e-13;
const root = join(import.meta.dirname, '../..');
const { inputs } = await readTable(await readPackage(join(root, 'data/heart/datapackage.json')));
const rows: Row[] = [0, 2, 3, 5].flatMap((every) =>
  inputs.map((row, i) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value], j) => [
        column,
        every && (i + j) % every === 0 ? null : value,
      ]),
    ),
  ),
);

const { InferenceSession, Tensor } = loadOnnxruntime();
const registry = openRegistry(join(root, 'models/heart'));
for (const { version } of await registry.list()) {
  const folder = join(registry.folder, version);
  const model = await readModel(folder);
  const session = await InferenceSession.create(await packAsOnnx(folder));
  const feeds = session.inputNames.map((name) => {
    const text = model.manifest.columns.find((column) => column.name === name)?.type === 'category';
    const data = text
      ? rows.map((row) => String(row[name] ?? ''))
      : Float64Array.from(rows, (row) => Number(row[name] ?? Number.NaN));
    return [name, new Tensor(text ? 'string' : 'float64', data, [rows.length, 1])];
  });
  const { probability } = await session.run(Object.fromEntries(feeds));
  const worst = rows.reduce(
    (most, row, i) => Math.max(most, Math.abs(model.predict(row).answer - Number(probability.data[i]))),
    0,
  );
  console.log(`${version}: ${rows.length} rows, onnxruntime differs by at most ${worst.toExponential(1)}`);
  if (!(worst <= tolerance)) process.exitCode = 1;
}
