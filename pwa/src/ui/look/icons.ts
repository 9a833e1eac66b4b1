/**
 * Every icon as one SVG path on a 24 x 24 grid, stroked 2 wide; drawn by Icon.svelte.
 * Named exports, so that a face ships only those it shows.
 */
export const again = 'M20 11a8 8 0 1 0-2.3 6.7M20 4v7h-7';
export const back = 'M15 5l-7 7 7 7';
export const backspace = 'M8.5 5H20a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H8.5L2.5 12zM11.5 9.5l5 5M16.5 9.5l-5 5';
export const bulb = 'M9 18h6M10 21h4M8.5 14.5A6 6 0 1 1 15.5 14.5c-.5.5-.5 1-.5 1.5H9c0-.5 0-1-.5-1.5z';
export const camera =
  'M4 7h3.2L9 4h6l1.8 3H20a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM8.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z';
export const car =
  'M4 16v-4l2-5.5A2 2 0 0 1 8 5h8a2 2 0 0 1 2 1.5l2 5.5v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 12h16M6 17v2M18 17v2M7.5 14.5v.01M16.5 14.5v.01';
export const check = 'M4.5 12.5l5 5L19.5 7';
export const clock = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 7v5l3.5 2';
export const close = 'M6 6l12 12M18 6L6 18';
export const copy =
  'M11 9h8a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2zM5 15H4a1 1 0 0 1-1-1V5a2 2 0 0 1 2-2h9a1 1 0 0 1 1 1v1';
export const direction = 'M3 11l18-8-8 18-2.2-7.8z';
export const done = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM8 12.3l2.8 2.8L16 9.7';
export const down = 'M5 9l7 7 7-7';
export const download = 'M12 3v12M8 11l4 4 4-4M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2';
export const exportFile = 'M12 15V3M8 7l4-4 4 4M4 15v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-4';
export const eye = 'M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7S2 12 2 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z';
export const forward = 'M9 5l7 7-7 7';
export const handset =
  'M8.5 2h7a2.5 2.5 0 0 1 2.5 2.5v15a2.5 2.5 0 0 1 -2.5 2.5h-7a2.5 2.5 0 0 1 -2.5 -2.5v-15a2.5 2.5 0 0 1 2.5 -2.5zM11 18.5h2';
export const held = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM9.5 8.5v7M14.5 8.5v7';
export const history = 'M4 5v5h5M4.2 10A8.5 8.5 0 1 1 3.5 13M12 8v4.5l3 2';
export const hourglass = 'M6 3h12M6 21h12M7 3c0 6 5 6 5 9s-5 3-5 9M17 3c0 6-5 6-5 9s5 3 5 9';
export const link =
  'M10 14a4.5 4.5 0 0 0 6.4 0l3-3a4.5 4.5 0 0 0-6.4-6.4l-1.2 1.2M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2';
export const lock =
  'M6 11h12a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2zM8 11V7a4 4 0 0 1 8 0v4';
export const minus = 'M5 12h14';
export const moveDown = 'M12 4v15M6 13l6 6 6-6';
export const more =
  'M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0zM11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0zM18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z';
export const office =
  'M5 21V4a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v17M16 9h3a1 1 0 0 1 1 1v11M3 21h18M9 7.5h3M9 11.5h3M9 15.5h3';
export const outbox = 'M12 14V3M8 7l4-4 4 4M3 13v6a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-6h-5l-1.6 3H9.6L8 13z';
export const paper = 'M14 3H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V9zM14 3v6h6M8 13h8M8 17h5';
export const part = 'M12 2.5l8.5 4.7v9.6L12 21.5l-8.5-4.7V7.2zM3.5 7.2L12 12l8.5-4.8M12 12v9.5';
export const pause = 'M8 5v14M16 5v14';
export const pen = 'M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 3L8 18.5zM14 6.5l3 3';
export const person = 'M8 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM4 21c0-4 3.5-7 8-7s8 3 8 7';
export const phone =
  'M21 16.5v2.6a2 2 0 0 1-2.2 2C10.5 20.3 3.7 13.5 2.9 5.2A2 2 0 0 1 4.9 3h2.6a2 2 0 0 1 2 1.7l.6 2.6a2 2 0 0 1-.6 1.9L8.3 10.4a14 14 0 0 0 5.3 5.3l1.2-1.2a2 2 0 0 1 1.9-.6l2.6.6a2 2 0 0 1 1.7 2z';
export const place = 'M19 10c0 5-7 11-7 11S5 15 5 10a7 7 0 0 1 14 0zM9.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z';
export const plus = 'M12 5v14M5 12h14';
export const print =
  'M7 9V3h10v6M7 18H5a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M7 14h10v7H7z';
export const scan =
  'M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3M7.5 8v8M11 8v8M14 8v8M17 8v8';
export const search = 'M4 11a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM20.5 20.5L16 16';
export const shield = 'M12 2.5l8 3v6c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10v-6zM8.5 12l2.5 2.5 4.5-4.5';
export const silent =
  'M3 3l18 18M8.5 15.5a5 5 0 0 1 6 -.5M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5-2.7M1.5 8.5A15 15 0 0 1 6 5.6M22.5 8.5A15 15 0 0 0 11 4.2M12 19.5v.01';
export const swap = 'M7 3L3 7l4 4M3 7h15M17 13l4 4-4 4M21 17H6';
export const swipe = 'M6 6l6 6-6 6M13 6l6 6-6 6';
export const calendarCheck =
  'M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2zM8 3v4M16 3v4M3 10h18M8.5 15.5l2.2 2.2 4.3-4.2';
export const undo = 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3';
export const calendarOff =
  'M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 10h16M8 3v4M16 3v4M9.5 13.5l5 5M14.5 13.5l-5 5';
export const unsent =
  'M6.5 2h6a2.5 2.5 0 0 1 2.5 2.5v15a2.5 2.5 0 0 1 -2.5 2.5h-6a2.5 2.5 0 0 1 -2.5 -2.5v-15a2.5 2.5 0 0 1 2.5 -2.5zM8.5 18.5h2M19.5 15V8M16.8 10.5L19.5 8l2.7 2.5';
export const up = 'M12 20V5M6 11l6-6 6 6';
export const warning = 'M12 4L2.8 20h18.4zM12 10v4.5M12 17.5v.01';
export const wrench =
  'M14.5 6.5a4 4 0 0 1 5.4-2.7l-2.7 2.7.6 1.7 1.7.6 2.7-2.7a4 4 0 0 1-5.3 5.3L9.5 18.8a2.3 2.3 0 0 1-3.3-3.3l7.4-7.4a4 4 0 0 1 .9-1.6z';
