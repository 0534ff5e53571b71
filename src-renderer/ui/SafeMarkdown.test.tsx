import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import ui from '../../resources/locales/en/ui.json' with { type: 'json' };
import { SafeMarkdown } from './SafeMarkdown.tsx';
import { payloads, worst, wrappers } from './xssCorpus.test-data.ts';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { ui } } }));

const elements = new Set(
	'div p a em strong del code pre ul ol li blockquote hr br input sup h3 h4 h5 h6 table thead tbody tr th td span button svg path style'.split(' '),
);
const element = /<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*"([^"]*)")?/g;

/** Everything in rendered HTML that a page must never get from a text; React escapes, so each `<` begins a real element. */
function dangersIn(html: string): string[] {
	const dangers: string[] = [];
	for (const [, name = '', attributes = ''] of html.matchAll(element)) {
		if (!elements.has(name)) dangers.push(`<${name}>`);
		for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
			if (/^on/i.test(key)) dangers.push(`<${name} ${key}>`);
			if (/^(src|srcset|srcdoc|poster|background|action|formaction|ping|data|xlink:href)$/i.test(key)) dangers.push(`<${name} ${key}="${value}">`);
			if (/^href$/i.test(key) && !/^(https?|mailto):/.test(value)) dangers.push(`<${name} href="${value}">`);
			if (/^style$/i.test(key) && /url|image-set|expression/i.test(value)) dangers.push(`<${name} style="${value}">`);
		}
	}
	return dangers;
}

const render = (text: string) => renderToStaticMarkup(<SafeMarkdown text={text} />);

test(`R1 makes nothing that runs or loads out of ${payloads.length} payloads in ${wrappers.length} places each`, () => {
	expect(payloads.length * wrappers.length).toBeGreaterThanOrEqual(500);
	expect(payloads.length).toBeGreaterThanOrEqual(120);
	const found = payloads
		.flatMap((payload) => wrappers.map((wrap) => ({ text: wrap(payload), dangers: dangersIn(render(wrap(payload))) })))
		.filter(({ dangers }) => dangers.length > 0);
	expect(found).toEqual([]);
});

test('R1 holds at every character of the 50 worst payloads as they stream in', () => {
	expect(worst).toHaveLength(50);
	const found = worst.flatMap((payload) => [...payload].map((_, end) => payload.slice(0, end + 1)).filter((part) => dangersIn(render(part)).length > 0));
	expect(found).toEqual([]);
});

test('sees each kind of danger it looks for', () => {
	const planted = '<script></script><a href="javascript:x">x</a><img src="https://a"><p onclick="x"></p><p style="background:url(x)"></p>';
	expect(dangersIn(planted)).toEqual(['<script>', '<a href="javascript:x">', '<img>', '<img src="https://a">', '<p onclick>', '<p style="background:url(x)">']);
});

test('R2 names the host of an image and loads nothing', () => {
	const html = render('![A chart](https://pictures.example:8443/chart.png)');
	expect(html).toContain('A chart');
	expect(html).toContain('Not loaded: pictures.example:8443');
	expect(html).not.toMatch(/<img|chart\.png/);
});

test('keeps what a text is for: headings, lists, tables, code and links', () => {
	const html = render('# Title\n\n3. three\n4. four\n\n|a|\n|-|\n|b|\n\n```js\nlet x = "<b>";\n```\n\n[a link](https://ok.example/x?a=1)');
	for (const part of [
		/<h3/,
		/<ol[^>]* start="3"/,
		/<td>b<\/td>/,
		/let x = &quot;&lt;b&gt;&quot;;/,
		/href="https:\/\/ok\.example\/x\?a=1"/,
		/rel="noopener noreferrer"/,
	])
		expect(html).toMatch(part);
});
