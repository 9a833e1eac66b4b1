import { mount } from 'svelte';
import './ui/look/tokens.css';
import './ui/look/base.css';
import './ui/look/phone.css';
import { asksBy, callsBy } from './net/call.ts';
import CopyPage from './ui/copy/CopyPage.svelte';
import { speakAsKept } from './ui/text/language.ts';

await speakAsKept(navigator.languages);
const call = callsBy(asksBy(fetch));
mount(CopyPage, { target: document.body, props: { call, hash: location.hash } });
