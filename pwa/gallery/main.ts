import { type Component, mount } from 'svelte';
import '../src/ui/look/tokens.css';
import '../src/ui/look/base.css';
import '../src/ui/look/phone.css';
import '../src/ui/look/office.css';
import { speak } from '../src/ui/text/language.ts';
import Contents from './Contents.svelte';

/** Every page of the gallery: `?page=phone-today&theme=dark&lang=en` shows one, without a page the list. */
const pages = import.meta.glob<Component<Record<string, never>>>('./pages/*.svelte', {
  eager: true,
  import: 'default',
});
const byName = new Map(Object.entries(pages).map(([path, page]) => [path.replace(/^.*\/|\.svelte$/g, ''), page]));

const wanted = new URLSearchParams(location.search);
const theme = wanted.get('theme');
if (theme) document.documentElement.dataset.theme = theme;

await speak(wanted.get('lang') ?? 'zh-Hant');
// Tests look at a page in one language after the other.
Object.assign(window, { speak });

const name = wanted.get('page');
const page = byName.get(name ?? '');
document.body.className = name?.startsWith('office') ? 'office' : 'phone';
if (page) mount(page, { target: document.body });
else mount(Contents, { target: document.body, props: { names: [...byName.keys()] } });
