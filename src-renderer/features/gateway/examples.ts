interface ExampleOrder {
	origin: string;
	model: string;
	/** The certificate must be told to the program. */
	isSelfMade: boolean;
}

const certificate = 'homeroom-certificate.pem';

/** How curl asks a model, as a shell takes it. */
export function curlExample({ origin, model, isSelfMade }: ExampleOrder): string {
	const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Why are there tides?' }], stream: true });
	return [
		`curl ${isSelfMade ? `--cacert ${certificate} ` : ''}${origin}/v1/chat/completions \\`,
		"  -H 'Authorization: Bearer hr_…' \\",
		"  -H 'Content-Type: application/json' \\",
		// A quote ends the text, stands by itself, and the text goes on.
		`  -d '${body.replaceAll("'", "'\\''")}'`,
	].join('\n');
}

/** How OpenAI's client for JavaScript asks a model. */
export function openaiExample({ origin, model, isSelfMade }: ExampleOrder): string {
	return [
		...(isSelfMade ? [`// NODE_EXTRA_CA_CERTS=${certificate}`] : []),
		"import OpenAI from 'openai';",
		'',
		`const openai = new OpenAI({ baseURL: '${origin}/v1', apiKey: 'hr_…' });`,
		'const answer = await openai.chat.completions.create({',
		`  model: ${JSON.stringify(model)},`,
		"  messages: [{ role: 'user', content: 'Why are there tides?' }],",
		'});',
		'console.log(answer.choices[0].message.content);',
	].join('\n');
}
