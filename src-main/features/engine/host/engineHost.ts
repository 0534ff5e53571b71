import { RPCHandler } from '@orpc/server/message-port';
import { ipcPort } from '../../../platform/process/ipcPort.ts';
import { refuseNetwork } from '../../../platform/process/refuseNetwork.ts';
import { watchParent } from '../../../platform/process/watchParent.ts';
import { hostRouter } from './hostRouter.ts';

// The program that the app starts for each model: `node engineHost.ts`, spoken to over the channel of a child process.
watchParent();
refuseNetwork();
process.on('disconnect', () => process.exit(0));
new RPCHandler(hostRouter()).upgrade(ipcPort(process), { context: {} });
