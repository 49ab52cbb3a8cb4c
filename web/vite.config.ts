import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { head } from './build/head.ts';
import { siteFile } from './build/site-file.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [head(), siteFile(), compressed()],
  build: {
    target: 'es2022',
    // An inlined asset would be a data: address, which the page's content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
