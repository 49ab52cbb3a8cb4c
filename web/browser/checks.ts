import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The violations that axe finds, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The elements that overflow their box or the window, one line each; except text for screen readers, text that ends in "…", and labels at the end of an axis. */
export const overflow = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const look = (element: Element): void => {
      const { display, clipPath, textOverflow } = getComputedStyle(element);
      if (display === 'none' || clipPath !== 'none') return;
      const { clientWidth, scrollWidth, tagName, className, textContent } = element;
      const { left, right } = element.getBoundingClientRect();
      const isAllowed = textOverflow === 'ellipsis' || element.matches('.bar-axis');
      const isWider = clientWidth > 0 && scrollWidth > clientWidth && !isAllowed;
      if (isWider || left < 0 || right > innerWidth) {
        found.push(`${tagName}.${className} ${clientWidth} < ${scrollWidth}: ${textContent.slice(0, 40)}`);
      }
      for (const child of element.children) look(child);
    };
    look(document.documentElement);
    return found;
  });

/** The pairs of elements that overlap. */
export async function overlaps(page: Page, ...parts: string[]): Promise<string[]> {
  // In one call: a change of the page between two calls would move elements.
  const boxes = await page.evaluate(
    (names) => names.map((name) => document.querySelector(name)?.getBoundingClientRect().toJSON() as DOMRect),
    parts,
  );
  return parts.flatMap((part, i) =>
    parts.slice(i + 1).flatMap((other, j) => {
      const [a, b] = [boxes[i], boxes[i + 1 + j]];
      if (!a || !b) return [`${part} or ${other} is missing`];
      const isApart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      return isApart ? [] : [`${part} and ${other}`];
    }),
  );
}
