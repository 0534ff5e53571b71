import { expect, test } from 'vitest';
import { learnNames } from './learnNames.ts';

test('a name that is written otherwise than in the rest of the film is found', () => {
	const cues = [
		{ source: 'I saw Johnson yesterday.', target: '我昨天见到了约翰逊。' },
		{ source: 'Where is Johnson?', target: '约翰逊在哪里？' },
		{ source: "This is Johnson's car.", target: '这是约翰逊的车。' },
		{ source: 'Johnson left.', target: '强森走了。' },
		{ source: 'Nobody knows.', target: '没有人知道。' },
	];
	expect(learnNames(cues, 'en')).toEqual([{ at: 3, name: 'Johnson', usual: '约翰逊' }]);
});

test('a name that is kept as it is, and once is not', () => {
	const cues = ['Anna', 'Anna', 'Hanna'].map((name) => ({ source: 'Come here, Anna.', target: `Viens ici, ${name}.` }));
	expect(learnNames(cues, 'en')).toEqual([{ at: 2, name: 'Anna', usual: 'Anna' }]);
});

test('words that only begin a sentence, common words and German nouns are no names', () => {
	const cues = Array.from({ length: 6 }, (_, at) => ({ source: 'What is this? Nothing.', target: at === 5 ? '这个呢？没了。' : '这是什么？什么都没有。' }));
	expect(learnNames(cues, 'en')).toEqual([]);
	const german = ['Maison', 'Maison', 'Bâtisse'].map((target) => ({ source: 'In dem Haus.', target }));
	expect(learnNames(german, 'de')).toEqual([]);
});
