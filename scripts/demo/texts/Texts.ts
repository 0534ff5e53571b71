import { join } from 'node:path';
import { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import { revealHidden } from '../../../src-main/features/grading/check/revealHidden.ts';
import { gradeTurns, readGradePrompts } from '../../../src-main/features/grading/gradePrompt.ts';
import { draftTurns } from '../../../src-main/features/grading/rubricDraft.ts';
import { absent } from '../../../src-main/features/grading/rubricForm.ts';
import { drawSum, drawSumAsk, stepsSentence, sumThenProduct } from './arithmetic.ts';
import { type Language, languages, type Matter, type Turn } from './Chat.ts';
import { chance, draw, isHeldOut } from './draw.ts';
import { drawExampleGrading, drawFactGrading, drawSumGrading, type Grading, readExampleClass } from './gradings.ts';
import { phraseAsks, phrases } from './phrases.ts';
import { draftOf, readLevelWords } from './rubrics.ts';
import { pairs, schoolFacts } from './schoolFacts.ts';
import { spacedJson } from './spacedJson.ts';
import { loosen, writeAppMatters, writeSmallTalk, writeUnknown } from './writeMatters.ts';

/** Of every so many phrasings one is kept from the training. */
const heldShare = 12;

/** Which texts to draw: those to learn from, or those that are kept from the training. */
export type Part = 'learnt' | 'held';

/** How many of 1,000 texts are of which kind: first the model learns to talk, then to mark, then both, and last calmly what it was weakest in and what is asked first. */
const shares = {
	talking: { app: 235, talk: 55, unknown: 55, phrase: 285, sum: 150, sumGrading: 90, factGrading: 70, draft: 15, repeat: 45 },
	marking: { app: 65, talk: 30, unknown: 30, phrase: 90, sum: 175, sumGrading: 290, example: 40, factGrading: 215, draft: 25, repeat: 40 },
	both: { app: 105, talk: 40, unknown: 40, phrase: 145, sum: 105, sumGrading: 250, example: 70, factGrading: 205, draft: 25, repeat: 15 },
	calming: { app: 115, who: 60, talk: 55, unknown: 45, phrase: 205, sum: 85, sumGrading: 185, example: 75, factGrading: 155, draft: 20 },
	polishing: { app: 120, who: 100, talk: 50, unknown: 40, phrase: 245, examplePhrase: 55, sum: 65, sumGrading: 145, example: 80, factGrading: 85, draft: 15 },
};
export type Stage = keyof typeof shares;
export type Kind = keyof (typeof shares)['polishing'] | 'repeat';
const gradings: ReadonlySet<Kind> = new Set(['sumGrading', 'factGrading', 'example', 'draft']);

/** Draws chats that the demonstration model learns from. The same seed gives the same texts. */
export class Texts {
	readonly #random: RandomStream;
	readonly #prompts: ReturnType<typeof readGradePrompts>;
	readonly #examples: Record<Language, ReturnType<typeof readExampleClass>>;
	readonly #levels: Record<Language, ReturnType<typeof readLevelWords>>;
	readonly #matters: Record<'app' | 'talk' | 'who' | 'unknown', readonly Matter[]> = {
		app: writeAppMatters(),
		talk: writeSmallTalk(),
		who: writeSmallTalk().filter(({ name }) => name === 'who'),
		unknown: writeUnknown(),
	};

	readonly #shares: readonly (readonly [string, number])[];

	/** @param resources the folder that ships with the app: prompts and words are taken from there */
	constructor(resources: string, seed: number, stage: Stage = 'talking') {
		this.#shares = Object.entries(shares[stage]);
		this.#random = new RandomStream(seed);
		this.#prompts = readGradePrompts(join(resources, 'prompts'));
		const locales = join(resources, 'locales');
		this.#examples = { en: readExampleClass(locales, 'en'), zh: readExampleClass(locales, 'zh') };
		this.#levels = { en: readLevelWords(locales, 'en'), zh: readLevelWords(locales, 'zh') };
	}

	/** A chat that ends with what the model should say; sometimes of several questions. */
	draw(part: Part = 'learnt'): Turn[] {
		const kind = this.#drawKind();
		if (gradings.has(kind) || part === 'held' || chance(this.#random, 88)) return this.drawKind(kind, part);
		const more = chance(this.#random, 50) ? [this.#drawTalk()] : [this.#drawTalk(), this.#drawTalk()];
		return [...more.flat(), ...this.drawKind(kind, part)];
	}

	drawKind(kind: Kind, part: Part): Turn[] {
		const random = this.#random;
		const language = draw(random, languages);
		switch (kind) {
			case 'app':
			case 'talk':
			case 'who':
			case 'unknown':
				return this.#drawMatter(this.#matters[kind], part);
			case 'phrase':
				return this.#drawPhrase(part);
			case 'examplePhrase':
				return this.#drawPhrase(part, phrases.slice(0, 1));
			case 'sum':
				return this.#until(part, () => {
					const sum = drawSum(random);
					return { key: `sum ${sum.text}`, turns: chat(drawSumAsk(random, sum, language), stepsSentence(sum, language)) };
				});
			case 'example':
				return this.gradingTurns(drawExampleGrading(random, language, this.#levels[language]));
			case 'draft':
				return this.#drawDraft(language);
			case 'repeat':
				return this.#drawRepeat(language);
			default:
				return this.#until(part, () => {
					const grading = this.#drawGrading(kind, language);
					return { key: kind === 'sumGrading' ? `grade ${grading.matter}` : `${grading.matter}${grading.answer}`, turns: this.gradingTurns(grading) };
				});
		}
	}

	gradingTurns({ fields, answer, grade, more, verdicts }: Grading): Turn[] {
		const { feedback, suggestions, score } = grade;
		const labels = new Map(fields.rubric.flatMap(({ id, levels }) => levels.map((level) => [`${id} ${level.id}`, level.name])));
		const said = verdicts?.map(({ criterionId, levelId, quote, reason }) => [
			criterionId,
			{ quote: quote ?? absent, reason, level: labels.get(`${criterionId} ${levelId}`) },
		]);
		const content = spacedJson(said ? { ...Object.fromEntries(said), feedback, suggestions } : { feedback, suggestions, score });
		return [...gradeTurns(this.#prompts, fields, revealHidden(answer), more), { role: 'assistant', content }];
	}

	#drawGrading(kind: 'sumGrading' | 'factGrading', language: Language): Grading {
		const [random, levels] = [this.#random, this.#levels[language]];
		return kind === 'sumGrading' ? drawSumGrading(random, language, levels) : drawFactGrading(random, language, levels, this.#examples[language]);
	}

	/** Words and numbers in an order that means nothing, to be said again: whoever grades has to quote. */
	#drawRepeat(language: Language): Turn[] {
		const random = this.#random;
		const word = () => {
			if (chance(random, 30)) return String(random.below(101));
			return draw(random, chance(random, 50) ? draw(random, schoolFacts[language]).right : draw(random, pairs[language]).items.flat());
		};
		const line = Array.from({ length: 1 + random.below(5) }, word).join(' ');
		const ask = draw(random, language === 'en' ? ['Repeat: {x}', 'Say this again: {x}', 'Copy: {x}'] : ['重复：{x}', '再说一遍：{x}', '照抄：{x}']);
		return chat(ask.replace('{x}', line), line);
	}

	/** A rubric for a question: the one of the example class, one of school knowledge, or a sum. */
	#drawDraft(language: Language): Turn[] {
		const random = this.#random;
		const turns = (matter: Parameters<typeof draftTurns>[1], content: object): Turn[] => [
			...draftTurns(this.#prompts, matter),
			{ role: 'assistant', content: spacedJson(content) },
		];
		if (chance(random, 35)) {
			const sum = chance(random, 30) ? sumThenProduct(2, 3, 4) : drawSum(random);
			const matter = { subject: '', gradeLevel: '', question: drawSumAsk(random, sum, language), key: chance(random, 40) ? String(sum.result) : '' };
			return turns(matter, draftOf(language, { steps: stepsSentence(sum, language), result: sum.result }));
		}
		if (chance(random, 30)) {
			const { subject, gradeLevel, question, key, sentences } = this.#examples[language];
			return turns({ subject, gradeLevel, question, key }, draftOf(language, { key, sentences }));
		}
		const { subject, question, key } = chance(random, 30) ? drawPairFact(random, language) : draw(random, schoolFacts[language]);
		const matter = { subject: chance(random, 60) ? subject : '', gradeLevel: '', question, key: chance(random, 75) ? key : '' };
		return turns(matter, draftOf(language, { key, sentences: [key] }));
	}

	#drawKind(): Kind {
		let place = this.#random.below(1000);
		for (const [kind, share] of this.#shares) {
			place -= share;
			// A key of the table above.
			if (place < 0) return kind as Kind;
		}
		return 'app';
	}

	#drawTalk(): Turn[] {
		const kind = draw(this.#random, ['app', 'app', 'talk', 'talk', 'unknown', 'phrase', 'sum'] as const);
		return this.drawKind(kind, 'learnt');
	}

	#drawMatter(matters: readonly Matter[], part: Part): Turn[] {
		const random = this.#random;
		return this.#until(part, () => {
			const { asks, answer, language } = draw(random, matters);
			const ask = draw(random, asks);
			return { key: ask, turns: chat(loosen(ask, language, random.below(8)), answer) };
		});
	}

	#drawPhrase(part: Part, lines = phrases): Turn[] {
		const random = this.#random;
		return this.#until(part, () => {
			const [en, zh] = draw(random, lines);
			const toChinese = chance(random, 50);
			const [line, other] = toChinese ? [en, zh] : [zh, en];
			const form = draw(random, toChinese ? phraseAsks.toChinese : phraseAsks.toEnglish);
			// A line is given with its mark or without.
			const spelt = chance(random, 20) ? line.replace(/[.。]$/u, '') : line;
			return { key: `${form}${line}`, turns: chat(form.replace('{x}', spelt), other) };
		});
	}

	#until(part: Part, attempt: () => { key: string; turns: Turn[] }): Turn[] {
		for (;;) {
			const { key, turns } = attempt();
			if (isHeldOut(key, heldShare) === (part === 'held')) return turns;
		}
	}
}

function drawPairFact(random: RandomStream, language: Language): { subject: string; question: string; key: string } {
	const { subject, question, key, items } = draw(random, pairs[language]);
	const [x, y] = draw(random, items);
	return { subject, question: question.replace('{x}', x), key: key.replace('{x}', x).replace('{y}', y) };
}

function chat(question: string, answer: string): Turn[] {
	return [
		{ role: 'user', content: question },
		{ role: 'assistant', content: answer },
	];
}
