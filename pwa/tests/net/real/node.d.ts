// The little of Node that starting an office needs: @types/node would give the app's own code Node's timers as well.

declare module 'node:child_process' {
  export interface Output {
    on(event: 'data', hear: (chunk: Uint8Array) => void): void;
  }
  export interface Process {
    readonly stdout: Output;
    readonly stderr: Output;
    readonly exitCode: number | null;
    readonly signalCode: string | null;
    kill(signal: 'SIGKILL'): boolean;
    once(event: 'exit', hear: () => void): void;
  }
  export function spawn(
    command: string,
    words: readonly string[],
    options: { readonly cwd: URL; readonly env: Readonly<Record<string, string | undefined>> },
  ): Process;
}

declare module 'node:fs/promises' {
  export function cp(from: string, to: string, options: { readonly recursive: true }): Promise<void>;
  export function mkdtemp(prefix: string): Promise<string>;
  export function rm(path: string, options: { readonly recursive: true; readonly force: true }): Promise<void>;
}

declare module 'node:os' {
  export function tmpdir(): string;
}

declare module 'node:process' {
  export const env: Readonly<Record<string, string | undefined>>;
}
