import type { AnyContractRouter } from '@orpc/contract';
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { api } from '#contract/api.ts';
import { refusalEnvelope } from '#contract/apiEnvelope.ts';
import { apiRoutesOf } from './apiRoutesOf.ts';

const description = `What other programs ask of Homeroom, with an API key (\`hr_…\`, made on the account's page) or an access token as \`Authorization: Bearer …\`.

Every answer is in one form: \`{success, message, data, code, timestamp}\`; a refusal is \`{success: false, message, error, details, code, timestamp}\`, in which \`error\` stays the same from one version to the next. OpenAI's clients find their own form under \`/v1\`.`;

/** The description of the HTTP API as OpenAPI 3.1, made of its contract. */
export async function describeApi(version: string): Promise<OpenAPI.Document> {
	const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
	const document = await generator.generate(api as AnyContractRouter, {
		info: { title: 'Homeroom', version, description, license: { name: 'MIT', identifier: 'MIT' } },
		// Wherever the document was fetched from.
		servers: [{ url: '/' }],
		security: [{ bearer: [] }],
		components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or an access token of /api/v1/auth/login.' } } },
		commonSchemas: { Refusal: { schema: refusalEnvelope, strategy: 'output' } },
		customErrorResponseBodySchema: (failures) => ({
			allOf: [{ $ref: '#/components/schemas/Refusal' }, { type: 'object', properties: { error: { enum: failures.map(([code]) => code) } } }],
			description: failures.map(([code, sentence]) => `${code}: ${sentence}`).join('\n\n'),
		}),
	});
	for (const { method, path, requires } of apiRoutesOf(api)) {
		const operation = document.paths?.[path]?.[method === 'GET' ? 'get' : 'post'];
		if (!operation) throw new Error(`the route ${method} ${path} is not described`);
		if (requires === 'nobody') operation.security = [];
		for (const [status, response] of Object.entries(operation.responses ?? {})) if (Number(status) >= 400) Object.assign(response, { description: 'Refused.' });
	}
	return document;
}
