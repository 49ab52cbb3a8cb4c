import { join } from 'node:path';
import { Command, Option } from 'commander';
import { packAsOnnx } from '../export/onnx/index.ts';
import { packForSagemaker } from '../export/sagemaker.ts';
import { openFileOutput } from '../output/index.ts';
import { findVersion, type ModelOptions, modelOption, modelsOption, openModel } from './options.ts';

interface Options extends ModelOptions {
  onnx?: true;
  sagemaker?: true;
  out?: string;
}

const examples = `
Examples:
  hearth export --sagemaker --out model.tar.gz
  hearth export --onnx --out model.onnx

An ONNX file has an input for each column that the model looks at, [rows, 1], under its name: 32-bit numbers, NaN where not given;
texts for categories, "" where not given. Its output is "probability" or "value", [rows, 1], without the interval. Numbers have
32 bits there and 64 here: answers differ by some 1e-6, and by more only for a value that 32 bits cannot tell from a threshold.`;

export const exportCommand = (): Command =>
  new Command('export')
    .description('pack a version for a service that runs it somewhere else')
    .argument('[version]', 'name, unique beginning, or latest; without it the one in production')
    .addOption(new Option('--onnx', 'as an ONNX model, for onnxruntime and others').conflicts('sagemaker'))
    .option('--sagemaker', 'as the model data of Amazon SageMaker; the container is the API image')
    .option(
      '--out <file>',
      'where it goes; not over a file that is there (default: model.onnx or model.tar.gz)',
    )
    .addOption(modelsOption())
    .addOption(modelOption())
    .addHelpText('after', examples)
    .action(async function (
      this: Command,
      wanted: string | undefined,
      { onnx, sagemaker, ...options }: Options,
    ) {
      if (!onnx && !sagemaker) this.error('error: say as what: --onnx or --sagemaker');
      const [pack, file] = onnx ? [packAsOnnx, 'model.onnx'] : [packForSagemaker, 'model.tar.gz'];
      const { out = file, ...where } = options;
      const output = await openFileOutput(out);
      const registry = await openModel(where);
      const version = await findVersion(registry, wanted);
      await output.write(await pack(join(registry.folder, version)));
      console.log(`${version} is packed; written to ${out}`);
    });
