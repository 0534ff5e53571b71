import type { RepairStep } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { likelyTokens, likelyTokensOf } from '#contract/priceOf.ts';
import { tellSteps } from '../../../platform/rpc/tellSteps.ts';
import { fenceFor } from '../../../platform/text/fenceFor.ts';
import { fillTemplate } from '../../../platform/text/fillTemplate.ts';
import { readTemplate } from '../../../platform/text/readTemplate.ts';
import { type Asked, type ByModel, type PaidWriter, turnsAbout } from '../PaidWriter.ts';
import type { Broken, BrokenPart } from './brokenPart.ts';
import type { PutRepair } from './putRepair.ts';
import { formOf, repairSchema } from './repairForm.ts';

/** A broken source, and the model that is to repair the first broken place of it. */
export interface RepairOrder extends ByModel {
	content: string;
	from: FormatName;
}

/** What is done in a thread of its own, as sources are hostile. */
export interface RepairThreads {
	broken(content: string, from: FormatName, signal?: AbortSignal): Promise<Broken>;
	putRepair(order: PutOrder, signal?: AbortSignal): Promise<PutRepair>;
}

/** What a model wrote, to be put into the place of a part. */
export interface PutOrder {
	content: string;
	from: FormatName;
	part: BrokenPart;
	reply: string;
}

const forms: Record<BrokenPart['holds'], string> = {
	items: 'Reply with JSON alone, in this form, with the items of the list that the part holds: {"repaired": [ … ]}',
	members: 'Reply with JSON alone, in this form, with the members that the part holds: {"repaired": { … }}',
	value: 'Reply with JSON alone, in this form, with the whole of it: {"repaired": … }',
	lines: 'Reply with JSON alone, in this form, with each line of the part as a text, its indent included: {"repaired": ["…", "…"]}',
};

/**
 * Has a model repair what rules cannot: one broken place of a source at a time, of which it sees a few lines around, so that the source may be of
 * any length. Nothing but that place can change, and nothing is kept here.
 */
export class Repairer {
	readonly #writer: PaidWriter;
	readonly #threads: RepairThreads;
	readonly #prompt: string;

	constructor(writer: PaidWriter, threads: RepairThreads, promptsFolder: string) {
		this.#writer = writer;
		this.#threads = threads;
		this.#prompt = readTemplate(promptsFolder, 'convert-mend.txt');
	}

	/** Which line is to be repaired, and about how many tokens that costs; null where no model could do it. Throws as `PaidWriter.estimate` does. */
	async estimate(ownerId: string, order: RepairOrder, signal?: AbortSignal): Promise<{ line: number; tokens: number } | null> {
		const broken = await this.#threads.broken(order.content, order.from, signal);
		if (broken?.kind !== 'part') return null;
		return { line: broken.part.line, tokens: this.#writer.estimate(ownerId, order, this.#ask(order, broken.part)) };
	}

	/** Repairs the first broken place. Throws as `PaidWriter.write` does, and RECORDS_INVALID. */
	async *repair(ownerId: string, order: RepairOrder, signal?: AbortSignal): AsyncGenerator<RepairStep> {
		yield* tellSteps<RepairStep, RepairStep>((onStep, ended) => this.#repaired(ownerId, order, onStep, ended), { kind: 'loading' }, signal);
	}

	async #repaired(ownerId: string, order: RepairOrder, onStep: (step: RepairStep) => void, signal: AbortSignal): Promise<RepairStep | null> {
		const { content, from } = order;
		const broken = await this.#threads.broken(content, from, signal);
		if (broken === null) return { kind: 'refused', line: null, why: 'whole', reply: '' };
		if (broken.kind === 'tooLong') return { kind: 'refused', line: broken.line, why: 'tooLong', reply: '' };
		const { part } = broken;
		const reply = await this.#writer.write(ownerId, order, this.#ask(order, part), () => onStep({ kind: 'writing', line: part.line }), signal);
		if (reply === null) return null;
		const put = await this.#threads.putRepair({ content, from, part, reply }, signal);
		return put.kind === 'refused' ? { ...put, line: part.line } : put;
	}

	#ask({ content, from }: RepairOrder, part: BrokenPart): Asked {
		const text = content.slice(part.at, part.end);
		const fence = fenceFor(content);
		const around = (shown: string) => (shown.trim() === '' ? '(nothing)' : `${fence}\n${shown}\n${fence}`);
		const form = forms[formOf({ text, holds: part.holds })];
		const told = { format: from.toUpperCase(), reason: part.reason, before: around(part.before), after: around(part.after), form };
		const turns = turnsAbout(fillTemplate(this.#prompt, told), text);
		const most = Math.max(256, 2 * likelyTokens(text));
		return { turns, schema: repairSchema({ text, holds: part.holds }), likely: likelyTokensOf(turns) + likelyTokens(text) + 60, budgets: [most, 4 * most] };
	}
}
