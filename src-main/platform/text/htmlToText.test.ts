import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlToText, isHtml } from './htmlToText.ts';

test.for([
	['<p dir="ltr" style="text-align: left;">Plants&nbsp;make &lt;sugar&gt;.<br></p><p>They need light.</p>', 'Plants make <sugar>.\n\nThey need light.'],
	['one<br />two<br/><br>three', 'one\ntwo\n\nthree'],
	['<ul><li>light</li><li>water<ol><li>rain</li><li>taps</li></ol></li></ul>done', '- light\n- water\n  1. rain\n  2. taps\ndone'],
	['<table><tbody><tr><th>t</th><th>v</th></tr><tr><td><p>1&#160;s</p></td><td><p>9</p><p>81</p></td></tr></tbody></table>', 't\tv\n1 s\t9 81'],
	['x<sup>2</sup> + y<sup>n+1</sup>, the 1<sup>st</sup>, H<sub>2</sub>O', 'x^2 + y^(n+1), the 1st, H₂O'],
	['<p>&Auml;pfel &#x5149;&#21512; &ne; &notaname; &amp;lt;</p>', 'Äpfel 光合 ≠ &notaname; &lt;'],
	['<p>a <img src="https://example.org/x.png" alt="\\(\\frac{1}{2}\\)"> b<img src="y"></p>', 'a [picture: \\(\\frac{1}{2}\\)] b [picture]'],
	['<p>right<script>alert(1)</script><style>p{}</style><!-- hidden --></p>', 'right'],
	['<pre>if (a < b)\n    return a;</pre>', 'if (a < b)\n    return a;'],
	['List<String> x; 3 < 5 <p>and</p> a<b and b>c', 'List<String> x; 3 < 5\n\nand\n\na<b and b>c'],
])('reads %s as a person does', ([html = '', text]) => {
	expect(htmlToText(html)).toBe(text);
});

test('takes for HTML what an editor writes, and not what only has angle brackets', () => {
	const html = ['<p>x</p>', 'x<br>y', '<p dir="ltr">x', 'a&nbsp;b', '<span lang="en">x</span>'];
	const text = ['x<y and y>z', 'List<String>', 'a < b', '<x>', 'if a<b then b>a', '1 &lt; 2 & 3'];
	expect([html.map(isHtml), text.map(isHtml)]).toEqual([html.map(() => true), text.map(() => false)]);
});

test('leaves no letter of a text out that has no tags, and ends for whatever it is given', () => {
	const letters = (text: string) => text.replaceAll(/\s/g, '');
	fc.assert(
		fc.property(
			fc.string({ unit: 'grapheme' }),
			(text) => letters(htmlToText(text.replaceAll('&', '').replaceAll('<', ''))) === letters(text.replaceAll(/[&<]/g, '')),
		),
	);
	const scraps = fc.array(fc.constantFrom('<p', ' a="', '"', '>', '</td>', '<li>', '</ol>', '<!--', '<sup>', '&#', 'x', ' ', '<script>', '<br>'), {
		maxLength: 40,
	});
	fc.assert(fc.property(scraps, (parts) => typeof htmlToText(parts.join('')) === 'string'));
});

test('takes no longer for a text that is made to take long', () => {
	const times = 300_000;
	const hostile = ['<!--', '<p a="', "<p a='x ", '<p ', '<p a=', '<sup>', '&#', '<li>'].map((part) => `<br>${part.repeat(times)}`);
	hostile.push(`<pre>${' '.repeat(times * 4)}x</pre>`, `<br>${' '.repeat(times * 4)}x`);
	expect(hostile.map((html) => typeof htmlToText(html))).toEqual(hostile.map(() => 'string'));
});
