import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { embed } from './build/embed.ts';
import { head } from './build/head.ts';
import { siteFile } from './build/site-file.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: './', // so that the page works below any path
  plugins: [head(), siteFile(), embed(), compressed()],
  build: {
    target: 'es2022',
    // The content security policy refuses the data: addresses of inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // `npm start` and `hearth try` build the page for people who do not work on it.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
