import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { packForSagemaker } from '../export/sagemaker.ts';
import { findVersion, type ModelOptions, modelOption, modelsOption, openModel } from './options.ts';

interface Options extends ModelOptions {
  sagemaker: true;
  out: string;
}

export const exportCommand = (): Command =>
  new Command('export')
    .description('pack a version for a service that runs it somewhere else')
    .argument('[version]', 'name, unique beginning, or latest; without it the one in production')
    .requiredOption('--sagemaker', 'as the model data of Amazon SageMaker; the container is the API image')
    .option('--out <file>', 'where it goes; not over a file that is there', 'model.tar.gz')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addHelpText('after', '\nExample:\n  hearth export --sagemaker --out model.tar.gz')
    .action(async (wanted: string | undefined, { out, sagemaker: _only, ...where }: Options) => {
      const registry = await openModel(where);
      const version = await findVersion(registry, wanted);
      const bytes = await packForSagemaker(join(registry.folder, version));
      await writeFile(out, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? inputError('BAD_TARGET', out, 'is there already') : error;
      });
      console.log(`${version} is packed; written to ${out}`);
    });
