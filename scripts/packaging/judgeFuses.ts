import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** How a fuse that is on, and one that is off, is written in the binary. */
const [onByte, offByte] = Buffer.from('10', 'latin1');

/** How each fuse of Electron must stand, and what goes wrong where it does not. */
const wanted: readonly { fuse: FuseV1Options; on: boolean; else: string }[] = [
	{ fuse: FuseV1Options.RunAsNode, on: false, else: 'the program can be started as a plain Node (ELECTRON_RUN_AS_NODE)' },
	{ fuse: FuseV1Options.EnableCookieEncryption, on: true, else: 'cookies lie in the open' },
	{ fuse: FuseV1Options.EnableNodeOptionsEnvironmentVariable, on: false, else: 'NODE_OPTIONS can put code into the program' },
	{ fuse: FuseV1Options.EnableNodeCliInspectArguments, on: false, else: 'the program can be started under a debugger' },
	{ fuse: FuseV1Options.EnableEmbeddedAsarIntegrityValidation, on: true, else: 'a changed app.asar is not noticed' },
	{ fuse: FuseV1Options.OnlyLoadAppFromAsar, on: true, else: 'a folder beside app.asar would be run in its place' },
	{ fuse: FuseV1Options.GrantFileProtocolExtraPrivileges, on: false, else: 'a file:// page may read other files' },
];

/** What is wrong with the fuses of a packed program, a sentence for each. */
export async function judgeFuses(program: string): Promise<string[]> {
	const wire = await getCurrentFuseWire(program);
	return wanted.flatMap(({ fuse, on, else: harm }) =>
		Number(wire[fuse]) === (on ? onByte : offByte) ? [] : [`The fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}: ${harm}.`],
	);
}
