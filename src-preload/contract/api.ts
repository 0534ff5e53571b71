import { apiAuth, apiUsers } from './apiAuth.ts';
import { apiHealth, apiJobs, apiTokens } from './apiJobs.ts';
import { apiModels } from './apiModels.ts';
import { apiTasks } from './apiTasks.ts';

/**
 * The HTTP API for other programs, beside that of OpenAI's form: every route with who may call it, what goes in, what comes out and what it can be
 * refused with. The description that /openapi.json gives is made of this.
 */
export const api = { api: { auth: apiAuth, models: apiModels, tasks: apiTasks, jobs: apiJobs, tokens: apiTokens, users: apiUsers, health: apiHealth } };
