import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countCharacters } from '#contract/measureCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import { breakLines, type LineRules } from './breakLines.ts';

const english: LineRules = { language: 'en', maxCharsPerLine: 42, maxLines: 2, counting: 'each' };
const chinese: LineRules = { language: 'zh', maxCharsPerLine: 16, maxLines: 2, counting: 'byWidth' };

/** Judged by the rules of the Netflix guides: ` | ` is where the line is to end. */
const judgedEnglish = [
	'Hello there.',
	'I never thought that you would come | back to this old house.',
	'He said he would be here | before the end of the week.',
	'She gave the letter to the man | with the red hat and left.',
	"I don't know what you are talking about, | but I want to help you.",
	'We have been waiting for you | since the beginning of the summer.',
	'Have you seen John Smith | at the station with his new red suitcase?',
	'Dr. Martin Luther King gave | a famous speech in Washington in 1963.',
	"You can't just walk in here | and take whatever you want from us.",
	'If you had told me the truth, | I would have understood everything.',
	'The quick brown fox jumped | over the lazy dog in the garden yesterday.',
	'When I was young, my father used | to take me fishing on Sundays.',
	'I will. You should not worry | about the money we owe to the bank.',
	'There is nothing that we can do about it | until the police arrive.',
	"My brother's wife works | for the largest company in New York City.",
	'It cost us 25 million dollars | to rebuild the bridge over the river.',
	'Do you really think | that she is going to forgive you for that?',
	'Please tell me: what happened | to the boy who lived next door?',
	'They were very happy because | their daughter had come home at last.',
	'"I have a dream," he told the crowd | that had gathered by the lake.',
	"That's what I thought when I first | saw you walking down the street.",
	"Why don't you ask your mother | whether she wants to come with us?",
	"I'm not going to sit here | and listen to any more of your excuses.",
	'The president, who arrived this morning, | will speak to the nation.',
	'We must find out where they went | before it gets too dark to see.',
	'No matter what they tell you, | never open the door to a stranger.',
	'He could have been the greatest | pianist of his whole generation.',
	'I saw her standing in the rain | without an umbrella or a coat.',
	"Everyone knows that Mr. Brown | hasn't paid his rent for six months.",
	'And then the whole building began | to shake as if it were alive.',
	'Let me explain how this machine works | and what it can do for you.',
	"This is the first time in my life | that I've felt completely free.",
	'You know as well as I do | that nobody will believe a word of it.',
	'Nobody ever told me how much | it would hurt to say goodbye to you.',
	'⟦1⟧I told you⟦2⟧ never to come back here | without the money you owe us.',
	"If it rains tomorrow we'll stay | at home and watch an old movie.",
	'Could you please pass me the salt | and the pepper, Mrs. Robinson?',
	'What I am about to tell you | must never leave this room, understood?',
	"I'm so sorry... I didn't mean | to hurt anyone when I said that.",
	"Our flight to San Francisco leaves | at seven o'clock in the morning.",
	'I put the money on the table | in the kitchen of your house.',
	'She waited by the door | of the church for the rain to stop.',
	'They say you can see the ocean | from the top of that mountain.',
	"I didn't know he had a sister | until I met her at the wedding.",
	'Keep your voice down, or the guards | outside are going to hear us!',
	'We met at the Grand Hotel in Paris, | where she played the piano.',
	"It's not what you said to her, | it's the way that you said it.",
];
const judgedChinese = [
	'我不知道。',
	'我不知道你在说什么， | 但是我愿意相信你。',
	'三个人昨天一起去了 | 图书馆看书学习。',
	'他花了一千二百块 | 钱买这台旧电脑给我。',
	'马丁·路德·金说过 | 我有一个梦想要实现。',
	'如果你早一点告诉我真相， | 我就不会这么生气了。',
	'她昨天晚上在火车站 | 等了你整整三个小时。',
	'因为外面下着很大的雨， | 所以我们没有出门。',
	'你说过永远不会离开我的， | 难道你都忘记了吗？',
	'我们必须在警察来之前 | 离开这个地方。',
	'“快跑！” | 他对着人群大声地喊了起来。',
	'这是我这辈子第一次 | 感到真正的自由和快乐。',
	'老师说：“明天的考试非常重要， | 大家好好准备。”',
	'他的父亲是一位 | 非常有名的历史学教授。',
	'我从小就喜欢听 | 奶奶讲那些古老的故事。',
	'2019年10月1日， | 我们在北京第一次见面。',
	'别担心， | 一切都会好起来的，相信我。',
	'那个穿红色衣服的 | 女孩子是我妹妹的同学。',
	'要不是你帮忙， | 我早就被公司开除了。',
	'我想用Python写 | 一个程序来自动翻译字幕。',
	'有些事情 | 一旦发生了就再也无法改变了。',
	'請你告訴我， | 昨天晚上到底發生了什麼事情？',
	'我們已經等了你很久了， | 你怎麼現在才來呢？',
	'⟦1⟧我爱你⟦2⟧， | 但是我们真的不能再继续在一起了。',
	'好的 我知道了 | 那我们明天早上八点见面吧',
	'你觉得她会原谅你吗？ | 我觉得她不会的。',
	'这座城市有两千多年的历史 | 和一百多座寺庙。',
	'我只是想告诉你…… | 我真的很抱歉，请原谅我。',
];
const cases = [...judgedEnglish.map((text) => [text, english] as const), ...judgedChinese.map((text) => [text, chinese] as const)];

test.for(cases)('breaks by meaning and balance: %s', ([judged, rules]) => {
	const lines = judged.split(' | ');
	// A space stands for a comma in that line.
	const between = rules === chinese && !judged.startsWith('好的') ? '' : ' ';
	expect(breakLines(lines.join(between), rules)).toEqual({ text: lines.join('\n'), fits: true, overflow: 0 });
});

test.for([
	['a dialogue keeps a line for each turn', '- Where are you going?\n- To the store.', english, '- Where are you going?\n- To the store.'],
	['a dialogue in Chinese', '- 你要去哪里？\n- 我去商店买点东西。', chinese, '- 你要去哪里？\n- 我去商店买点东西。'],
	[
		'the turn that is too long has the line that is left',
		'- I thought you had already left for the airport this morning.\n- No.',
		{ ...english, maxLines: 3 },
		'- I thought you had already left\nfor the airport this morning.\n- No.',
	],
	['lines that fit in one become one', "So that's\nit, then.", english, "So that's it, then."],
	[
		'an article is not left at the end of a line',
		'the cat sat on the\nmat and looked at the dog that was barking',
		english,
		'the cat sat on the mat\nand looked at the dog that was barking',
	],
	[
		'lines that a person has broken well stay',
		"If it rains tomorrow we'll stay at home\nand watch an old movie.",
		english,
		"If it rains tomorrow we'll stay at home\nand watch an old movie.",
	],
	['runs of spaces become one', 'a  b   c', english, 'a b c'],
	['French marks keep their space', 'Est-ce que tu viens avec moi ce soir au cinéma du coin ?', { ...english, language: 'fr' }, null],
	['three lines where there may be three', 'one two three four five six', { ...english, maxCharsPerLine: 10, maxLines: 3 }, 'one two\nthree four\nfive six'],
] as const)('%s', ([, text, rules, broken]) => {
	const { text: found, fits } = breakLines(text, rules);
	if (broken === null) expect(found).not.toMatch(/\n[?!;:»]/);
	else expect([found, fits]).toEqual([broken, true]);
});

test('a tag goes with its words, and one that closes stays with the line that it closes', () => {
	const text = '⟦1⟧我不知道你在说什么，⟦2⟧但是我愿意相信你。';
	expect(breakLines(text, chinese).text).toBe('⟦1⟧我不知道你在说什么，⟦2⟧\n但是我愿意相信你。');
	expect(breakLines('<i>I never thought that you would come</i> <font color="red">back to this old house.</font>', english).text).toBe(
		'<i>I never thought that you would come</i>\n<font color="red">back to this old house.</font>',
	);
});

test('what does not fit says so, on as few lines as it may have, as even as they can be', () => {
	expect(breakLines('Supercalifragilisticexpialidociousandevenlongerthanthat is a word.', english)).toEqual({
		text: 'Supercalifragilisticexpialidociousandevenlongerthanthat\nis a word.',
		fits: false,
		overflow: 13,
	});
	expect(breakLines('- One.\n- Two.\n- Three.', english)).toEqual({ text: '- One.\n- Two.\n- Three.', fits: false, overflow: 0 });
	const lines = breakLines('It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.', english);
	expect([lines.fits, lines.text.split('\n').length]).toEqual([false, 2]);
});

const word = fc.oneof(
	fc.constantFrom(
		'the',
		'a',
		'to',
		'and',
		'I',
		'John',
		'Smith',
		'Mr.',
		'house,',
		'went.',
		'“Why?”',
		'-',
		'—',
		'...',
		'42',
		"don't",
		'⟦1⟧',
		'⟦2⟧',
		'<i>',
		'</i>',
	),
	fc.constantFrom('我们', '的', '，', '。', '「好', '」', '三个', '人', '一千', '图书馆', '……', '（', '）', '·', 'ですか', 'ฉันรัก', '{\\an8}', '\u00a0', '👍'),
	fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const texts = fc.array(fc.tuple(word, fc.constantFrom(' ', '', '\n', '  ')), { maxLength: 40 }).map((parts) => parts.map(([text, gap]) => text + gap).join(''));
const someRules = fc.record({
	language: fc.constantFrom('en', 'zh-Hans', 'fr', 'ja', 'th', 'xx'),
	maxCharsPerLine: fc.integer({ min: 4, max: 50 }),
	maxLines: fc.integer({ min: 1, max: 4 }),
	counting: fc.constantFrom('each' as const, 'byWidth' as const),
});

test('loses nothing but spaces, and broken again stays as it is', () => {
	fc.assert(
		fc.property(texts, someRules, (text, rules) => {
			const { text: broken } = breakLines(text, rules);
			expect(broken.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			expect(breakLines(broken, rules).text).toBe(broken);
		}),
		{ numRuns: 400 },
	);
});

test('says truly whether it fits, and has no more lines than it may but for turns', () => {
	fc.assert(
		fc.property(texts, someRules, (text, rules) => {
			const { text: broken, fits } = breakLines(text, rules);
			const lines = broken.split('\n').map((line) => visibleText(line));
			const isWithin = lines.every((line) => countCharacters(line, rules.counting) <= rules.maxCharsPerLine) && lines.length <= rules.maxLines;
			expect(fits).toBe(isWithin);
			if (!/[-‐–—]/.test(text)) expect(lines.length).toBeLessThanOrEqual(rules.maxLines);
		}),
		{ numRuns: 400 },
	);
});

test('no line of Chinese begins with a closing mark or ends with an opening one', () => {
	const chineseWord = fc.constantFrom('我们', '今天', '去', '图书馆', '，', '。', '！', '？', '」', '「', '（', '）', '、', '三', '个', '人', '……', '“', '”');
	fc.assert(
		fc.property(fc.array(chineseWord, { minLength: 5, maxLength: 40 }), (parts) => {
			const lines = breakLines(parts.join(''), chinese).text.split('\n');
			for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、。，！？」）”…]/u);
			for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[「（“]$/u);
		}),
	);
});

test('a text far too long for a cue is left as it is', () => {
	const text = 'word '.repeat(50_000).trim();
	expect(breakLines(text, english)).toEqual({ text, fits: false, overflow: text.length - 42 });
});
