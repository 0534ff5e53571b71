import { join } from 'node:path';
import { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import { gradeTurns, readGradePrompts } from '../../../src-main/features/grading/gradePrompt.ts';
import { drawSum, drawSumAsk, stepsSentence } from './arithmetic.ts';
import { type Language, languages, type Matter, type Turn } from './Chat.ts';
import { chance, draw, isHeldOut } from './draw.ts';
import { drawExampleGrading, drawFactGrading, drawSumGrading, type Grading, readExampleClass } from './gradings.ts';
import { phraseAsks, phrases } from './phrases.ts';
import { loosen, writeAppMatters, writeSmallTalk, writeUnknown } from './writeMatters.ts';

/** Of every so many phrasings one is kept from the training. */
const heldShare = 12;

/** Which texts to draw: those to learn from, or those that are kept from the training. */
export type Part = 'learnt' | 'held';

/** How many of 1,000 texts are of which kind: first the model learns to talk, then to mark, then both, and last calmly what it was weakest in and what is asked first. */
const shares = {
	talking: { app: 260, talk: 60, unknown: 60, phrase: 310, sum: 160, sumGrading: 95, factGrading: 55 },
	marking: { app: 80, talk: 35, unknown: 35, phrase: 110, sum: 210, sumGrading: 330, example: 40, factGrading: 160 },
	both: { app: 110, talk: 45, unknown: 45, phrase: 160, sum: 120, sumGrading: 280, example: 80, factGrading: 160 },
	calming: { app: 120, who: 60, talk: 60, unknown: 45, phrase: 210, sum: 90, sumGrading: 210, example: 75, factGrading: 130 },
	polishing: { app: 130, who: 110, talk: 50, unknown: 40, phrase: 270, examplePhrase: 60, sum: 70, sumGrading: 140, example: 60, factGrading: 70 },
};
export type Stage = keyof typeof shares;
export type Kind = keyof (typeof shares)['polishing'];
const gradings: ReadonlySet<Kind> = new Set(['sumGrading', 'factGrading', 'example']);

/** Draws chats that the demonstration model learns from. The same seed gives the same texts. */
export class Texts {
	readonly #random: RandomStream;
	readonly #prompts: ReturnType<typeof readGradePrompts>;
	readonly #examples: ReturnType<typeof readExamples>;
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
		this.#examples = readExamples(join(resources, 'locales'));
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
				return this.gradingTurns(drawExampleGrading(random, language));
			default:
				return this.#until(part, () => {
					const grading = kind === 'sumGrading' ? drawSumGrading(random, language) : drawFactGrading(random, language, this.#examples);
					return { key: kind === 'sumGrading' ? `grade ${grading.matter}` : `${grading.matter}${grading.answer}`, turns: this.gradingTurns(grading) };
				});
		}
	}

	gradingTurns({ fields, answer, grade }: Grading): Turn[] {
		const { feedback, suggestions, score } = grade;
		const list = suggestions.map((suggestion) => JSON.stringify(suggestion)).join(', ');
		const content = `{"feedback": ${JSON.stringify(feedback)}, "suggestions": [${list}], "score": ${score}}`;
		return [...gradeTurns(this.#prompts, fields, answer), { role: 'assistant', content }];
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

function readExamples(localesFolder: string): Record<Language, ReturnType<typeof readExampleClass>> {
	return { en: readExampleClass(localesFolder, 'en'), zh: readExampleClass(localesFolder, 'zh') };
}

function chat(question: string, answer: string): Turn[] {
	return [
		{ role: 'user', content: question },
		{ role: 'assistant', content: answer },
	];
}
