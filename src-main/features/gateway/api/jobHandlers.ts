import type { Job } from '#contract/jobs.ts';
import type { StatementLine } from '#contract/ledger.ts';
import { type ApiTools, answered, instantOf, on, remainingOf } from './apiTools.ts';

export function jobHandlers({ jobs }: ApiTools) {
	const own = on.jobs;
	const one = (job: Job) => answered({ job: shownJob(job) });
	return own.router({
		list: own.list.handler(({ context }) => answered({ jobs: jobs.list(context.principal.accountId).map(shownJob) })),
		get: own.get.handler(({ context, input }) => one(jobs.get(context.principal.accountId, input.id))),
		pause: own.pause.handler(({ context, input }) => one(jobs.pause(context.principal.accountId, input.id))),
		resume: own.resume.handler(({ context, input }) => one(jobs.resume(context.principal.accountId, input.id))),
		cancel: own.cancel.handler(({ context, input }) => one(jobs.cancel(context.principal.accountId, input.id))),
		retry: own.retry.handler(({ context, input }) => one(jobs.retry(context.principal.accountId, input.id))),
	});
}

export function tokenHandlers({ ledger }: ApiTools) {
	const { tokens } = on;
	return tokens.router({
		balance: tokens.balance.handler(({ context }) => {
			const balance = ledger.balance(context.principal.accountId);
			const prices = (['chat', 'convert', 'grading', 'subtitles'] as const).map((task) => {
				const { perMille, surcharge } = ledger.price(task);
				return { task, factor: perMille / 1000, surcharge };
			});
			return answered({
				...{ is_metered: balance.isMetered, remaining_tokens: remainingOf(balance), reserved_tokens: balance.reserved },
				...{ used_this_month: balance.usedThisMonth, prices },
			});
		}),
		usage: tokens.usage.handler(({ context, input: { task = null, cursor = null, limit = 100 } }) => {
			const page = ledger.statement(context.principal.accountId, { from: null, until: null, modelId: null, kind: null, task, cursor, limit });
			return answered({ lines: page.lines.map(shownLine), cursor: page.cursor });
		}),
	});
}

function shownJob({ id, kind, state, title, detail, fraction, itemsTotal, itemsDone, itemsFailed, failure, createdAt, startedAt, endedAt }: Job) {
	return {
		...{ id, kind, state, title, detail, progress: fraction, items_total: itemsTotal, items_done: itemsDone, items_failed: itemsFailed, failure },
		...{ created_at: instantOf(createdAt), started_at: instantOf(startedAt), ended_at: instantOf(endedAt) },
	};
}

function shownLine({ id, at, kind, tokens, task, modelName, promptTokens, completionTokens }: StatementLine) {
	return { id, at: instantOf(at), kind, tokens, task, model: modelName, prompt_tokens: promptTokens, completion_tokens: completionTokens };
}
