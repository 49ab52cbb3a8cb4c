import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** Finds import circles, also of types, and imports that the layers in docs/ARCHITECTURE.md do not allow. */
const packages = ['artifact', 'training', 'api', 'web', 'bench', 'deploy', 'notebook', 'pack', 'scripts'];
const tests = '\\.(test|proof)\\.ts$|/testing/';

/** Files in `from` may import only from the folders `allowed`, and packages. */
const only = (name: string, from: string, allowed: string[], comment: string): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: `^(${packages.join('|')})/`, pathNot: `^(${allowed.join('|')})/` },
});

const forbidden: IForbiddenRuleType[] = [
  {
    name: 'no-circle',
    comment: 'types count too: move what two files share to a third',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  only('artifact-alone', '^artifact/', ['artifact'], 'artifact imports no other package'),
  only('training-on-artifact', '^training/', ['training', 'artifact'], 'training imports only artifact'),
  only(
    'api-on-artifact',
    '^api/(?!src/server/serve-page)',
    ['api', 'artifact'],
    'the API imports only artifact',
  ),
  only('page-on-artifact', '^web/(src|server|build)/', ['web', 'artifact'], 'the page imports only artifact'),
  only(
    'browser-tests-by-the-door',
    '^web/(browser|scripts)/',
    ['web', 'artifact', 'training', 'api'],
    'tests of the page run the whole system',
  ),
  {
    name: 'through-the-door',
    comment: 'import another package by its name, through the exports of its package.json',
    severity: 'error',
    from: { path: '^([^/]+)/' },
    to: {
      path: '^(artifact|training|api|web|bench|deploy|pack)/',
      pathNot: '^$1/',
      dependencyTypes: ['local'],
    },
  },
  {
    name: 'page-on-types',
    comment:
      'the page imports only types from artifact: code would be sent to every visitor. The arithmetic of decisions is small',
    severity: 'error',
    from: { path: '^web/src/' },
    to: {
      path: '^artifact/',
      pathNot: '^artifact/src/decision/figures',
      dependencyTypesNot: ['type-only'],
    },
  },
];

process.chdir(join(import.meta.dirname, '..'));
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => file.includes('/') && !file.startsWith('.'));
const { output } = await cruise(sources, {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'node', 'default'],
  },
  ruleSet: { forbidden },
  validate: true,
});
const { modules, summary } = output as ICruiseResult;

const read = new Set(modules.map(({ source }) => source));
const unread = sources.filter((file) => !read.has(file));
for (const { from, to, rule, cycle } of summary.violations) {
  const way = cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`;
  console.error(`${rule.name}: ${way}`);
}
if (unread.length > 0) console.error(`${unread.length} files were not read, such as ${unread[0]}`);
// With an unsupported TypeScript, dependency-cruiser reads every file but finds no imports.
const imports = modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
if (imports < sources.length)
  console.error(
    `only ${imports} imports were found in ${sources.length} files: does dependency-cruiser support this TypeScript?`,
  );
const isSound = summary.violations.length === 0 && unread.length === 0 && imports >= sources.length;
console.log(`${sources.length} files, ${imports} imports, ${summary.violations.length} violations`);
process.exit(isSound ? 0 : 1);
