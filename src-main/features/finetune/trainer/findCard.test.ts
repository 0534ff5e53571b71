import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findCard } from './findCard.ts';
import { findCardLibraries } from './findLibraries.ts';
import { type Device, deviceType, type Ggml } from './ggml.ts';

interface FakeDevice {
	library: string;
	type: number;
	free: number;
}

/** ggml on a machine with some devices, each of which is there once its library was loaded; of libraries only those that `load` do. */
function machineWith(devices: readonly FakeDevice[], load: readonly string[]) {
	const loaded = ['plain'];
	const there = () => devices.filter(({ library }) => loaded.includes(library));
	// Devices are their places in the list, which the tested code never looks into.
	const of = (device: Device) => devices[Number(device)] ?? { library: '', type: deviceType.processor, free: 0 };
	// The addresses that ggml gives are numbers as well.
	const address = <Handle>(value: number) => BigInt(value) as Handle;
	const ggml: Parameters<typeof findCard>[0] = {
		backend_load: (file) => {
			if (!load.includes(file)) return null;
			loaded.push(file);
			return address<ReturnType<Ggml['backend_dev_backend_reg']>>(loaded.length);
		},
		backend_dev_count: () => there().length,
		backend_dev_get: (index) => address<Device>(devices.indexOf(there()[index] ?? { library: '', type: 0, free: 0 })),
		backend_dev_type: (device) => of(device).type,
		backend_dev_memory: (device, free) => {
			free[0] = of(device).free;
		},
		backend_dev_description: (device) => `card ${device}`,
		backend_dev_backend_reg: (device) => address<ReturnType<Ggml['backend_dev_backend_reg']>>(Number(device)),
		backend_reg_name: (registration) => of(address<Device>(Number(registration))).library,
	};
	return { ggml, loaded };
}

const processor: FakeDevice = { library: 'plain', type: deviceType.processor, free: 8e9 };
const nvidia: FakeDevice = { library: 'cuda', type: deviceType.card, free: 6e9 };
const shared: FakeDevice = { library: 'vulkan', type: deviceType.sharedCard, free: 9e9 };
const large: FakeDevice = { library: 'vulkan', type: deviceType.card, free: 5e9 };
const small: FakeDevice = { library: 'vulkan', type: deviceType.card, free: 2e9 };

test('the first library that loads and knows a card is taken, and no other is loaded then', () => {
	const { ggml, loaded } = machineWith([processor, nvidia, large], ['cuda', 'vulkan']);
	expect(findCard(ggml, ['cuda', 'vulkan'])).toMatchObject({ name: 'card 1, cuda', freeBytes: 6e9 });
	expect(loaded).toEqual(['plain', 'cuda']);
});

test('a library without its driver, or without a card, is passed over', () => {
	expect(findCard(machineWith([processor, nvidia, large], ['vulkan']).ggml, ['cuda', 'vulkan'])).toMatchObject({ name: 'card 2, vulkan' });
	expect(findCard(machineWith([processor, large], ['cuda', 'vulkan']).ggml, ['cuda', 'vulkan'])).toMatchObject({ name: 'card 1, vulkan' });
});

test('a card with memory of its own goes before one that shares the processor’s, and the one with more free before the others', () => {
	expect(findCard(machineWith([processor, shared, small, large], ['vulkan']).ggml, ['vulkan'])).toMatchObject({ name: 'card 3, vulkan' });
	expect(findCard(machineWith([processor, shared], ['vulkan']).ggml, ['vulkan'])).toMatchObject({ name: 'card 1, vulkan' });
});

test('where nothing loads there is no card, and one that is there without any library is found', () => {
	expect(findCard(machineWith([processor, nvidia], []).ggml, ['cuda', 'vulkan'])).toBeNull();
	expect(findCard(machineWith([processor, { ...large, library: 'plain' }], []).ggml, [])).toMatchObject({ name: 'card 1, plain' });
});

test('libraries for cards are those that are installed, CUDA before Vulkan, and none where no build has any', async () => {
	const files = await findCardLibraries('linux-x64');
	expect(files.every((file) => existsSync(file))).toBe(true);
	const names = files.map((file) => path.basename(file));
	expect(names).toEqual(names.toSorted());
	expect(await findCardLibraries('linux-arm64')).toEqual([]);
});
