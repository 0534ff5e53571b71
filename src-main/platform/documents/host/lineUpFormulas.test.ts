import { expect, test } from 'vitest';
import { lineUpFormulas } from './lineUpFormulas.ts';

const run = (text: string) => `<m:r><w:rPr><w:i/></w:rPr><m:t>${text}</m:t></m:r>`;
const part = (name: string, content: string) => `<m:${name}>${content}</m:${name}>`;

// The structures of ECMA-376 part 1, 22.1.2.
test.for([
	['a fraction', part('f', part('fPr', '<m:type m:val="bar"/>') + part('num', run('a+b')) + part('den', run('2'))), '(a+b)/2'],
	[
		'a fraction in a power',
		part('sSup', part('e', part('d', part('e', part('f', part('num', run('1')) + part('den', run('2')))))) + part('sup', run('n+1'))),
		'(1/2)^(n+1)',
	],
	[
		'a root and a cube root',
		part('rad', `${part('deg', '')}${part('e', run('2x'))}`) + part('rad', part('deg', run('3')) + part('e', run('8'))),
		'√(2x)√[3](8)',
	],
	['a sum', part('nary', part('naryPr', '<m:chr m:val="∑"/>') + part('sub', run('i=1')) + part('sup', run('n')) + part('e', run('i'))), '∑_(i=1)^n i'],
	['a function', part('func', part('fName', run('sin')) + part('e', part('d', part('e', run('x'))))), 'sin(x)'],
	['other brackets', part('d', part('dPr', '<m:begChr m:val="["/><m:endChr m:val=")"/>') + part('e', run('0, 1'))), '[0, 1)'],
	['a matrix', part('m', part('mr', part('e', run('1')) + part('e', run('0'))) + part('mr', part('e', run('0')) + part('e', run('1')))), '[1, 0; 0, 1]'],
	['signs that XML writes otherwise', run('a &lt; b'), 'a &lt; b'],
] as const)('writes %s on one line', ([, formula, line]) => {
	const text = `<w:r><w:t xml:space="preserve">${line}</w:t></w:r>`;
	expect(lineUpFormulas(`<w:p><m:oMathPara><m:oMath>${formula}</m:oMath></m:oMathPara></w:p>`)).toEqual({ xml: `<w:p>${text}</w:p>`, count: 1 });
});

test('leaves a document without formulas as it is, and refuses one that is nested without end', () => {
	const plain = '<w:p><w:r><w:t>x</w:t></w:r></w:p>';
	expect(lineUpFormulas(plain)).toEqual({ xml: plain, count: 0 });
	const deep = `<m:oMath>${'<m:e>'.repeat(1000)}</m:oMath>`;
	expect(() => lineUpFormulas(deep)).toThrow(expect.objectContaining({ reason: 'tooMuchInside' }));
});
