import { expect, test } from 'vitest';
import type { Act } from '../../ui/Act.ts';
import { matchActs, type NamedAct } from './matchActs.ts';

const named = (label: string, english = '', detail = ''): NamedAct => ({ act: { id: label } as Act, label, english, detail });
const found = (acts: NamedAct[], typed: string) => matchActs(acts, typed).map(({ label }) => label);

test('acts are found by the beginnings of their words, the best first', () => {
	const acts = [named('Models: Find'), named('Load Qwen3', '', 'Models'), named('New chat'), named('Unload Qwen3'), named('Chat'), named('Café')];
	expect([found(acts, 'load'), found(acts, 'chat'), found(acts, 'qwen load'), found(acts, 'find mod'), found(acts, 'cafe'), found(acts, 'xyz')]).toEqual([
		['Load Qwen3', 'Unload Qwen3'],
		['Chat', 'New chat'],
		['Load Qwen3', 'Unload Qwen3'],
		['Models: Find'],
		['Café'],
		[],
	]);
	expect(found(acts, ' ')).toHaveLength(acts.length);
});

test('Chinese ones also by English words and by the initials of pinyin', () => {
	const acts = [named('新对话', 'New chat'), named('模型：查找', 'Models: Find'), named('设置', 'Settings')];
	expect([found(acts, '对话'), found(acts, 'new'), found(acts, 'xdh'), found(acts, 'cz'), found(acts, 'sz'), found(acts, 'mxcz')]).toEqual([
		...[['新对话'], ['新对话'], ['新对话'], ['模型：查找'], ['设置'], ['模型：查找']],
	]);
});
