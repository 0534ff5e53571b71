import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contract } from '#contract/contract.ts';
import type { Declared } from '#contract/define.ts';
import { actWord } from './actWord.ts';

const texts: { act: Record<string, string> } = JSON.parse(readFileSync(new URL('../../../resources/locales/en/audit.json', import.meta.url), 'utf8'));

test('every act that the contract has audited is told in words', () => {
	const audited = Object.entries(contract).flatMap(([feature, procedures]) =>
		Object.entries(procedures)
			// The contract's own builder (define.ts) put it there.
			.filter(([, procedure]) => (procedure['~orpc'].meta as Declared).audit !== undefined)
			.map(([name]) => `${feature}.${name}`),
	);
	expect(audited).toContain('accounts.create');
	expect(audited.filter((act) => !(actWord(act) in texts.act))).toEqual([]);
});
