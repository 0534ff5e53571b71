import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// One word for one thing, in the texts of the screens and in the handbook: what each thing is called, and what it is not.

const resources = fileURLToPath(new URL('../../resources', import.meta.url));

interface Word {
	thing: string;
	/** What it is called. */
	use: string;
	/** What it is not called. */
	not: RegExp;
	/** Where the other word means another thing. */
	but?: RegExp;
}

const chinese: readonly Word[] = [
	{ thing: 'token', use: '词元', not: /(?<!\{\{)\b[Tt]okens?\b/, but: /Access Tokens|tokens\.txt|tokens_|max_tokens/ },
	{ thing: 'access token', use: '访问令牌', not: /令牌/, but: /访问令牌|新建令牌|读取权限的令牌|已保存令牌|此令牌|需要令牌的模型|换一个令牌/ },
	{ thing: 'confidence of a proposal', use: '把握', not: /置信(?!区间)|信心/ },
	{ thing: "a student's answer", use: '答案', not: /作答/, but: /“作答”|文字作答|程序作答/ },
	{ thing: 'account', use: '账户', not: /账号|帐户|帐号/ },
	{ thing: 'sign in', use: '登录', not: /登陆|登入|签到/ },
	{ thing: 'password', use: '密码', not: /口令/ },
	{ thing: 'allowance', use: '配额', not: /定期额度/ },
	{ thing: 'take in, import', use: '导入', not: /取入/ },
	{ thing: 'adapter', use: '适配器', not: /转接器|适配层|接合器/ },
	{ thing: 'context', use: '上下文', not: /语境窗口|上下文窗口/ },
	{ thing: 'fine-tuning', use: '微调', not: /精调|细调/ },
	{ thing: 'quantization', use: '量化', not: /量子化/ },
	{ thing: 'folder', use: '文件夹', not: /(?:数据|安装|模型|结果)目录/ },
	{ thing: 'you', use: '您', not: /你/ },
	{ thing: 'default', use: '默认', not: /缺省|预设值/ },
	{ thing: 'more to come', use: '…', not: /……/, but: /[“”][^”]*……|……的引擎/ },
	{ thing: 'stops between Chinese words', use: '，。：；！？（）', not: /\p{sc=Han}[;!?](?!\w)|\p{sc=Han}[:(](?!\/)|\)\p{sc=Han}/u },
	{ thing: 'Latin words and figures beside Chinese ones', use: 'a blank between them', not: /\p{sc=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{sc=Han}/u },
	{ thing: 'simplified characters', use: '简体字', not: /[們這個時會說後發過學對將從經應該開關點選擇檔資訊載設]/ },
];

const english: readonly Word[] = [
	{ thing: 'come in with a password', use: 'sign in', not: /\blog(?:ged|ging)[ -]in\b|\blogin\b|\bto log in\b/i },
	{ thing: 'folder', use: 'folder', not: /\bdirector(?:y|ies)\b/i },
	{ thing: 'quantization', use: 'quantization', not: /\bquantisation\b/i },
	{ thing: 'licence, the noun', use: 'licence', not: /\blicense\b/i },
	{ thing: 'adapter', use: 'adapter', not: /\badaptor\b/i },
	{ thing: 'name one signs in with', use: 'name', not: /\buser ?name\b/i },
	{ thing: 'graphics card', use: 'graphics card, GPU', not: /\bvideo card\b/i },
	{ thing: 'apostrophes', use: 'as typed', not: /``|''/ },
];

test.each([
	['zh', chinese],
	['en', english],
] as const)('in %s each thing has one name', async (language, words) => {
	const texts = await textsOf(language);
	const wrong = texts.flatMap(({ where, text }) =>
		words.filter(({ not, but }) => not.test(text) && !but?.test(text)).map(({ thing, use }) => `${where}: “${thing}” is ${use}: ${text.slice(0, 80)}`),
	);
	expect(wrong).toEqual([]);
});

/** Every text of the screens by its key, and every line of the handbook that is no code. */
async function textsOf(language: string): Promise<{ where: string; text: string }[]> {
	const locales = path.join(resources, 'locales', language);
	const screens = await Promise.all(
		// Synonyms are what people look for under another word.
		(await readdir(locales))
			.filter((file) => file !== 'synonyms.json')
			.map(async (file) => leavesOf(path.basename(file, '.json'), JSON.parse(await readFile(path.join(locales, file), 'utf8')))),
	);
	const handbook = path.join(resources, 'handbook', language);
	const pages = (await readdir(handbook)).filter((file) => file.endsWith('.md'));
	const lines = await Promise.all(
		pages.map(async (file) => {
			const text = (await readFile(path.join(handbook, file), 'utf8')).replace(/^```[\s\S]*?^```/gm, '');
			return text.split('\n').map((line, index) => ({
				where: `${file}:${index + 1}`,
				// Addresses and what is typed are no words.
				text: line
					.replace(/\]\([^)]*\)/g, ']')
					.replace(/`[^`]*`/g, ' ')
					.replace(/<a id="[^"]*"><\/a>/g, ''),
			}));
		}),
	);
	return [...screens, ...lines].flat();
}

function leavesOf(key: string, value: unknown): { where: string; text: string }[] {
	if (typeof value === 'string') return [{ where: key, text: value.replace(/\{\{[^}]*\}\}/g, ' ') }];
	return Object.entries(Object(value)).flatMap(([part, inner]) => leavesOf(`${key}.${part}`, inner));
}
