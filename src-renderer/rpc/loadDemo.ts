import { client } from './client.ts';

/** Puts the demonstration model that ships with Homeroom into the library and begins to load it. Rejects with the failure. */
export async function loadDemo(): Promise<void> {
	const { id } = await client.library.addDemo();
	await client.engine.load({ modelId: id });
}
