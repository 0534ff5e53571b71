import { expect, test } from 'vitest';
import { nameLicense } from './nameLicense.ts';

test.each([
	['                                 Apache License\n                           Version 2.0, January 2004', 'apache-2.0'],
	['MIT License\n\nCopyright (c) Microsoft Corporation.', 'mit'],
	['LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nLlama 3.1 Version Release Date: July 23, 2024', 'llama3.1'],
	['Gemma Terms of Use\n\nLast modified: February 21, 2024', 'gemma'],
	['\n  Tongyi Qianwen RESEARCH LICENSE AGREEMENT\n\nSection 1', 'Tongyi Qianwen RESEARCH LICENSE AGREEMENT'],
	['x'.repeat(5000), 'x'.repeat(100)],
	[' \n ', null],
])('names the licence %j', (text, name) => {
	expect(nameLicense(text)).toBe(name);
});
