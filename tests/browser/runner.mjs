// Runs the steps of GitHub's and GitLab's workflows as they stand, in a temporary git repository: with the environment
// that the runner gives, the real casebook on the PATH, and fakes for what would reach another host.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ROOT, program, temporaryFolder } from './sites.mjs';

const FAKES = fileURLToPath(new URL('fakes', import.meta.url));

/** A file of YAML as a value. */
export function yaml(path) {
  return parse(readFileSync(path, 'utf8'));
}

/** Runs git in a folder. */
export function git(folder, ...args) {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, `git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A machine that runs steps in `workspace`. */
export class Machine {
  /** `fakes` are the names that programs of `tests/browser/fakes` take; `casebook` says whether that is there. */
  constructor(workspace, { fakes = ['gh', 'curl'], casebook = true } = {}) {
    this.workspace = workspace;
    this.temp = temporaryFolder();
    this.bin = join(this.temp, 'bin');
    mkdirSync(this.bin);
    for (const name of fakes) {
      const fake = join(this.bin, name);
      writeFileSync(fake, `#!/bin/sh\nexec "${process.execPath}" "${join(FAKES, `${name}.mjs`)}" "$@"\n`);
      chmodSync(fake, 0o755);
    }
    this.folders = (process.env.PATH ?? '').split(delimiter);
    if (casebook) {
      symlinkSync(resolve(program('CASEBOOK', 'casebook', 'cargo build')), join(this.bin, 'casebook'));
    } else {
      // Neither is there what it could be built with.
      this.folders = this.folders.filter((it) => !['casebook', 'cargo'].some((name) => existsSync(join(it, name))));
    }
    /** What the fakes keep: requests, comments, files to download. */
    this.state = join(this.temp, 'state');
    mkdirSync(this.state);
    this.path = [];
    this.env = {};
  }

  /** What the fakes were asked, in order. */
  get requests() {
    const log = join(this.state, 'requests.jsonl');
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  }

  /** The environment of every step. */
  environment(extra) {
    const path = [...this.path, this.bin, ...this.folders].join(delimiter);
    return { PATH: path, HOME: process.env.HOME ?? '', LANG: 'C.UTF-8', CI: 'true', FAKE_STATE: this.state, ...this.env, ...extra };
  }

  /** Runs a script and gives its exit status and what it printed. */
  bash(script, env, options = ['-eo', 'pipefail']) {
    const file = join(this.temp, 'step.sh');
    writeFileSync(file, script);
    const args = ['--noprofile', '--norc', ...options, file];
    const { status, stdout, stderr, error } = spawnSync('bash', args, {
      cwd: this.workspace, env: this.environment(env), encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26,
    });
    if (error) throw error;
    return { status, stdout, stderr, output: stdout + stderr };
  }
}

/** A machine that runs GitHub's workflows and composite actions. `context` has what expressions can name. */
export class GitHub extends Machine {
  constructor(workspace, context, options) {
    super(workspace, options);
    this.context = { secrets: {}, env: {}, needs: {}, runner: { os: 'Linux', arch: 'X64', temp: this.temp }, ...context };
    const { github } = this.context;
    writeFileSync(join(this.temp, 'event.json'), JSON.stringify(github.event ?? {}));
    this.summary = join(this.temp, 'summary.md');
    this.env = {
      GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_EVENT_PATH: join(this.temp, 'event.json'),
      GITHUB_EVENT_NAME: github.event_name, GITHUB_REPOSITORY: github.repository, GITHUB_REF_NAME: github.ref_name,
      GITHUB_SERVER_URL: 'https://github.com', GITHUB_STEP_SUMMARY: this.summary, RUNNER_TEMP: this.temp,
      RUNNER_OS: this.context.runner.os, RUNNER_ARCH: this.context.runner.arch,
    };
  }

  /** The value of a dotted path; empty where there is none. */
  lookup(path, context) {
    const [root, ...rest] = path.split('.');
    assert.ok(root in context, `the expression names \`${path}\``);
    return rest.reduce((value, key) => value?.[key], context[root]) ?? '';
  }

  /** The text with each `${{ … }}` replaced. */
  expand(text, context) {
    return String(text).replace(/\$\{\{\s*([^}]*?)\s*\}\}/g, (_, path) => String(this.lookup(path, context)));
  }

  /** Whether a condition holds. */
  holds(condition, context) {
    const code = condition.replace(/^\$\{\{|\}\}$/g, '').replaceAll('==', '===').replaceAll('!===', '!==')
      .replaceAll('!cancelled()', 'true')
      .replace(/'[^']*'|\b[a-z_]+(?:\.[a-z_-]+)+/g, (part) =>
        part.startsWith("'") ? part : JSON.stringify(this.lookup(part, context)));
    return Boolean(new Function(`return (${code});`)());
  }

  /**
   * Runs steps; those that use an action of others are passed over, their outputs taken from `uses`. Gives what each
   * script printed, by the step's name, the outputs of all, and the first exit status that is not 0.
   */
  steps(steps, { env = {}, uses = {}, inputs, actionPath } = {}) {
    const context = { ...this.context, steps: {}, env, inputs };
    const ran = {};
    let status = 0;
    for (const step of steps) {
      if (status !== 0 || (step.if && !this.holds(step.if, context))) continue;
      let outputs = {};
      if (step.uses) {
        outputs = uses[step.uses.split('@')[0]] ?? {};
      } else {
        const result = this.step(step, context, { ...env, ...(actionPath && { GITHUB_ACTION_PATH: actionPath }) });
        ran[step.name] = result;
        ({ status, outputs } = result);
      }
      if (step.id) context.steps[step.id] = { outputs };
    }
    return { ran, status, steps: context.steps };
  }

  step(step, context, env) {
    assert.ok(step.name, `a step has no name: ${step.run}`);
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, this.expand(value, context)]);
    const file = (name) => join(this.temp, name);
    const files = { GITHUB_OUTPUT: file('output'), GITHUB_PATH: file('path'), GITHUB_ENV: file('env') };
    Object.values(files).forEach((file) => writeFileSync(file, ''));
    assert.doesNotMatch(step.run, /\$\{\{/, 'what somebody else can write is no part of a script');
    const result = this.bash(step.run, { ...env, ...Object.fromEntries(own), ...files });
    this.path.unshift(...readFileSync(files.GITHUB_PATH, 'utf8').split('\n').filter(Boolean));
    Object.assign(this.env, outputs(readFileSync(files.GITHUB_ENV, 'utf8')));
    return { ...result, outputs: outputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
  }

  /** Runs a job of a workflow, if its condition holds; `undefined` where it does not. */
  job(workflow, name, options = {}) {
    const job = workflow.jobs[name];
    const env = Object.fromEntries(
      Object.entries({ ...workflow.env, ...job.env }).map(([key, value]) => [key, this.expand(value, this.context)]));
    if (job.if && !this.holds(job.if, { ...this.context, env })) return undefined;
    const result = this.steps(job.steps, { env, ...options });
    const outputs = Object.entries(job.outputs ?? {});
    const context = { ...this.context, env, steps: result.steps };
    result.outputs = Object.fromEntries(outputs.map(([key, value]) => [key, this.expand(value, context)]));
    this.context.needs[name] = { result: result.status === 0 ? 'success' : 'failure', outputs: result.outputs };
    return result;
  }

  /** Runs a composite action with inputs in place of its defaults. */
  action(path, inputs = {}, options = {}) {
    const action = yaml(path);
    const defaults = Object.entries(action.inputs).map(([name, { default: value }]) => [name, this.expand(value, this.context)]);
    const given = Object.fromEntries(defaults);
    for (const [name, value] of Object.entries(inputs)) {
      assert.ok(name in given, `the action has no input ${name}`);
      given[name] = value;
    }
    return this.steps(action.runs.steps, { inputs: given, actionPath: dirname(resolve(path)), ...options });
  }
}

/** What a step wrote to GITHUB_OUTPUT or GITHUB_ENV: `name=value`, or `name<<END`, lines, `END`. */
function outputs(text) {
  const found = {};
  const lines = text.split('\n');
  while (lines.length) {
    const line = lines.shift();
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    if (name) {
      const at = lines.indexOf(end);
      assert.notEqual(at, -1, `the output ${name} is not ended`);
      found[name] = lines.splice(0, at + 1).slice(0, -1).join('\n');
    } else if (line) {
      const at = line.indexOf('=');
      assert.ok(at > 0, `not an output: ${line}`);
      found[line.slice(0, at)] = line.slice(at + 1);
    }
  }
  return found;
}

/** A machine that runs GitLab's jobs: all scripts of a job in one shell. */
export class GitLab extends Machine {
  constructor(workspace, variables, options) {
    super(workspace, options);
    this.env = { GITLAB_CI: 'true', CI_PROJECT_DIR: workspace, ...variables };
  }

  /** Whether the rules let it run: each compares variables. */
  runs(rules = []) {
    const value = (name) => JSON.stringify(this.env[name] ?? '');
    return rules.length === 0 || rules.some(({ if: rule }) =>
      new Function(`return (${rule.replaceAll('==', '===').replace(/\$(\w+)/g, (_, name) => value(name))});`)());
  }

  job(pipeline, name) {
    const job = pipeline[name];
    if (!this.runs(pipeline.workflow.rules) || !this.runs(job.rules)) return undefined;
    const variables = Object.fromEntries(Object.entries(pipeline.variables).map(([key, value]) => [key, String(value)]));
    const scripts = [...(pipeline.default.before_script ?? []), ...job.script];
    return this.bash(scripts.join('\n'), variables);
  }
}

/** A new dossier in a repository of its own, with a first commit on `main`. */
export function repository() {
  const folder = join(temporaryFolder(), 'dossier');
  const casebook = resolve(program('CASEBOOK', 'casebook', 'cargo build'));
  const made = spawnSync(casebook, ['new', folder], { encoding: 'utf8', cwd: ROOT });
  assert.equal(made.status, 0, made.stderr);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=Begin');
  return folder;
}

/** Changes files on a branch, and checks it out as GitHub does a pull request: merged into its base. */
export function pullRequest(folder, change) {
  git(folder, 'switch', '--quiet', '--create', 'change');
  change(folder);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=Change');
  git(folder, 'switch', '--quiet', '--detach', 'main');
  git(folder, 'merge', '--quiet', '--no-ff', '--message=Merge', 'change');
}

/** Replaces words in a file, which must be there. */
export function edit(path, from, to) {
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${path} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}
