import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { time } from './measure.ts';
import { loadOnnxruntime } from './onnxruntime.ts';
import { readSpec, type Walked } from './spec.ts';
import { inRows, readTableFile } from './table.ts';

/** onnxruntime: one row, and many rows, with the trees that Hearth has grown. */
const spec = readSpec(process.argv.slice(2));
const { columns, testRows: rows } = spec;
const { InferenceSession, Tensor } = loadOnnxruntime();
const x = Float32Array.from(inRows(await readTableFile(spec.test, rows, columns)));
const session = await InferenceSession.create(await readFile(join(spec.folder, 'trees.onnx')), {
  intraOpNumThreads: spec.threads,
});

const calls = 1000;
const { seconds } = await time(spec, async () => {
  for (let i = 0; i < calls; i++) {
    const row = x.subarray(i * columns, (i + 1) * columns);
    await session.run({ features: new Tensor('float32', row, [1, columns]) });
  }
});
const features = new Tensor('float32', x, [rows, columns]);
const { seconds: batch } = await time(spec, () => session.run({ features }));
console.log(JSON.stringify({ one: seconds.map((s) => s / calls), batch } satisfies Walked));
