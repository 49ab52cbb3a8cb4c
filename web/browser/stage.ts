import { type SmallModels, smallModelOf } from '@hearth/training/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { visit } from './chromium.ts';
import { connectChromium } from './connect.ts';
import { committedModels, type RunningServer, startHearth } from './servers.ts';

/** What every test of the page needs; started before the first test and stopped after the last. */
export interface Stage {
  readonly browser: Browser;
  readonly hearth: RunningServer;
  readonly models: string;
  /** Opens the page as a new visitor. */
  visit(fragment?: string, options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
}

/** A folder of models for a test. */
type Models = Pick<SmallModels, 'folder' | 'remove'>;

/** A browser, and Hearth with a small model of all columns of a data package, with made models, or with the committed ones. */
export function stageWith(data?: string | (() => Promise<Models>)): Stage {
  let browser: Browser;
  let hearth: RunningServer;
  let small: Models | undefined;

  beforeAll(async () => {
    [browser, small] = await Promise.all([
      connectChromium(),
      typeof data === 'string' ? smallModelOf(data) : data?.(),
    ]);
    hearth = await startHearth(small?.folder);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await hearth?.stop();
    await small?.remove();
  });

  return {
    get browser() {
      return browser;
    },
    get hearth() {
      return hearth;
    },
    get models() {
      return small?.folder ?? committedModels;
    },
    visit: (fragment = '', options = {}) => visit(browser, `${hearth.url}/${fragment}`, options),
  };
}
