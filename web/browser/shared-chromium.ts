import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the Chromium that all browser test files share. */
    chromium: string;
  }
}

/** Starts one Chromium for all test files, and stops it after the last one. */
export default async function shareChromium(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer(launchOptions);
  project.provide('chromium', server.wsEndpoint());
  return () => server.close();
}
