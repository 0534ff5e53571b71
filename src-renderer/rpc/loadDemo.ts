import { create } from 'zustand';
import { client } from './client.ts';

/** Whether the demonstration model is on its way: until the engine tells of it itself, which asks the machine for its graphics card first. */
export const useDemoComing = create<{ isComing: boolean }>(() => ({ isComing: false }));

/** Puts the demonstration model that ships with Homeroom into the library and begins to load it. Rejects with the failure. */
export async function loadDemo(): Promise<void> {
	useDemoComing.setState({ isComing: true });
	try {
		const { id } = await client.library.addDemo();
		await client.engine.load({ modelId: id });
	} finally {
		useDemoComing.setState({ isComing: false });
	}
}
