export { type StaticSiteOptions, staticSite } from './static-site.ts';
