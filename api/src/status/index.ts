export { countTraffic } from './traffic.ts';
export { readVersions, scoresOf } from './versions.ts';
