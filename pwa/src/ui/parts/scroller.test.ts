import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scroller } from './scroller.ts';

let box: HTMLElement;
let size = { scrollHeight: 900, clientHeight: 300, scrollWidth: 300, clientWidth: 300 };
const told = () => ['tabindex', 'role', 'aria-label'].map((name) => box.getAttribute(name));

beforeEach(() => {
  box = document.createElement('div');
  size = { scrollHeight: 900, clientHeight: 300, scrollWidth: 300, clientWidth: 300 };
  for (const name of Object.keys(size) as (keyof typeof size)[])
    Object.defineProperty(box, name, { get: () => size[name] });
  document.body.append(box);
});
afterEach(() => box.remove());

test('a box that holds more than it shows can be reached by keys, and says what it is', () => {
  box.innerHTML = '<p>200 列</p><button disabled>存檔</button><a href="#/" tabindex="-1">叫修</a>';
  const end = scroller('有錯的列')(box);
  expect(told()).toEqual(['0', 'group', '有錯的列']);
  end?.();
});

test.each(['<button>存檔</button>', '<a href="#/">叫修</a>', '<table><tr tabindex="0"></tr></table>'])(
  'one in which something can be focused is no stop of its own: %s',
  (content) => {
    box.innerHTML = content;
    scroller('有錯的列')(box);
    expect(told()).toEqual([null, null, null]);
  },
);

test('one that shows all is no stop, and a longer list makes it one', async () => {
  size.scrollHeight = 300;
  scroller('有錯的列')(box);
  expect(told()).toEqual([null, null, null]);
  size.scrollHeight = 900;
  box.append(document.createElement('p'));
  await vi.waitFor(() => expect(told()).toEqual(['0', 'group', '有錯的列']));
  box.innerHTML = '<button>存檔</button>';
  await vi.waitFor(() => expect(told()).toEqual([null, null, null]));
});
