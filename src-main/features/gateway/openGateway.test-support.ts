import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import type { KeyLimits, KeyScope } from '#contract/accounts.ts';
import type { GatewaySettings } from '#contract/gateway.ts';
import type { Model } from '#contract/library.ts';
import { type Member, openApp } from '../../openApp.test-support.ts';
import { type TestModelOptions, writeTestModel } from '../library/testModel.ts';

/** The whole app with an open gateway, a model that ends its answers and one that never does, for tests that come to it over HTTP. */
export async function openGateway(settings: Partial<GatewaySettings> = {}) {
	const stage = await openApp();
	const models = await mkdtemp(join(tmpdir(), 'homeroom-gateway-'));
	const { client } = stage.olga;
	await client.settings.set({ engineThreads: 1 });
	const addModel = async (name: string, options: TestModelOptions): Promise<Model> => {
		await writeTestModel(join(models, name), options);
		const added = (await client.library.importPath({ path: join(models, name) })).models[0];
		if (!added) throw new Error('the model was not taken in');
		return added;
	};
	const [brief, endless] = [await addModel('brief.gguf', {}), await addModel('endless.gguf', { endless: true })];
	const state = await client.gateway.change({ isOn: true, port: 0, ...settings });
	const { origin } = state;
	if (origin === null) throw new Error(`the gateway is not open: ${state.failure?.code}`);

	return {
		stage,
		client,
		brief,
		endless,
		addModel,
		origin,
		port: Number(new URL(origin).port),
		state,
		/** The secret of a fresh key. */
		async key(member: Member = stage.olga, { scopes = ['chat'], limits = {} }: { scopes?: KeyScope[]; limits?: Partial<KeyLimits> } = {}): Promise<string> {
			const whole = { requestsPerMinute: 100_000, streamsAtOnce: 8, tokensPerMonth: null, ...limits };
			return (await member.client.accounts.createKey({ name: 'a program', scopes, expiresAt: null, limits: whole })).secret;
		},
		openai(apiKey: string): OpenAI {
			return new OpenAI({ apiKey, baseURL: `${origin}/v1`, maxRetries: 0 });
		},
		async close() {
			await stage.close();
			await rm(models, { recursive: true, force: true });
		},
	};
}
export type OpenedGateway = Awaited<ReturnType<typeof openGateway>>;
