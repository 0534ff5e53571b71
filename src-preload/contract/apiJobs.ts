import { z } from 'zod';
import { apiProcedure, enveloped, instant, paid } from './apiEnvelope.ts';
import { failureRecord } from './errors.ts';
import { jobState } from './jobs.ts';
import { statementLine, task } from './ledger.ts';

/** A slow piece of work. */
const apiJob = z.object({
	id: z.string(),
	kind: z.string().describe("The feature's word, such as `grading`."),
	state: jobState,
	title: z.string(),
	detail: z.string(),
	progress: z.number().describe('From 0 to 1.'),
	items_total: z.number().int(),
	items_done: z.number().int(),
	items_failed: z.number().int(),
	failure: failureRecord.nullable(),
	created_at: instant,
	started_at: instant.nullable(),
	ended_at: instant.nullable(),
});

const byId = z.strictObject({ id: z.string().max(100) });
const one = enveloped(z.object({ job: apiJob }));
const tags = ['jobs'];
const act = (name: string, summary: string) => ({ method: 'POST', path: `/api/v1/jobs/{id}/${name}`, tags, summary }) as const;

/** /api/v1/jobs: the caller's own. */
export const apiJobs = {
	list: apiProcedure('user', ['jobs'])
		.route({ method: 'GET', path: '/api/v1/jobs', tags, summary: 'My jobs, newest first' })
		.output(enveloped(z.object({ jobs: z.array(apiJob) }))),
	get: apiProcedure('user', ['jobs', 'subtitles', 'grading', 'convert'])
		.route({ method: 'GET', path: '/api/v1/jobs/{id}', tags, summary: 'One job' })
		.input(byId)
		.output(one),
	pause: apiProcedure('user', ['jobs'], ['JOB_STATE']).route(act('pause', 'Pause a job; what it has done stays')).input(byId).output(one),
	resume: apiProcedure('user', ['jobs'], ['JOB_STATE', 'INSUFFICIENT_TOKENS']).route(act('resume', 'Let a paused job go on')).input(byId).output(one),
	cancel: apiProcedure('user', ['jobs'], ['JOB_STATE']).route(act('cancel', 'End a job; what it has done stays')).input(byId).output(one),
	retry: apiProcedure('user', ['jobs'], ['JOB_STATE', 'INSUFFICIENT_TOKENS']).route(act('retry', 'Do the failed items of a job again')).input(byId).output(one),
};

const line = z.object({
	id: z.string(),
	at: instant,
	kind: statementLine.shape.kind,
	tokens: z.number().int().describe('Grants add, work takes away.'),
	task: task.nullable(),
	model: z.string().nullable(),
	prompt_tokens: z.number().int(),
	completion_tokens: z.number().int(),
});

/** /api/v1/balance and /api/v1/usage: the caller's own tokens. */
export const apiTokens = {
	balance: apiProcedure('viewer', ['ledger', 'chat', 'convert', 'grading', 'subtitles'])
		.route({ method: 'GET', path: '/api/v1/balance', tags: ['tokens'], summary: 'What I have to spend, and what things cost' })
		.output(
			enveloped(
				z.object({
					is_metered: z.boolean(),
					remaining_tokens: paid.remaining_tokens,
					reserved_tokens: z.number().int().describe('Set aside for what is running.'),
					used_this_month: z.number().int(),
					prices: z
						.array(z.object({ task, factor: z.number(), surcharge: z.number().int() }))
						.describe('A request costs what a model took in and wrote for it, times `factor`, and `surcharge` once.'),
				}),
			),
		),
	usage: apiProcedure('viewer', ['ledger'])
		.route({ method: 'GET', path: '/api/v1/usage', tags: ['tokens'], summary: 'My statement, newest first' })
		.input(
			z.strictObject({
				task: task.optional(),
				cursor: z.string().min(1).max(200).optional().describe('Of the page before.'),
				limit: z
					.stringFormat('integer', /^\d{1,3}$/)
					.transform(Number)
					.pipe(z.number().int().min(1).max(500))
					.optional(),
			}),
		)
		.output(enveloped(z.object({ lines: z.array(line), cursor: z.string().nullable() }))),
};

/** /health: whether all is well. */
export const apiHealth = {
	check: apiProcedure('nobody', ['library', 'engine', 'chat', 'convert', 'grading', 'subtitles', 'jobs', 'ledger', 'people'])
		.route({
			method: 'GET',
			path: '/health',
			tags: ['health'],
			summary: 'Whether Homeroom is well',
			description: 'Without a credential `status` alone is told; `system` is for administrators.',
		})
		.output(
			enveloped(
				z.object({
					status: z.enum(['ok', 'degraded']).describe('`degraded`: it answers, and something of it does not work.'),
					system: z
						.object({
							version: z.string(),
							uptime_seconds: z.number().int(),
							process: z.object({ memory_bytes: z.number().int(), event_loop_delay_ms: z.number() }),
							database: z.object({ is_ok: z.boolean(), size_bytes: z.number().int() }),
							disk: z.object({ is_ok: z.boolean(), free_bytes: z.number().int(), total_bytes: z.number().int() }),
							deployments: z.array(
								z.object({
									id: z.string(),
									model: z.string(),
									state: z.string(),
									active_requests: z.number().int(),
									memory_bytes: z.number().int().nullable(),
									failure: z.string().nullable(),
								}),
							),
						})
						.nullable(),
				}),
			),
		),
};
