import type { ReadableAtom } from 'nanostores';
import type { Me } from '../../store/index.ts';
import type { Code } from '../../wire/problems.ts';

/** How the line to the server stands. */
export interface SyncStatus {
  readonly state: string;
  readonly problem: Code | null;
  readonly contactAt: number | null;
  readonly first: boolean;
  readonly received: number;
}

/** What the office's pages need of the line to the server; docs/client-api.md says how it behaves. */
export interface Line {
  readonly status: ReadableAtom<SyncStatus>;
  readonly sync: () => void;
  readonly session: {
    readonly me: ReadableAtom<Me | null | undefined>;
    readonly signOut: () => Promise<'done' | 'unsent'>;
  };
  readonly ask: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
}
