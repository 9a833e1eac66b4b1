import { mount } from 'svelte';
import './ui/look/tokens.css';
import './ui/look/base.css';
import './ui/look/phone.css';
import './ui/look/office.css';
import { version } from '../package.json';
import { connect } from './net/index.ts';
import { ambient } from './platform/ambient.ts';
import { awaitInstallOffer } from './platform/installing.ts';
import { openStore } from './store/index.ts';
import Entry from './ui/entry/Entry.svelte';
import NoStorage from './ui/entry/NoStorage.svelte';
import { keepOwnGuide } from './ui/guide/kept.ts';
import { speakAsKept } from './ui/text/language.ts';
import UpdateLine from './ui/UpdateLine.svelte';
import { watchForUpdate } from './ui/update.ts';

const target = document.body;
awaitInstallOffer(window);
await speakAsKept();

try {
  const store = await openStore(ambient);
  const client = connect({ ambient, device: store.device, app: version });
  if (import.meta.env.PROD && 'serviceWorker' in navigator) keepOwnGuide(client, navigator.serviceWorker);
  mount(Entry, { target, props: { store, pins: store.pins, client, ambient } });
} catch (error) {
  target.className = 'phone';
  mount(NoStorage, { target });
  throw error;
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const update = watchForUpdate(navigator.serviceWorker, () => location.reload());
  mount(UpdateLine, { target, props: { update } });
}
