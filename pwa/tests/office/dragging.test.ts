import { beforeEach, expect, test, vi } from 'vitest';
import { calendarOf } from '../../src/rules/arrival.ts';
import { frameOf } from '../../src/ui/office/board_hours.ts';
import { Dragging, type Grab } from '../../src/ui/office/dragging.svelte.ts';
import { at } from './made.ts';

const frame = frameOf(calendarOf('Asia/Taipei', undefined, []), at(10));
/** Two lanes of nine hours, a hundred pixels each. */
const tracks = () => [
  { technician: 'lin', box: new DOMRect(100, 0, 900, 70) },
  { technician: 'chou', box: new DOMRect(100, 70, 900, 70) },
];
const drop = vi.fn();
const lanes = document.createElement('section');
lanes.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 600);
const scrolled = vi.spyOn(lanes, 'scrollBy').mockImplementation(() => {});
const dragging = new Dragging({ tracks, view: () => lanes, frame: () => frame, drop });
const grab: Grab = { what: 'call', id: 'x', label: '陳美惠', town: '板橋', behindMs: 0 };

const pointer = (type: string, x: number, y: number, over: PointerEventInit = {}) =>
  new PointerEvent(type, { clientX: x, clientY: y, button: 0, isPrimary: true, ...over });
const move = (x: number, y: number) => window.dispatchEvent(pointer('pointermove', x, y));
const press = (over: Partial<Grab> = {}, x = 20, y = 20) =>
  dragging.press(pointer('pointerdown', x, y), { ...grab, ...over });

beforeEach(() => {
  dragging.end();
  drop.mockClear();
});

test('what is dragged onto a lane falls on the next quarter of an hour', () => {
  press();
  move(305, 100);
  expect(dragging.current?.slot).toEqual({ technician: 'chou', at: at(11) });
  move(320, 30);
  window.dispatchEvent(pointer('pointerup', 320, 30));
  expect(drop).toHaveBeenCalledWith(expect.objectContaining({ id: 'x' }), { technician: 'lin', at: at(11, 15) });
  expect(dragging.current).toBeUndefined();
});

test('a job keeps the place at which it was taken hold of', () => {
  press({ what: 'job', behindMs: 1_800_000 });
  move(350, 30);
  expect(dragging.current?.slot).toEqual({ technician: 'lin', at: at(11) });
});

test('a press that hardly moves, another button or a second finger drag nothing', () => {
  press();
  move(23, 22);
  expect(dragging.current).toBeUndefined();
  dragging.end();
  for (const over of [{ button: 2 }, { isPrimary: false }]) {
    dragging.press(pointer('pointerdown', 20, 20, over), grab);
    move(300, 30);
    expect(dragging.current).toBeUndefined();
  }
});

test('beside every lane, after Esc, and when the finger is taken for a scroll nothing falls', () => {
  const ends = [
    () => move(50, 500),
    () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true })),
    () => window.dispatchEvent(pointer('pointercancel', 0, 0)),
  ];
  for (const end of ends) {
    press();
    move(300, 30);
    end();
    window.dispatchEvent(pointer('pointerup', 300, 30));
  }
  expect(drop).not.toHaveBeenCalled();
});

test('F015 whoever holds what he drags at an edge sees what lies behind it, as long as he holds it there', async () => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] });
  scrolled.mockClear();
  press();
  move(500, 300);
  vi.advanceTimersByTime(100);
  expect(scrolled).not.toHaveBeenCalled();
  move(500, 590);
  vi.advanceTimersByTime(100);
  const [across, down] = scrolled.mock.calls[0] as unknown as [number, number];
  expect([across, down > 0, scrolled.mock.calls.length > 2]).toEqual([0, true, true]);
  dragging.end();
  scrolled.mockClear();
  vi.advanceTimersByTime(100);
  expect(scrolled).not.toHaveBeenCalled();
  vi.useRealTimers();
});
