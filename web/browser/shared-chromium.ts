import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one Chromium listens that all files of browser tests use. */
    chromium: string;
  }
}

/** Starts one Chromium for all files, and ends it after the last. */
export default async function shareChromium(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(launchOptions);
  project.provide('chromium', server.wsEndpoint());
  return () => server.close();
}
