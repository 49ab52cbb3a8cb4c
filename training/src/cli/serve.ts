import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listModels } from '@hearth/artifact/store';
import { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelOption, modelsOption, wholeNumber } from './options.ts';
import { pageServer } from './page-server.ts';

interface Flags extends ModelOptions {
  port?: number;
  host?: string;
}

export const command = (): Command =>
  new Command('serve')
    .description(
      'Serves page and API of the model in production until Ctrl+C, and loads each version that is promoted. Settings are environment variables; /docs lists them.',
    )
    .addOption(modelsOption())
    .addOption(modelOption())
    .option('--port <number>', 'the port; or set PORT (default: 4200)', wholeNumber(1, 65_535))
    .option(
      '--host <address>',
      'where it listens, 0.0.0.0 for all networks; or set HOST (default: this machine alone)',
    )
    .addHelpText('after', examples('serve', 'serve --port 8080 --host 0.0.0.0'))
    .action(async ({ models, model, port, host }: Flags) => {
      const server = pageServer('serve');
      await listModels(models); // says what to do if there are none
      const given = {
        MODELS: resolve(models), // the server of a checkout runs in its own folder
        MODEL: model,
        PORT: port,
        HOST: host || process.env.HOST || '127.0.0.1',
      };
      for (const [name, value] of Object.entries(given))
        if (value !== undefined) process.env[name] = String(value);
      await import(pathToFileURL(server).href);
    });
