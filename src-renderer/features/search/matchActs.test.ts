import { expect, test } from 'vitest';
import type { Act } from '../../ui/Act.ts';
import { matchActs, type NamedAct } from './matchActs.ts';

const named = (label: string, english = '', detail = '', synonyms: string[] = []): NamedAct => ({
	act: { id: label } as Act,
	label,
	others: [english],
	detail,
	synonyms,
});
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

test('what is called by another word in any language is found after what is called so itself', () => {
	const acts = [
		named('My account', '我的账户', '', ['password', '密码', 'sign in']),
		named('Settings', '设置', '', ['preferences', 'backup']),
		named('Backup', '备份'),
	];
	expect([found(acts, 'passw'), found(acts, '密码'), found(acts, '设置'), found(acts, 'backup'), found(acts, 'sign'), found(acts, '备份')]).toEqual([
		...[['My account'], ['My account'], ['Settings'], ['Backup', 'Settings'], ['My account'], ['Backup']],
	]);
});
