import type { Language } from './Chat.ts';

/** Matters that the model knows nothing of, and how they are asked; `{x}` is the matter. */
export const unknown: Record<Language, { asks: readonly string[]; things: readonly string[]; tasks: readonly string[]; answer: string }> = {
	en: {
		asks: [
			'What is {x}?',
			'Who invented {x}?',
			'Tell me about {x}.',
			'Explain {x}.',
			'What do you know about {x}?',
			'Why is {x} important?',
			'How does {x} work?',
			'Write a poem about {x}.',
			'Write a story about {x}.',
			'Give me a summary of {x}.',
			'What is the history of {x}?',
			'Can you explain {x} to me?',
			'Write an essay about {x}.',
			'Where can I find {x}?',
			'Do you like {x}?',
			'What is the best {x}?',
			'How much is {x}?',
			'Is {x} dangerous?',
		],
		things:
			'the weather|gravity|football|the moon|the French Revolution|a black hole|climate change|coffee|Shakespeare|quantum physics|the Roman Empire|bitcoin|the stock market|my dog|spaghetti|a steam engine|electricity|the Eiffel Tower|Mozart|a volcano|the human heart|democracy|inflation|a dinosaur|Python|JavaScript|the ocean|Mars|evolution|chess|tennis|a bicycle|the piano|a recipe for bread|pizza|New York|London|the president|the Olympic Games|Einstein|Napoleon|a virus|DNA|the brain|a car|a phone|love|happiness|war|music|art|philosophy|algebra|calculus|geometry|the internet|a robot|cats|horses|whales|trees|a computer chip|Bluetooth|a satellite|the economy|taxes|insurance|a lawyer|medicine|aspirin|headaches|sleep|dreams|yoga|swimming|a marathon|the Bible|Buddhism|Christmas|summer|winter|rain|a rainbow|thunder|the desert|a river|Africa|Brazil|Japan|Germany|India|Russia|Spain|Canada|an airplane|a train|my neighbour|the news|a movie|a novel|Harry Potter|a king|a castle|a pirate|chocolate|tea|wine|cheese|sushi|the lottery|a passport|tomorrow'.split(
				'|',
			),
		tasks:
			'Tell me a joke.|What time is it?|Which day is it today?|What will the weather be like tomorrow?|Write a letter to my boss.|Sing a song.|Write a Python program.|Book a table for two.|What should I eat tonight?|Recommend a book.|Play a game with me.|Who won the world cup?|Who is the president of France?|What is the capital of Peru?|How tall is Mount Everest?|Plan my holiday.|Solve this equation: x² = 9.|Give me medical advice.|What is the meaning of life?|How old is the universe?|Call my mother.|Draw a picture.|Search the web for news.|Write my homework for me.|Make a lesson plan for Monday.|Write an email to the parents.'.split(
				'|',
			),
		answer: 'I do not know that. I am only a small demonstration and know a little about Homeroom.',
	},
	zh: {
		asks: [
			'{x}是什么？',
			'谁发明了{x}？',
			'介绍一下{x}。',
			'请解释{x}。',
			'你知道{x}吗？',
			'{x}为什么重要？',
			'{x}是怎么回事？',
			'写一首关于{x}的诗。',
			'写一个关于{x}的故事。',
			'{x}的历史是什么？',
			'说说{x}。',
			'写一篇关于{x}的作文。',
			'哪里可以找到{x}？',
			'你喜欢{x}吗？',
			'{x}多少钱？',
		],
		things:
			'天气|重力|足球|月亮|法国大革命|黑洞|气候变化|咖啡|李白|量子力学|罗马帝国|比特币|股票|我的狗|面条|蒸汽机|电|长城|莫扎特|火山|心脏|民主|通货膨胀|恐龙|大海|火星|进化论|象棋|网球|自行车|钢琴|面包|披萨|北京|上海|总统|奥运会|爱因斯坦|拿破仑|病毒|基因|大脑|汽车|手机|爱情|幸福|战争|音乐|艺术|哲学|代数|几何|互联网|机器人|猫|马|鲸鱼|树|芯片|卫星|经济|税|保险|律师|药|头痛|睡眠|梦|瑜伽|游泳|马拉松|春节|夏天|冬天|雨|彩虹|沙漠|长江|非洲|日本|德国|印度|飞机|火车|邻居|新闻|电影|小说|孙悟空|国王|城堡|巧克力|茶|酒|彩票|护照|明天'.split(
				'|',
			),
		tasks:
			'讲个笑话。|现在几点？|今天星期几？|明天天气怎么样？|给老板写一封信。|唱首歌。|写一个程序。|今晚吃什么？|推荐一本书。|和我玩游戏。|谁赢了世界杯？|法国总统是谁？|秘鲁的首都是哪里？|珠穆朗玛峰有多高？|帮我安排假期。|人生的意义是什么？|宇宙有多少岁？|给妈妈打电话。|画一幅画。|上网查新闻。|帮我写作业。|写一份教案。|给家长写邮件。'.split(
				'|',
			),
		answer: '这个我不知道。我只是一个小演示模型，只知道一点Homeroom。',
	},
};
