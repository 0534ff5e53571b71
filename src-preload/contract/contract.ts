import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { accounts } from './accounts.ts';
import { audit } from './audit.ts';
import { backends } from './backends.ts';
import { backup } from './backup.ts';
import { cache } from './cache.ts';
import { chat } from './chat.ts';
import { convert } from './convert.ts';
import { deleted } from './deleted.ts';
import { engine } from './engine.ts';
import { finetune } from './finetune.ts';
import { gateway } from './gateway.ts';
import { grading } from './grading.ts';
import { jobs } from './jobs.ts';
import { ledger } from './ledger.ts';
import { library } from './library.ts';
import { market } from './market.ts';
import { monitor } from './monitor.ts';
import { outbound } from './outbound.ts';
import { routes } from './routes.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { subtitles } from './subtitles.ts';
import { system } from './system.ts';
import { updates } from './updates.ts';

/** Everything a screen can ask of the app: the one description behind handlers, clients and input checks. */
export const contract = {
	accounts,
	audit,
	backends,
	backup,
	cache,
	chat,
	convert,
	deleted,
	engine,
	finetune,
	gateway,
	grading,
	jobs,
	ledger,
	library,
	market,
	monitor,
	outbound,
	routes,
	search,
	settings,
	shell,
	subtitles,
	system,
	updates,
};

export type Contract = typeof contract;
export type Client = ContractRouterClient<Contract>;
export type Inputs = InferContractRouterInputs<Contract>;
export type Outputs = InferContractRouterOutputs<Contract>;
