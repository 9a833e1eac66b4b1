import { type Process, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { env } from 'node:process';

const ROOT = new URL('../../../../', import.meta.url);
const PYTHON = new URL('.venv/bin/python', ROOT).pathname;
const ADDRESS = /^Fieldproof (http:\S+)$/m;
const CODE = /(?:[0-9A-Z]{2}-){7}[0-9A-Z]{2}/;

/** The product itself as a process on SQLite, with a company of one admin; it can be killed and put back. */
export class OfficeProcess {
  address = '';
  readonly login = 'admin-one';
  readonly password = crypto.randomUUID();
  readonly #folder: string;
  #process: Process | undefined;
  #said = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** An office with its admin; `end` must be called. */
  static async found(): Promise<OfficeProcess> {
    const office = new OfficeProcess(await mkdtemp(`${tmpdir()}/fieldproof-`));
    await office.start();
    const { login, password } = office;
    const unit = { unit_name: '板橋服務中心', unit_code: 'BAN', unit_kind: 'center' };
    const wish = {
      code: CODE.exec(office.#said)?.[0],
      company: '板橋電器',
      ...unit,
      admin_name: '吳建宏',
      login,
      password,
    };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${office.address}/api/start/company`, {
      method: 'POST',
      headers,
      body: JSON.stringify(wish),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return office;
  }

  /** Starts at the address that it had before, if any; resolves when it answers. */
  async start(): Promise<void> {
    const port = new URL(this.address || 'http://localhost:0').port;
    this.#said = '';
    // The kernel ends it when the tests are killed.
    const words = ['--pdeathsig', 'KILL', '--', PYTHON, '-m', 'server'];
    const settings = { ...env, DATA: `${this.#folder}/data`, DATABASE_URL: '', PORT: port || '0' };
    const started = spawn('setpriv', words, { cwd: ROOT, env: settings });
    this.#process = started;
    const hear = (chunk: Uint8Array) => {
      this.#said += new TextDecoder().decode(chunk);
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    while (!ADDRESS.test(this.#said)) {
      if (started.exitCode !== null || started.signalCode !== null) throw new Error(this.#said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.address = ADDRESS.exec(this.#said)?.[1] ?? '';
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await ended;
  }

  /** Copies everything it keeps, while it is down. */
  async backUp(): Promise<void> {
    await this.kill();
    await cp(`${this.#folder}/data`, `${this.#folder}/backup`, { recursive: true });
    await this.start();
  }

  /** Puts the copy in place of what it keeps. */
  async putBack(): Promise<void> {
    await this.kill();
    await rm(`${this.#folder}/data`, { recursive: true, force: true });
    await cp(`${this.#folder}/backup`, `${this.#folder}/data`, { recursive: true });
    await this.start();
  }

  async end(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
