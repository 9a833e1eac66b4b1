// @vitest-environment node
import { expect, test, vi } from 'vitest';
import { backoff } from '../../src/net/backoff.ts';
import { Refused } from '../../src/net/call.ts';
import { between } from '../../src/net/common_seq.ts';
import { liveLine } from '../../src/net/live.ts';
import { failureOf } from '../../src/net/outcome.ts';
import {
  AFTER_STEP,
  isWorking,
  NUDGES,
  OUTCOMES,
  RESTING,
  type SyncState,
  WHEN_RESTING,
  WORKING,
} from '../../src/net/states.ts';
import { CODE } from '../../src/wire/problems.ts';

const EVERY: readonly SyncState[] = [...WORKING, ...RESTING];

test('every state has an answer to everything that can happen', () => {
  const answers = [
    ...WORKING.flatMap((state) => OUTCOMES.map((outcome) => AFTER_STEP[state][outcome])),
    ...RESTING.flatMap((state) => NUDGES.map((nudge) => WHEN_RESTING[state][nudge])),
  ];
  expect(answers).toHaveLength(WORKING.length * OUTCOMES.length + RESTING.length * NUDGES.length);
  expect(answers.filter((state) => !EVERY.includes(state))).toEqual([]);
});

test('when every step succeeds, each has its turn once and then it rests', () => {
  const way: SyncState[] = [WHEN_RESTING.idle.started];
  for (let state = way[0]; state && isWorking(state); state = way.at(-1)) way.push(AFTER_STEP[state].done);
  expect(way).toEqual(['hello', 'offering', 'pushing', 'pulling', 'blobs', 'idle']);
});

test('nothing that happens by itself gets past a person whose session is over, whose device was stopped, whose app is old', () => {
  for (const state of ['sign_in', 'revoked', 'outdated'] as const) {
    const byThemselves = (['captured', 'poked', 'returned'] as const).map((nudge) => WHEN_RESTING[state][nudge]);
    expect(byThemselves).toEqual([state, state, state]);
    expect(WHEN_RESTING[state].signed_in).toBe('hello');
  }
});

test('every problem code ends a step in a known way', () => {
  const ways = new Set(CODE.map((code) => failureOf(new Refused(code, {})).outcome));
  expect(AFTER_STEP.leaving.session_ended).toBe('sign_in');
  expect([...ways].toSorted()).toEqual(['lost', 'outdated', 'parted', 'revoked', 'session_ended']);
  expect(failureOf(new TypeError('ours'))).toEqual({ outcome: 'lost', problem: null, defect: true });
});

test('the wait doubles up to five minutes and is spread', () => {
  const least = () => new Uint8Array([0]);
  const most = () => new Uint8Array([255]);
  expect([0, 1, 2, 3, 20, 2_000].map((failures) => backoff(failures, least))).toEqual([
    500, 1_000, 2_000, 4_000, 150_000, 150_000,
  ]);
  expect(backoff(0, most)).toBe(1_500);
});

test('probes lie strictly between, evenly, and never more than 64', () => {
  expect(between(0, 1)).toEqual([]);
  expect(between(3, 5)).toEqual([4]);
  const probes = between(0, 1_000);
  expect(probes).toHaveLength(64);
  expect([Math.min(...probes), Math.max(...probes), new Set(probes).size]).toEqual([16, 999, 64]);
});

test('L5 without a live line it looks every half minute, and a line that ended is opened again', () => {
  vi.useFakeTimers();
  const sources: Array<{ readyState: number; close: () => void; addEventListener: () => void }> = [];
  const connect = () => {
    sources.push({ readyState: 0, close: () => {}, addEventListener: () => {} });
    return sources.at(-1) as unknown as EventSource;
  };
  const poke = vi.fn();
  const live = liveLine(connect, poke);
  live.open();
  live.open();
  vi.advanceTimersByTime(30_000);
  expect([sources.length, poke.mock.calls.length]).toEqual([1, 1]);
  Object.assign(sources[0] ?? {}, { readyState: 1 });
  vi.advanceTimersByTime(60_000);
  expect(poke).toHaveBeenCalledTimes(1);
  Object.assign(sources[0] ?? {}, { readyState: 2 });
  vi.advanceTimersByTime(30_000);
  expect([sources.length, poke.mock.calls.length]).toEqual([2, 2]);
  live.close();
  vi.advanceTimersByTime(60_000);
  expect(poke).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
