export { countTraffic, type Traffic } from './traffic.ts';
export { readVersions, type ScoredVersion, scoresOf, type VersionsStatus } from './versions.ts';
