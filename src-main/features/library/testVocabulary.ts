import type { GgufValue } from './gguf/ggufValue.ts';

/** What a token is made of, which decides how often the test model says it. */
export type TokenKind = 'control' | 'end' | 'byte' | 'word' | 'han' | 'mark' | 'digit' | 'letter' | 'prefix';

export interface Token {
	text: string;
	kind: TokenKind;
}

const englishWords = `a about after again all also always an and answer any are argument as ask at away back be because become before begin best better between
big book both bring build but by call can careful carry cause change children clear clearly close come could country day describe did different do does done down
each early earth easy end energy enough even every evidence example explain far fast few final find first follow food for form found four from full gave general get
give go good great ground grow had half hand happen hard has have he head hear heat help her here high him his home how idea if important in into is it its just keep
kind know land language large last late law learn leave left less let life light like line list little live long look made main make many mark may mean measure
method might mind more most move much must name near need never new next no not now number of off often old on once one only open or order other our out over own
page part people person place plan plant play point possible power problem question quick read ready reason result right river run said same say school science
score second see seem sentence set several shape she short should show side simple small so some soon sound start state step still stop story strong student study
such sun suggest sure system take talk teach teacher tell ten text than that the their them then there these they thing think this those though thought three
through time to together too top toward true try turn two under understand until up us use user usual very was water way we well were what when where which while
who whole why will with word work world would write year yes yet you young your assistant system`;

const chineseWords = `我们 你们 他们 什么 没有 可以 因为 所以 如果 但是 问题 答案 学生 老师 学习 学校 回答 理解 意思 例子 方法 原因 结果 重要 正确 错误 清楚 说明 解释 语文
数学 科学 历史 语言 文字 句子 内容 观点 分析 建议 继续 努力 时间 世界 生活 自己 知道 觉得 认为 需要 应该 已经 开始 一个 这个 那个 一些 很多 非常 特别 可能 工作 中国`;

const chineseCharacters = `的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十
用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口
使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京
务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候
七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁
校读志飞观争究包组造落视济喜离虽坏兴切除集答句讲词`;

const marks = [...' .,!?;:\'"()[]{}<>/\\|-_+=*&^%$#@~`', '\n', '\t', ...'，。！？；：、“”‘’（）《》…—·'];
const spaceMark = '▁';

function words(list: string): string[] {
	return list.split(/\s+/);
}

/**
 * The tokens of the models that Homeroom makes itself, by their id: control tokens, the 256 bytes (so that any text can
 * be put in), every printable ASCII character, and common pieces of English and Chinese.
 *
 * A word is reached one letter at a time, as SentencePiece merges neighbours, so each of its beginnings is a token too.
 */
export function testVocabulary(): Token[] {
	const tokens = new Map<string, TokenKind>([
		['<unk>', 'control'],
		['<|endoftext|>', 'control'],
		['<|im_start|>', 'control'],
		['<|im_end|>', 'end'],
	]);
	const add = (text: string, kind: TokenKind) => {
		if (!tokens.has(text)) tokens.set(text, kind);
	};
	for (let byte = 0; byte < 256; byte++) add(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, 'byte');
	for (const mark of marks) add(mark === ' ' ? spaceMark : mark, 'mark');
	for (const digit of '0123456789') add(digit, 'digit');
	for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') add(letter, 'letter');
	const english = words(englishWords).map((word) => spaceMark + word);
	for (const word of [...english, ...words(chineseWords)]) add(word, /[a-z]/.test(word) ? 'word' : 'han');
	for (const character of [...words(chineseCharacters).join(''), ...words(chineseWords).join('')]) add(character, 'han');
	for (const word of english) for (let length = 2; length < word.length; length++) add(word.slice(0, length), 'prefix');
	for (const name of ['user', 'assistant', 'system']) for (let length = 2; length <= name.length; length++) add(name.slice(0, length), 'prefix');
	return Array.from(tokens, ([text, kind]) => ({ text, kind }));
}

/** Chat in the ChatML form, with the control tokens of this vocabulary. */
const chatTemplate =
	"{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}" +
	"{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** llama.cpp's numbers for what a token is (`llama_token_type`). */
function tokenTypeOf({ text, kind }: Token): number {
	if (text === '<unk>') return 2;
	if (kind === 'control' || kind === 'end') return 3;
	return kind === 'byte' ? 6 : 1;
}

/** The tokenizer's part of a GGUF file's metadata: SentencePiece that adds nothing, ended by `<|im_end|>`, with a ChatML template. */
export function tokenizerMetadata(tokens: readonly Token[]): Record<string, GgufValue> {
	const idOf = (text: string): GgufValue => ({ type: 'uint32', value: tokens.findIndex((token) => token.text === text) });
	return {
		'tokenizer.ggml.model': { type: 'string', value: 'llama' },
		'tokenizer.ggml.pre': { type: 'string', value: 'default' },
		'tokenizer.ggml.tokens': { type: 'array', of: 'string', values: tokens.map(({ text }) => text) },
		// SentencePiece joins the pair of highest score first: longer pieces win.
		'tokenizer.ggml.scores': { type: 'array', of: 'float32', values: tokens.map(({ text }, id) => [...text].length * 10 - id / tokens.length) },
		'tokenizer.ggml.token_type': { type: 'array', of: 'int32', values: tokens.map(tokenTypeOf) },
		'tokenizer.ggml.bos_token_id': idOf('<|endoftext|>'),
		'tokenizer.ggml.eos_token_id': idOf('<|im_end|>'),
		'tokenizer.ggml.unknown_token_id': idOf('<unk>'),
		'tokenizer.ggml.padding_token_id': idOf('<|endoftext|>'),
		'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
		'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
		'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
		'tokenizer.chat_template': { type: 'string', value: chatTemplate },
	};
}
