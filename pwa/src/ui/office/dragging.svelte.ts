import { type Frame, snapped } from './board_hours.ts';
import type { Slot } from './proposals.ts';

/** What somebody drags: a call that waits, or the job of a technician. */
export interface Grab {
  readonly what: 'call' | 'job';
  readonly id: string;
  readonly label: string;
  readonly town: string;
  /** How far behind its beginning it was taken hold of, in time. */
  readonly behindMs: number;
}

/** A drag under way, and where it would be dropped. */
export interface Drag extends Grab {
  readonly x: number;
  readonly y: number;
  readonly slot: Slot | undefined;
}

interface Around {
  /** Every lane as it stands on the screen. */
  readonly tracks: () => readonly { readonly technician: string; readonly box: DOMRect }[];
  /** What the lanes scroll in. */
  readonly view: () => Element | undefined;
  readonly frame: () => Frame;
  readonly drop: (grab: Grab, slot: Slot) => void;
}

/** A hand that trembles does not drag. */
const SLACK_PX = 6;

/** So near to an edge whoever drags wants to see what lies behind it; so far it moves with each picture. */
const EDGE_PX = 40;
const STEP_PX = 8;

/** Dragging by mouse, pen or finger: it begins once the pointer has moved, snaps to a quarter of an hour, Esc ends it. */
export class Dragging {
  current = $state.raw<Drag>();
  readonly #around: Around;
  #stop: (() => void) | undefined;
  #gliding = 0;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Somebody has pressed on what can be dragged. */
  press(event: PointerEvent, grab: Grab): void {
    if (event.button !== 0 || !event.isPrimary) return;
    this.end();
    const began = { x: event.clientX, y: event.clientY };
    const ending = new AbortController();
    const on = <Type extends 'pointermove' | 'pointerup' | 'pointercancel' | 'keydown'>(
      type: Type,
      act: (event: WindowEventMap[Type]) => void,
    ) => window.addEventListener(type, act, { signal: ending.signal, capture: true });
    this.#stop = () => ending.abort();
    on('pointermove', (moved) => this.#follow(moved, grab, began));
    on('pointerup', () => this.#drop());
    on('pointercancel', () => this.end());
    on('keydown', (pressed) => this.#escape(pressed));
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.current = undefined;
    cancelAnimationFrame(this.#gliding);
    this.#gliding = 0;
  }

  #follow({ clientX: x, clientY: y }: PointerEvent, grab: Grab, began: { x: number; y: number }): void {
    if (!this.current && Math.hypot(x - began.x, y - began.y) < SLACK_PX) return;
    this.current = { ...grab, x, y, slot: this.#slotAt(x, y, grab.behindMs) };
    if (!this.#gliding) this.#gliding = requestAnimationFrame(() => this.#glide());
  }

  /** Scrolls as long as the pointer is held at an edge of the lanes. */
  #glide(): void {
    this.#gliding = 0;
    const [view, held] = [this.#around.view(), this.current];
    if (!view || !held) return;
    const { left, right, top, bottom } = view.getBoundingClientRect();
    const [across, down] = [stepTo(held.x, left, right), stepTo(held.y, top, bottom)];
    const isBeside = held.x < left || held.x >= right || held.y < top || held.y >= bottom;
    if (isBeside || (across === 0 && down === 0)) return;
    view.scrollBy(across, down);
    this.current = { ...held, slot: this.#slotAt(held.x, held.y, held.behindMs) };
    this.#gliding = requestAnimationFrame(() => this.#glide());
  }

  #slotAt(x: number, y: number, behindMs: number): Slot | undefined {
    const over = this.#around.tracks().find(({ box }) => isIn(box, x, y));
    if (!over) return undefined;
    const frame = this.#around.frame();
    const share = (x - over.box.left) / over.box.width;
    const at = snapped(frame, frame.from + share * (frame.to - frame.from) - behindMs);
    return { technician: over.technician, at };
  }

  #drop(): void {
    const dragged = this.current;
    this.end();
    if (dragged?.slot) this.#around.drop(dragged, dragged.slot);
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.current) return;
    event.preventDefault();
    this.end();
  }
}

function stepTo(at: number, from: number, until: number): number {
  if (at < from + EDGE_PX) return -STEP_PX;
  return at >= until - EDGE_PX ? STEP_PX : 0;
}

function isIn({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return left <= x && x < right && top <= y && y < bottom;
}
