import { appTopics, type Topic } from './appTopics.ts';
import { type Language, languages, type Matter } from './Chat.ts';
import { smallTalk } from './smallTalk.ts';
import { unknown } from './unknown.ts';

const forms: Record<Language, { what: readonly string[]; how: readonly string[] }> = {
	en: {
		what: [
			'What is {x}?',
			'What is {x} in Homeroom?',
			'Tell me about {x}.',
			'Explain {x}.',
			'Can you explain {x}?',
			'What does {x} mean?',
			'I do not know what {x} is.',
			'Please explain {x} to me.',
		],
		how: [
			'How do I {x}?',
			'How can I {x}?',
			'I want to {x}.',
			'Where do I {x}?',
			'What must I do to {x}?',
			'Can you tell me how to {x}?',
			'Help me to {x}.',
			'Please explain how to {x}.',
			'How to {x}?',
			'Can I {x}?',
			'I would like to {x}.',
		],
	},
	zh: {
		what: ['{x}是什么？', '什么是{x}？', '介绍一下{x}。', '请解释{x}。', '{x}是什么意思？', '我不知道什么是{x}。', '说说{x}。'],
		how: ['怎么{x}？', '如何{x}？', '我想{x}。', '请问怎样{x}？', '怎样才能{x}？', '在哪里{x}？', '可以{x}吗？', '我要{x}，怎么做？', '教我{x}。'],
	},
};

/** Everything that can be asked about the app, with all its phrasings. */
export function writeAppMatters(): Matter[] {
	return Object.entries(appTopics).flatMap(([name, topic]) =>
		languages.map((language) => ({ name, language, asks: asksOf(topic[language], language), answer: topic[language].answer })),
	);
}

function asksOf({ what = [], how = [], asks = [] }: Topic, language: Language): string[] {
	const filled = (form: readonly string[], things: readonly string[]) => things.flatMap((thing) => form.map((each) => each.replace('{x}', thing)));
	return [...new Set([...filled(forms[language].what, what), ...filled(forms[language].how, how), ...asks])];
}

/** Greetings and the like. */
export function writeSmallTalk(): Matter[] {
	return Object.entries(smallTalk).flatMap(([name, talk]) => languages.map((language) => ({ name, language, ...talk[language] })));
}

/** What the model should say that it does not know: one matter for each language. */
export function writeUnknown(): Matter[] {
	return languages.map((language) => {
		const { asks, things, tasks, answer } = unknown[language];
		return { name: 'unknown', language, asks: [...things.flatMap((thing) => asks.map((ask) => ask.replace('{x}', thing))), ...tasks], answer };
	});
}

/** An ask as people type it: without its last mark, in small letters, with a greeting before it, or as it is. */
export function loosen(ask: string, language: Language, way: number): string {
	const bare = ask.replace(/[.?!。？！]$/u, '');
	if (way === 0) return bare;
	if (language === 'zh') return way === 1 ? `请问，${ask}` : way === 2 ? `你好，${ask}` : ask;
	const small = /^(I|GGUF|LLM|CSV|JSON|Homeroom)\b/.test(ask) ? ask : ask.charAt(0).toLowerCase() + ask.slice(1);
	return [bare, `Hi, ${small}`, small.replace(/[.?!]$/, ''), `Please tell me: ${small}`][way] ?? ask;
}
