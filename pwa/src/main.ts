import { mount } from 'svelte';
import './ui/look/tokens.css';
import './ui/look/base.css';
import './ui/look/phone.css';
import './ui/look/office.css';
import { faceFor } from './ui/face.ts';
import UpdateLine from './ui/UpdateLine.svelte';
import { watchForUpdate } from './ui/update.ts';

const target = document.body;
target.className = faceFor([], window.innerWidth);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const update = watchForUpdate(navigator.serviceWorker, () => location.reload());
  mount(UpdateLine, { target, props: { update } });
}
