// The workflows that `casebook new` lays down, the action, and this project's own: checked by actionlint, and their steps
// run as they stand.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GitHub, GitLab, edit, git, pullRequest, repository, yaml } from './runner.mjs';
import { ROOT, temporaryFolder } from './sites.mjs';

const OWN = join(ROOT, '.github/workflows');
const CLAIM = 'content/claims/ferry-ran-late.md';
const ACTION = join(ROOT, 'action.yml');

/** What GitHub says of a push to `main`. */
const push = () => ({
  github: {
    event_name: 'push', ref: 'refs/heads/main', ref_name: 'main', repository: 'desk/dossier', token: 'the-token',
    event: { repository: { default_branch: 'main' } },
  },
});

/** What GitHub says of a pull request from a branch of `from`. */
const pull = (from = 'desk/dossier') => ({
  github: {
    event_name: 'pull_request', ref: 'refs/pull/5/merge', ref_name: '5/merge', repository: 'desk/dossier', token: 'the-token',
    event: { repository: { default_branch: 'main' }, pull_request: { number: 5, head: { repo: { full_name: from } } } },
  },
});

const dossierWorkflow = (folder) => yaml(join(folder, '.github/workflows/dossier.yml'));
const spoilQuote = (folder) => edit(join(folder, CLAIM), 'quote = "', 'quote = "Nobody ever said that ');
const reword = (folder) => edit(join(folder, CLAIM), 'claim = "', 'claim = "It is said: ');

test('actionlint finds nothing wrong', (t) => {
  const laidDown = join(repository(), '.github/workflows/dossier.yml');
  const files = [...readdirSync(OWN).map((file) => join(OWN, file)), laidDown];
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'scripts/actionlint'), ['-no-color', ...files], { encoding: 'utf8' });
  if (status === 77) return t.skip(stderr.trim());
  assert.equal(status, 0, stdout + stderr);
  const broken = join(temporaryFolder(), 'broken.yml');
  writeFileSync(broken, 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: "echo ${{ github.nothing }}" }]\n');
  assert.equal(spawnSync(join(ROOT, 'scripts/actionlint'), [broken]).status, 1);
});

test('the page about publishing has the action as it is', (t) => {
  const page = readFileSync(join(ROOT, 'docs/publishing.md'), 'utf8');
  const action = yaml(ACTION);
  const table = page.split('| input | says | default |')[1].split('\n\n')[0];
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(rows, Object.keys(action.inputs));
  for (const name of Object.keys(action.outputs)) assert.ok(page.includes(`\`${name}\``), name);
  const [version] = /(?<=^version = ").*(?=")/m.exec(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'));
  const named = [...`${page}${readFileSync(ACTION, 'utf8')}`.matchAll(/OWNER\/casebook@v([\d.]+)/g)];
  assert.deepEqual(new Set(named.map(([, it]) => it)), new Set([version]));
  const [, workflow] = /```yaml\n(on:[^]*?)```/.exec(page);
  const file = join(temporaryFolder(), 'workflow.yml');
  writeFileSync(file, workflow);
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'scripts/actionlint'), ['-no-color', file], { encoding: 'utf8' });
  if (status === 77) return t.skip(stderr.trim());
  assert.equal(status, 0, stdout + stderr);
});

test('nobody gets more rights than needed, and a pull request of strangers no secrets', () => {
  const laidDown = dossierWorkflow(repository());
  const own = readdirSync(OWN).map((file) => yaml(join(OWN, file)));
  for (const workflow of [laidDown, ...own]) {
    assert.deepEqual(workflow.permissions, { contents: 'read' });
    assert.ok(!('pull_request_target' in workflow.on) && !('workflow_run' in workflow.on));
    for (const job of Object.values(workflow.jobs)) {
      assert.ok(job['timeout-minutes'] > 0, 'no job runs for ever');
      for (const { uses } of job.steps.filter((step) => step.uses)) assert.match(uses, /^(actions\/[a-z-]+@v\d+|\.\/)$/);
      const checkouts = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout'));
      checkouts.forEach((step) => assert.equal(step.with['persist-credentials'], false));
    }
  }
  const { check, comment, publish } = laidDown.jobs;
  assert.equal(check.permissions, undefined);
  assert.deepEqual(comment.permissions, { 'pull-requests': 'write' });
  assert.ok(!comment.steps.some(({ uses }) => uses), 'who may write runs nothing of the pull request');
  assert.match(publish.if, /github\.event_name == 'push'/);
});

test('a push is checked and published', () => {
  const folder = repository();
  const machine = new GitHub(folder, push());
  const workflow = dossierWorkflow(folder);
  const check = machine.job(workflow, 'check');
  assert.equal(check.status, 0, JSON.stringify(check.ran));
  assert.deepEqual(Object.keys(check.ran), ['Install casebook', 'Put withheld names beside the checkout', 'Check']);
  assert.equal(machine.job(workflow, 'comment'), undefined);
  const uses = { 'actions/configure-pages': { base_url: 'https://desk.github.io/dossier' } };
  const publish = machine.job(workflow, 'publish', { uses });
  assert.equal(publish.status, 0, JSON.stringify(publish.ran));
  assert.match(readFileSync(join(folder, 'public/index.html'), 'utf8'), /https:\/\/desk\.github\.io\/dossier\//);
  assert.equal(git(folder, 'status', '--porcelain'), '', 'what is built is no part of the repository');
  assert.deepEqual(machine.requests, []);
});

test('casebook is installed where it is not', () => {
  const folder = repository();
  const machine = new GitHub(folder, push(), { casebook: false });
  writeFileSync(join(machine.bin, 'cargo'), '#!/bin/sh\necho "$@" > "$FAKE_STATE/cargo"\n');
  chmodSync(join(machine.bin, 'cargo'), 0o755);
  const workflow = dossierWorkflow(folder);
  const install = { jobs: { install: { steps: workflow.jobs.check.steps.slice(0, 3) } }, env: workflow.env };
  const { status, ran } = machine.job(install, 'install');
  assert.equal(status, 0, JSON.stringify(ran));
  const [, version] = /^version = "(.*)"$/m.exec(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'));
  assert.equal(readFileSync(join(machine.state, 'cargo'), 'utf8').trim(), `install --locked --version ${version} casebook`);
});

test('a pull request gets annotations on the lines that are wrong, and one comment', () => {
  const folder = repository();
  pullRequest(folder, spoilQuote);
  const machine = new GitHub(folder, pull());
  const workflow = dossierWorkflow(folder);
  for (const [times, method] of [[1, 'POST'], [2, 'PATCH']]) {
    const check = machine.job(workflow, 'check');
    assert.equal(check.status, 1);
    assert.match(check.ran.Check.stdout, new RegExp(`^::error file=${CLAIM},line=\\d+,endLine=\\d+,col=\\d+`, 'm'));
    assert.match(check.outputs.changes, /^### What changes in the dossier\n[^]*`ferry-ran-late`/);
    assert.ok(readFileSync(machine.summary, 'utf8').includes(check.outputs.changes));
    const comment = machine.job(workflow, 'comment');
    assert.equal(comment.status, 0, JSON.stringify(comment.ran));
    const asked = machine.requests;
    assert.equal(asked.length, 2 * times, 'it looks for its comment, and writes it');
    assert.equal(asked.at(-1).method, method);
    assert.equal(asked.at(-1).body, `<!-- casebook diff -->\n${check.outputs.changes}`);
    assert.ok(asked.every(({ token }) => token === 'the-token'));
  }
  assert.equal(JSON.parse(readFileSync(join(machine.state, 'comments.json'), 'utf8')).length, 1);
  assert.equal(machine.job(workflow, 'publish'), undefined);
});

test('a comment of somebody else is left alone', () => {
  const folder = repository();
  pullRequest(folder, reword);
  const machine = new GitHub(folder, pull());
  const stranger = { id: 1, user: { type: 'User' }, body: '<!-- casebook diff -->\nmine' };
  writeFileSync(join(machine.state, 'comments.json'), JSON.stringify([stranger]));
  machine.job(dossierWorkflow(folder), 'check');
  assert.equal(machine.job(dossierWorkflow(folder), 'comment').status, 0);
  assert.deepEqual(machine.requests.map(({ method }) => method), ['GET', 'POST']);
});

test('a pull request from a fork is compared in the summary alone', () => {
  const folder = repository();
  pullRequest(folder, reword);
  const machine = new GitHub(folder, pull('stranger/dossier'));
  const workflow = dossierWorkflow(folder);
  assert.equal(machine.job(workflow, 'check').status, 0);
  assert.match(readFileSync(machine.summary, 'utf8'), /It is said/);
  assert.equal(machine.job(workflow, 'comment'), undefined);
  assert.equal(machine.job(workflow, 'publish'), undefined);
  assert.deepEqual(machine.requests, []);
});

test('a base from before the dossier is no error', () => {
  const folder = repository();
  mkdirSync(join(folder, 'elsewhere'));
  renameSync(join(folder, 'casebook.toml'), join(folder, 'elsewhere/casebook.toml'));
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=Before');
  pullRequest(folder, () => renameSync(join(folder, 'elsewhere/casebook.toml'), join(folder, 'casebook.toml')));
  const machine = new GitHub(folder, pull());
  const workflow = dossierWorkflow(folder);
  const check = machine.job(workflow, 'check');
  assert.equal(check.status, 0, JSON.stringify(check.ran));
  assert.match(check.ran['Say what changes'].stdout, /^::notice::/m);
  assert.equal(machine.job(workflow, 'comment'), undefined);
});

test('withheld names reach casebook as a file outside the checkout', () => {
  const folder = repository();
  const machine = new GitHub(folder, { ...push(), secrets: { WITHHELD_NAMES: 'Ann Other\nBea Third' } });
  const workflow = dossierWorkflow(folder);
  rmSync(join(machine.bin, 'casebook'));
  writeFileSync(join(machine.bin, 'casebook'), '#!/bin/sh\ncat "$CASEBOOK_WITHHELD_NAMES"; echo "in $CASEBOOK_WITHHELD_NAMES"\n');
  chmodSync(join(machine.bin, 'casebook'), 0o755);
  for (const [job, step] of [['check', 'Check'], ['publish', 'Build']]) {
    const { stdout } = machine.job(workflow, job).ran[step];
    assert.match(stdout, /^Ann Other\nBea Third\nin /);
    assert.ok(!stdout.includes(`in ${folder}`), 'outside what is checked out');
    delete machine.env.CASEBOOK_WITHHELD_NAMES;
  }
});

/** What GitLab says of a pipeline. */
const gitLab = (more) => ({
  CI_DEFAULT_BRANCH: 'main', CI_API_V4_URL: 'https://gitlab.example/api/v4', CI_PAGES_URL: 'https://desk.gitlab.io/dossier', ...more,
});

const mergeRequest = (folder, more) => gitLab({
  CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: git(folder, 'rev-parse', 'main'),
  CI_MERGE_REQUEST_PROJECT_ID: '9', CI_MERGE_REQUEST_IID: '5', ...more,
});

test('GitLab: the default branch is checked and published', () => {
  const folder = repository();
  const pipeline = yaml(join(folder, '.gitlab-ci.yml'));
  const machine = new GitLab(folder, gitLab({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' }));
  const check = machine.job(pipeline, 'check');
  assert.equal(check.status, 0, check.output);
  assert.equal(readFileSync(join(folder, pipeline.check.artifacts.reports.codequality), 'utf8'), '[]\n');
  assert.equal(machine.job(pipeline, 'changes'), undefined);
  const pages = machine.job(pipeline, 'pages');
  assert.equal(pages.status, 0, pages.output);
  assert.deepEqual(pipeline.pages.artifacts.paths, ['public']);
  assert.match(readFileSync(join(folder, 'public/index.html'), 'utf8'), /https:\/\/desk\.gitlab\.io\/dossier\//);
  assert.equal(new GitLab(folder, gitLab({ CI_COMMIT_BRANCH: 'other' })).job(pipeline, 'pages'), undefined);
});

test('GitLab: a merge request gets its findings on the lines, and one note', () => {
  const folder = repository();
  pullRequest(folder, spoilQuote);
  const pipeline = yaml(join(folder, '.gitlab-ci.yml'));
  const machine = new GitLab(folder, mergeRequest(folder, { CASEBOOK_NOTE_TOKEN: 'note-token' }));
  const check = machine.job(pipeline, 'check');
  assert.equal(check.status, 1);
  const [finding] = JSON.parse(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8'));
  assert.equal(finding.location.path, CLAIM);
  assert.equal(finding.severity, 'major');
  for (const method of ['POST', 'PUT']) {
    const changes = machine.job(pipeline, 'changes');
    assert.equal(changes.status, 0, changes.output);
    const asked = machine.requests;
    assert.equal(asked.at(-1).method, method);
    assert.match(asked.at(-1).body, /^<!-- casebook diff -->\n### What changes in the dossier\n[^]*`ferry-ran-late`/);
    for (const { args, header } of asked) {
      assert.ok(!args.join(' ').includes('note-token'), 'a token is not on a command line');
      assert.equal(header.trim(), 'header = "PRIVATE-TOKEN: note-token"');
    }
  }
  assert.ok(!existsSync(`${folder}.token`), 'the token does not stay');
  assert.equal(JSON.parse(readFileSync(join(machine.state, 'notes.json'), 'utf8')).length, 1);
  assert.equal(machine.job(pipeline, 'pages'), undefined);
});

test('GitLab: without a token the changes are in the log', () => {
  const folder = repository();
  pullRequest(folder, reword);
  const machine = new GitLab(folder, mergeRequest(folder));
  const changes = machine.job(yaml(join(folder, '.gitlab-ci.yml')), 'changes');
  assert.equal(changes.status, 0, changes.output);
  assert.match(changes.stdout, /It is said/);
  assert.deepEqual(machine.requests, []);
});

test('the action checks, builds and comments, in a folder of the repository', () => {
  const folder = repository();
  git(folder, 'switch', '--quiet', '--create', 'moved');
  mkdirSync(join(folder, 'dossiers/one'), { recursive: true });
  for (const name of ['casebook.toml', 'content']) git(folder, 'mv', name, join('dossiers/one', name));
  git(folder, 'commit', '--quiet', '--message=Move');
  git(folder, 'branch', '--force', 'main', 'moved');
  const inner = (path) => join(folder, 'dossiers/one', path);
  pullRequest(folder, () => edit(inner(CLAIM), 'claim = "', 'claim = "It is said: '));
  const machine = new GitHub(folder, pull());
  const inputs = { root: 'dossiers/one', 'base-url': 'https://example.org/one/' };
  const result = machine.action(ACTION, inputs);
  assert.equal(result.status, 0, JSON.stringify(result.ran));
  assert.equal(result.steps.build.outputs.site, inner('public'));
  assert.ok(existsSync(inner('public/index.html')));
  assert.match(result.steps.install.outputs.version, /^\d+\.\d+\.\d+/);
  const [, written] = machine.requests;
  assert.match(written.body, /^<!-- casebook diff dossiers\/one -->\n[^]*https:\/\/example\.org\/one\/claims\/ferry-ran-late\.html/);
  const quiet = new GitHub(folder, pull());
  assert.equal(quiet.action(ACTION, { ...inputs, comment: 'false', output: '' }).status, 0);
  assert.deepEqual(quiet.requests, []);
  edit(inner(CLAIM), 'quote = "', 'quote = "Nobody said that ');
  const broken = machine.action(ACTION, inputs);
  assert.equal(broken.status, 1);
  assert.match(broken.ran['Check and build'].stdout, /^::error file=dossiers\/one\/content\/claims\//m);
});

/** A release of a casebook that says it is `version`, as the release workflow packs it. */
function release(state, version, target) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'casebook'), `#!/bin/sh\n[ "$1" = --version ] && echo "casebook ${version}"\nexit 0\n`);
  chmodSync(join(folder, 'casebook'), 0o755);
  const file = `casebook-${version}-${target}.tar.gz`;
  assert.equal(spawnSync('tar', ['-czf', join(state, file), '-C', folder, '.']).status, 0);
  const hash = createHash('sha256').update(readFileSync(join(state, file))).digest('hex');
  writeFileSync(join(state, `${file}.sha256`), `${hash}  ${file}\n`);
  return file;
}

/** A machine without casebook, for the action at a version. */
function bare(ref, runner = { os: 'Linux', arch: 'X64' }) {
  const context = push();
  Object.assign(context.github, { action_ref: ref, action_repository: 'makers/casebook', action_path: ROOT });
  const machine = new GitHub(repository(), { ...context, runner }, { casebook: false });
  machine.env.RUNNER_TEMP = machine.temp;
  writeFileSync(join(machine.bin, 'cargo'), '#!/bin/sh\necho "$@" >> "$FAKE_STATE/cargo"\n' +
    'while [ "$1" != --root ]; do shift; done\nmkdir -p "$2/bin"\n' +
    'printf \'#!/bin/sh\\necho "casebook 0.0.1"\\n\' > "$2/bin/casebook"\nchmod +x "$2/bin/casebook"\n');
  chmodSync(join(machine.bin, 'cargo'), 0o755);
  return machine;
}

test('the action takes the released program, if its checksum is right', () => {
  for (const [os, arch, target] of [['Linux', 'ARM64', 'aarch64-unknown-linux-musl'], ['macOS', 'X64', 'x86_64-apple-darwin']]) {
    const machine = bare('v7.8.9', { os, arch });
    release(machine.state, '7.8.9', target);
    const { status, steps, ran } = machine.action(ACTION, { output: '' });
    assert.equal(status, 0, JSON.stringify(ran));
    assert.equal(steps.install.outputs.version, '7.8.9');
    assert.match(machine.requests[0].url, /^https:\/\/github\.com\/makers\/casebook\/releases\/download\/v7\.8\.9\//);
    assert.equal(machine.path.length, 1);
  }
  const machine = bare('v7.8.9');
  const file = release(machine.state, '7.8.9', 'x86_64-unknown-linux-musl');
  writeFileSync(join(machine.state, `${file}.sha256`), `${'0'.repeat(64)}  ${file}\n`);
  const { status, ran } = machine.action(ACTION);
  assert.notEqual(status, 0);
  assert.deepEqual(Object.keys(ran), ['Install casebook']);
  assert.ok(!existsSync(join(machine.state, 'cargo')), 'a wrong checksum leads no other way');
});

test('the action builds casebook where there is no release', () => {
  const machine = bare('main');
  const { status, ran } = machine.action(ACTION, { output: '' });
  assert.equal(status, 0, JSON.stringify(ran));
  assert.match(readFileSync(join(machine.state, 'cargo'), 'utf8'), new RegExp(`^install --locked --path ${ROOT}`));
  const named = bare('v7.8.9');
  assert.equal(named.action(ACTION, { version: '1.2.3', output: '' }).status, 0);
  assert.match(readFileSync(join(named.state, 'cargo'), 'utf8'), /^install --locked --version 1\.2\.3 /);
  assert.match(named.requests[0].url, /v1\.2\.3\/casebook-1\.2\.3-x86_64-unknown-linux-musl\.tar\.gz$/);
});

test('a release is packed under the names that the action asks for', () => {
  const workflow = yaml(join(OWN, 'release.yml'));
  const targets = workflow.jobs.build.strategy.matrix.include.map(({ target }) => target);
  const action = readFileSync(ACTION, 'utf8');
  const asked = [...action.matchAll(/\) target=(\S+) ;;/g)].map(([, target]) => target);
  assert.deepEqual([...targets].sort(), asked.sort());
  const [version] = /(?<=^version = ").*(?=")/m.exec(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'));
  const folder = temporaryFolder();
  const context = push();
  context.github.ref_name = `v${version}`;
  const machine = new GitHub(folder, { ...context, matrix: { target: targets[0] } });
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'Cargo.toml']) {
    writeFileSync(join(folder, file), readFileSync(join(ROOT, file)));
  }
  mkdirSync(join(folder, `target/${targets[0]}/release`), { recursive: true });
  writeFileSync(join(folder, `target/${targets[0]}/release/casebook`), 'program');
  const only = (job, ...names) => {
    const steps = workflow.jobs[job].steps.filter((step) => names.includes(step.name));
    assert.equal(steps.length, names.length);
    return machine.job({ env: {}, jobs: { [job]: { ...workflow.jobs[job], steps } } }, job);
  };
  assert.equal(only('package', 'Compare the tag with Cargo.toml and CHANGELOG.md').status, 0);
  assert.equal(only('build', 'Pack').status, 0);
  const file = `casebook-${version}-${targets[0]}.tar.gz`;
  assert.deepEqual(readdirSync(join(folder, 'release')).filter((name) => name !== 'files').sort(), [file, `${file}.sha256`]);
  rmSync(join(folder, 'release/files'), { recursive: true });
  const published = only('publish', 'Publish the release');
  assert.equal(published.status, 0, JSON.stringify(published.ran));
  assert.ok(machine.requests[0].args.includes('./SHA256SUMS') && machine.requests[0].args.includes(`./${file}`));
  machine.env.GITHUB_REF_NAME = 'v0.0.0';
  assert.equal(only('package', 'Compare the tag with Cargo.toml and CHANGELOG.md').status, 1);
});
