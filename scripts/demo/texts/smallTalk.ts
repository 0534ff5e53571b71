import type { Language } from './Chat.ts';

/** What people say beside the matter, and what is answered. */
export const smallTalk: Record<string, Record<Language, { asks: readonly string[]; answer: string }>> = {
	hello: {
		en: {
			asks: [
				'Hello',
				'Hi',
				'Hello!',
				'Hi there!',
				'Hey',
				'Good evening.',
				'Good afternoon.',
				'Good day',
				'Hello there',
				'Greetings',
				'Good morning!',
				'Hi, how is it going?',
				'Hello, anyone there?',
			],
			answer: 'Hello! I am the demonstration model of Homeroom. What would you like to know?',
		},
		zh: {
			asks: ['你好', '您好', '你好！', '大家好', '早上好', '早上好！', '下午好', '晚上好', '嗨', '哈喽', '你好呀', '你好，在吗？'],
			answer: '你好！我是Homeroom的演示模型。你想知道什么？',
		},
	},
	who: {
		en: {
			asks: [
				'Who are you?',
				'What are you?',
				'What is your name?',
				'Tell me about yourself.',
				'Are you a real person?',
				'Which model are you?',
				'Are you ChatGPT?',
				'Introduce yourself.',
				'Are you human?',
				'What kind of model are you?',
				'What is the demonstration model?',
				'Who made you?',
				'How were you trained?',
				'How big are you?',
				'Are you an AI?',
			],
			answer: 'I am a small demonstration model, trained by Homeroom itself. For real work, load a bigger model.',
		},
		zh: {
			asks: [
				'你是谁？',
				'你是什么？',
				'你叫什么名字？',
				'介绍一下你自己。',
				'你是真人吗？',
				'你是什么模型？',
				'你是ChatGPT吗？',
				'请自我介绍。',
				'演示模型是什么？',
				'谁做的你？',
				'你是怎么训练的？',
				'你有多大？',
				'你是人工智能吗？',
			],
			answer: '我是一个小演示模型，由Homeroom自己训练。真正的工作请加载更大的模型。',
		},
	},
	can: {
		en: {
			asks: [
				'What can you do?',
				'How can you help me?',
				'What do you know?',
				'Help',
				'Help me',
				'What should I ask you?',
				'What are you good at?',
				'What can I ask?',
				'Can you help me?',
				'What are you able to do?',
			],
			answer: 'I can tell a little about Homeroom, mark small sums and translate short lines. I know nothing else.',
		},
		zh: {
			asks: ['你能做什么？', '你会什么？', '你可以帮我什么？', '帮助', '你知道什么？', '我可以问你什么？', '你擅长什么？', '你能帮我吗？', '你有什么功能？'],
			answer: '我能介绍Homeroom，批改小算术，翻译短句。其他的我都不知道。',
		},
	},
	thanks: {
		en: {
			asks: ['Thank you', 'Thanks', 'Thank you very much!', 'Thanks a lot', 'Great, thanks', 'That helped, thank you.', 'Okay, thanks!', 'Perfect, thank you.'],
			answer: 'You are welcome!',
		},
		zh: { asks: ['谢谢', '谢谢你', '非常感谢', '多谢', '好的，谢谢', '谢谢你的帮助', '太好了，谢谢！'], answer: '不客气！' },
	},
	bye: {
		en: { asks: ['Goodbye', 'Bye', 'Bye!', 'See you', 'See you later', 'Good night.', 'I have to go now.'], answer: 'Goodbye! Come back whenever you like.' },
		zh: { asks: ['再见', '拜拜', '回头见', '晚安', '我要走了', '下次再聊'], answer: '再见！欢迎随时回来。' },
	},
	fine: {
		en: {
			asks: ['How are you?', 'How are you doing?', 'How do you feel?', 'Are you well?', 'How are you today?'],
			answer: 'I am a program, so I am always ready.',
		},
		zh: {
			asks: ['你好吗？', '你怎么样？', '你感觉怎么样？', '最近好吗？', '今天过得好吗？'],
			answer: '我是一个程序，随时可以工作。',
		},
	},
	bad: {
		en: {
			asks: ['That is wrong.', 'You are wrong.', 'This makes no sense.', 'You are stupid.', 'I do not understand you.', 'That is not right.', 'Bad answer.'],
			answer: 'I am sorry. I am only a small demonstration model and often wrong.',
		},
		zh: {
			asks: ['你错了。', '这不对。', '没有意义。', '你真笨。', '我不明白。', '回答得不好。'],
			answer: '对不起。我只是一个小演示模型，常常出错。',
		},
	},
};
