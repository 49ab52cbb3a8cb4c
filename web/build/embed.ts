import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vite';

const input = join(import.meta.dirname, '../src/embed/main.ts');

/** Writes the predictor for other people's pages as one script, `embed.js`, whose address never changes. */
export function embed(): Plugin {
  return {
    name: 'embed',
    apply: 'build',
    async generateBundle() {
      const bundle = await rolldown({ input });
      const { output } = await bundle.generate({ format: 'iife', minify: true });
      await bundle.close();
      this.emitFile({ type: 'asset', fileName: 'embed.js', source: output[0].code });
    },
  };
}
