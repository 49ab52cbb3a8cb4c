import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { packAsOnnx } from '../export/onnx/index.ts';
import { packForSagemaker } from '../export/sagemaker.ts';
import { openFileOutput } from '../output/index.ts';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openVersion, printJson, productionArgument } from './options.ts';

interface Options extends ModelOptions {
  onnx?: true;
  float32?: true;
  sagemaker?: true;
  out?: string;
}

const aboutOnnx = `
The ONNX model has one input for each column that the version uses, of shape [rows, 1], under the column's name: numbers of 64 bits (double),
NaN where missing, 1 and 0 for booleans; strings for categories, "" where missing. A version with dates or times cannot be exported. The
output is "probability" or "value", [rows, 1], without the interval, or "probabilities" or "quantiles", [rows, outputs], with their names as
the metadata "outputs". Predictions differ by about 1e-15, those of models imported from XGBoost or ONNX, whose sums have 32 bits, by about
1e-7. It needs TreeEnsemble of ai.onnx.ml 5: onnxruntime 1.21 or later. With --float32 any runtime reads it, inputs and output have 32 bits,
and predictions differ by about 1e-6, or by more where 32 bits cannot tell a value from a threshold.`;

export const command = (): Command =>
  modelCommand('export', 'Packs a version for a service that runs it somewhere else.')
    .addArgument(productionArgument())
    .addOption(new Option('--onnx', 'as an ONNX model, for onnxruntime and others').conflicts('sagemaker'))
    .addOption(
      new Option('--float32', 'with --onnx: numbers of 32 bits, for older runtimes').conflicts('sagemaker'),
    )
    .option('--sagemaker', 'as the model data of Amazon SageMaker, whose container is the API image')
    .option('--out <file>', 'a new file (default: model.onnx or model.tar.gz)')
    .addHelpText(
      'after',
      examples('export --onnx', 'export production --sagemaker --out model.tar.gz') + aboutOnnx,
    )
    .action(async function (
      this: Command,
      wanted: string | undefined,
      { onnx, float32, sagemaker, json, ...options }: Options,
    ) {
      if (!onnx && !sagemaker) this.error('error: name the format: --onnx or --sagemaker');
      const [pack, file] = onnx
        ? [(folder: string) => packAsOnnx(folder, float32 ? 'FLOAT' : 'DOUBLE'), 'model.onnx']
        : [packForSagemaker, 'model.tar.gz'];
      const { out = file, ...where } = options;
      const output = await openFileOutput(out);
      const { registry, version } = await openVersion(where, wanted);
      await output.write(await pack(join(registry.folder, version)));
      if (json) printJson({ version, file: out });
      else console.log(`${version} packed into ${out}`);
    });
