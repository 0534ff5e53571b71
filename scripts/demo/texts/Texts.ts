import { join } from 'node:path';
import { RandomStream } from '../../../src-main/features/finetune/trainer/RandomStream.ts';
import { revealHidden } from '../../../src-main/features/grading/check/revealHidden.ts';
import { gradeTurns, readGradePrompts } from '../../../src-main/features/grading/gradePrompt.ts';
import { draftTurns } from '../../../src-main/features/grading/rubricDraft.ts';
import { absent } from '../../../src-main/features/grading/rubricForm.ts';
import { readSubtitlePrompts } from '../../../src-main/features/subtitles/translatePrompt.ts';
import { drawSum, drawSumAsk, stepsSentence, sumThenProduct } from './arithmetic.ts';
import { type Language, languages, type Matter, type Turn } from './Chat.ts';
import { drawCopying } from './copying.ts';
import { chance, draw, isHeldOut } from './draw.ts';
import { drawBatch, drawCondensing, drawGlossary, drawStrangeBatch, type FilmTexts } from './films.ts';
import { drawExampleGrading, drawFactGrading, drawJudgedAnswer, drawSumGrading, type Grading, readExampleClass } from './gradings.ts';
import { drawJudgingAsk } from './judging.ts';
import { phraseAsks, phrases } from './phrases.ts';
import { draftOf, readLevelWords, reasonOf } from './rubrics.ts';
import { pairs, schoolFacts } from './schoolFacts.ts';
import { spacedJson } from './spacedJson.ts';
import { loosen, writeAppMatters, writeSmallTalk, writeUnknown } from './writeMatters.ts';

/** Of every so many phrasings one is kept from the training. */
const heldShare = 12;

/** Which texts to draw: those to learn from, or those that are kept from the training. */
export type Part = 'learnt' | 'held';

/** How many of 1,000 texts are of which kind: first the model learns to say again what it reads, then to talk, then to mark and to translate films, then all of it, then calmly what it was weakest in, and last, after films once more, what is asked first. */
const shares = {
	copying: { repeat: 930, strangeBatch: 70 },
	talking: {
		...{ app: 190, talk: 50, unknown: 50, phrase: 280, sum: 150, judging: 75, repeat: 50 },
		...{ sumGrading: 40, factGrading: 50, draft: 10, batch: 45, strangeBatch: 10 },
	},
	marking: {
		...{ app: 55, talk: 25, unknown: 25, phrase: 100, sum: 140, judging: 130, repeat: 40 },
		...{ sumGrading: 135, example: 30, factGrading: 185, draft: 20, batch: 100, strangeBatch: 10, condensing: 3, glossary: 2 },
	},
	both: {
		...{ app: 150, talk: 45, unknown: 60, phrase: 180, sum: 80, judging: 70, repeat: 20 },
		...{ sumGrading: 75, example: 50, factGrading: 140, draft: 20, batch: 105, condensing: 3, glossary: 2 },
	},
	calming: {
		...{ app: 160, who: 60, talk: 60, unknown: 70, phrase: 220, sum: 70, judging: 40 },
		...{ sumGrading: 55, example: 60, factGrading: 100, draft: 15, batch: 85, condensing: 3, glossary: 2 },
	},
	polishing: {
		...{ app: 150, who: 90, talk: 55, unknown: 70, phrase: 235, examplePhrase: 55, sum: 45, judging: 20 },
		...{ sumGrading: 45, example: 70, factGrading: 70, draft: 15, batch: 75, condensing: 3, glossary: 2 },
	},
	settling: {
		...{ app: 190, who: 70, talk: 50, unknown: 50, phrase: 210, examplePhrase: 40, sum: 40, judging: 40 },
		...{ sumGrading: 50, example: 60, factGrading: 110, draft: 15, batch: 75 },
	},
	filming: {
		...{ app: 90, who: 35, talk: 25, unknown: 35, phrase: 120, sum: 70, judging: 45, repeat: 120 },
		...{ sumGrading: 90, example: 30, factGrading: 90, draft: 15, batch: 220, strangeBatch: 15 },
	},
	resting: {
		...{ app: 165, who: 60, talk: 45, unknown: 55, phrase: 160, examplePhrase: 25, sum: 55, judging: 40, repeat: 40 },
		...{ sumGrading: 80, example: 50, factGrading: 75, draft: 15, batch: 130, condensing: 3, glossary: 2 },
	},
	answering: {
		...{ app: 200, homeroom: 90, who: 50, talk: 45, unknown: 55, phrase: 270, examplePhrase: 20, sum: 30, judging: 20, repeat: 10 },
		...{ sumGrading: 65, example: 35, factGrading: 45, draft: 15, batch: 45, condensing: 3, glossary: 2 },
	},
};
export type Stage = keyof typeof shares;
export type Kind = keyof (typeof shares)['answering'] | keyof (typeof shares)['marking'];
const gradings: ReadonlySet<Kind> = new Set(['sumGrading', 'factGrading', 'example', 'draft', 'repeat', 'batch', 'strangeBatch', 'condensing', 'glossary']);

/** Draws chats that the demonstration model learns from. The same seed gives the same texts. */
export class Texts {
	readonly #random: RandomStream;
	readonly #prompts: ReturnType<typeof readGradePrompts>;
	readonly #filmPrompts: ReturnType<typeof readSubtitlePrompts>;
	readonly #examples: Record<Language, ReturnType<typeof readExampleClass>>;
	readonly #levels: Record<Language, ReturnType<typeof readLevelWords>>;
	readonly #matters: Record<'app' | 'homeroom' | 'talk' | 'who' | 'unknown', readonly Matter[]> = {
		app: writeAppMatters(),
		homeroom: writeAppMatters().filter(({ name }) => name === 'homeroom'),
		talk: writeSmallTalk(),
		who: writeSmallTalk().filter(({ name }) => name === 'who'),
		unknown: writeUnknown(),
	};

	readonly #stage: Stage;
	readonly #shares: readonly (readonly [string, number])[];

	/** @param resources the folder that ships with the app: prompts and words are taken from there */
	constructor(resources: string, seed: number, stage: Stage = 'talking') {
		this.#stage = stage;
		this.#shares = Object.entries(shares[stage]);
		this.#random = new RandomStream(seed);
		this.#prompts = readGradePrompts(join(resources, 'prompts'));
		this.#filmPrompts = readSubtitlePrompts(join(resources, 'prompts'));
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
			case 'homeroom':
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
				}).turns;
			case 'example':
				return this.gradingTurns(drawExampleGrading(random, language, this.#levels[language]));
			case 'draft':
				return this.#drawDraft(language);
			case 'repeat':
				return drawCopying(random, language, this.#stage === 'copying' ? 75 : 10);
			case 'batch':
				return this.drawBatch(part, language).turns;
			case 'strangeBatch':
				return drawStrangeBatch(this.#filmPrompts, random, language).turns;
			case 'condensing':
				return this.#until(part, () => drawCondensing(this.#filmPrompts, random, language)).turns;
			case 'glossary':
				return drawGlossary(this.#filmPrompts, random, language);
			case 'judging':
				return this.#drawJudging(part, language);
			default:
				return this.gradingTurns(this.drawGrading(kind, part, language));
		}
	}

	/** An answer with the grade that it should get. */
	drawGrading(kind: 'sumGrading' | 'factGrading', part: Part, language: Language): Grading {
		const [random, levels] = [this.#random, this.#levels[language]];
		return this.#until(part, () => {
			const grading = kind === 'sumGrading' ? drawSumGrading(random, language, levels) : drawFactGrading(random, language, levels, this.#examples[language]);
			return { ...grading, key: judgedKey(grading) };
		});
	}

	/** A batch of subtitles in one language, and what they are in the other one. */
	drawBatch(part: Part, from: Language): FilmTexts {
		return this.#until(part, () => drawBatch(this.#filmPrompts, this.#random, from));
	}

	#drawJudging(part: Part, language: Language): Turn[] {
		const random = this.#random;
		return this.#until(part, () => {
			const answered = drawJudgedAnswer(random, language, this.#examples[language]);
			return { key: judgedKey(answered), turns: chat(drawJudgingAsk(random, language, answered), reasonOf(language, answered.judged)) };
		}).turns;
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
		}).turns;
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
		}).turns;
	}

	#until<Drawn extends { key: string }>(part: Part, attempt: () => Drawn): Drawn {
		for (;;) {
			const drawn = attempt();
			if (isHeldOut(drawn.key, heldShare) === (part === 'held')) return drawn;
		}
	}
}

/** Of a sum no answer at all is learnt where it is kept from the training; of another question only this one is not. */
function judgedKey({ matter, answer, judged }: Pick<Grading, 'matter' | 'answer' | 'judged'>): string {
	return judged.working === null ? `${matter}${answer}` : `grade ${matter}`;
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
