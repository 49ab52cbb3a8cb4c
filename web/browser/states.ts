import type { Page } from 'playwright-core';

/** A state of the page that visitors can see. */
export interface State {
  name: string;
  fragment: string;
  /** Brings the opened page into the state, and waits for it. */
  arrive(page: Page): Promise<unknown>;
  /** Parts that differ every time, such as times and measurements. */
  changing?: string[];
}

const everything =
  '#age=63&sex=male&cp=asymptomatic&exang=yes&trestbps=145&chol=233&fbs=yes&restecg=normal' +
  '&thalach=150&oldpeak=2.3&slope=flat&ca=1&thal=reversible-defect';

/** Scrolls to the curve, which is rendered only when it is near. */
export async function goToCurve(page: Page): Promise<void> {
  await page.locator('.curve').scrollIntoViewIfNeeded();
  await page.locator('.plot .line').first().waitFor();
}

/** Waits for the number, contributions, interval steps and curve, and scrolls back to the top. */
async function answered(page: Page): Promise<void> {
  await page.locator('.number').waitFor();
  await page.locator('.contributions').waitFor();
  if (await page.locator('.field[data-given=true]').count()) await page.locator('.narrowing').waitFor();
  await goToCurve(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.locator('.strip').waitFor({ state: 'detached' });
}

const failing = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    title: 'No model is in production',
    status: 503,
    detail:
      'no version is in production: models/heart/aliases.json does not name one; promote one with: hearth promote latest',
  }),
};

export const states: readonly State[] = [
  { name: 'age-only', fragment: '#age=58', arrive: answered },
  { name: 'empty', fragment: '#age=', arrive: answered },
  { name: 'full', fragment: everything, arrive: answered },
  { name: 'out-of-range', fragment: '#age=95&trestbps=250', arrive: answered },
  {
    name: 'invalid',
    fragment: '#age=150',
    async arrive(page) {
      await page.getByText('Too high.').or(page.getByText('Valor muito alto.')).waitFor();
      await page.locator('.curve').scrollIntoViewIfNeeded();
      await page.locator('.plot-area').waitFor();
      await page.evaluate(() => window.scrollTo(0, 0));
    },
  },
  {
    name: 'error',
    fragment: '#age=58',
    async arrive(page) {
      await answered(page);
      await page.route('**/predict*', (route) => route.fulfill(failing));
      await page.locator('#field-age').fill('59');
      await page.locator('.error-notice').waitFor();
    },
  },
  {
    name: 'offline',
    fragment: '#age=58&sex=female',
    async arrive(page) {
      await answered(page);
      await page.context().setOffline(true);
      await page.locator('#field-age').fill('59');
      await page.locator('.error-notice').waitFor();
    },
  },
  {
    name: 'about',
    fragment: '#/about',
    arrive: (page) => page.locator('.calibration svg').waitFor(),
    changing: ['.facts dd'],
  },
  {
    name: 'ops',
    fragment: '#/ops',
    arrive: (page) => page.locator('.figures').waitFor(),
    changing: ['.figures dd', '.spans', '.hint', 'thead th', 'tbody th', 'tbody td'],
  },
];
