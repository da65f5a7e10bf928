import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
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

describe.each(files)('$name', ({ name }) => {
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

  it('runs what there is, and puts no text from outside into a command', () => {
    const commands = Object.values(jobs).flatMap(({ steps }) => steps?.flatMap(({ run }) => run ?? []) ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(command).not.toContain('${{');
      for (const [, script] of command.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(script);
      for (const [file] of command.matchAll(/(?:scripts|\.ci)\/[\w./-]+/g)) {
        expect(existsSync(new URL(file, root)), file).toBe(true);
      }
    }
  });
});

it('the sweep shares its arms, hands in a file a machine, and merges them all', () => {
  const { jobs } = workflow('sweep.yml');
  expect(jobs['run']?.strategy?.matrix['shard']).toContain('needs.share.outputs.shards');
  const commands = (job: string): string => (jobs[job]?.steps ?? []).map(({ run }) => run ?? '').join('\n');
  expect(commands('run')).toMatch(/npm run sweep -- .*--shard "\$SHARD\/\$SHARDS"/);
  expect(jobs['merge']?.needs).toBe('run');
  expect(commands('merge')).toContain('scripts/sweep-merge.ts');
});

it('contributions are checked where they change', () => {
  const { on, jobs } = workflow('contributions.yml');
  expect(on).toEqual({ pull_request: { paths: ['content/attention/contributions/**'] } });
  expect(jobs['recheck']?.steps?.some(({ run }) => run?.startsWith('npm run recheck'))).toBe(true);
});
